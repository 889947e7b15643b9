"""The decoding process: ``python -m campotech_wa.decoder WORK TYPE TARGET FILE…``, files as open descriptors.

It writes its facts as lines of JSON, each knowing more than the one before: what comes before a crash counts.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import BinaryIO

from campotech_wa.decoder import limits
from campotech_wa.decoder.facts import Facts


def derive(mime_type: str, source: BinaryIO, thumbnail: BinaryIO, playable: BinaryIO) -> Iterator[Facts]:
    """Look into a file; a decoder is imported when it is needed."""
    family = mime_type.partition("/")[0]
    if family == "image":
        from campotech_wa.decoder import pictures  # noqa: PLC0415

        yield pictures.thumbnail(source, mime_type, thumbnail)
    elif family == "audio":
        from campotech_wa.decoder import recordings  # noqa: PLC0415

        yield from recordings.derive(source, mime_type, playable)
    else:
        from campotech_wa.decoder import videos  # noqa: PLC0415

        yield from videos.derive(source, mime_type, thumbnail, playable)


def convert(mime_type: str, target: str, source: BinaryIO, result: BinaryIO) -> Iterator[Facts]:
    """Write a file as another type."""
    if target == "image/jpeg":
        from campotech_wa.decoder import pictures  # noqa: PLC0415

        pictures.to_jpeg(source, mime_type, result)
    elif target == "video/mp4":
        from campotech_wa.decoder import videos  # noqa: PLC0415

        videos.to_mp4(source, mime_type, result)
    else:
        from campotech_wa.decoder import recordings  # noqa: PLC0415

        recordings.write(source, mime_type, result, recordings.FORMS[target])
    yield Facts(is_converted=True)


def main(arguments: list[str]) -> None:
    """Do one work, then end."""
    limits.impose()
    work, mime_type, target, *descriptors = arguments
    files = [os.fdopen(int(number), "rb" if not place else "r+b") for place, number in enumerate(descriptors)]
    source, *results = files
    source.seek(0)
    done = (
        derive(mime_type, source, *results)
        if work == "derive"
        else convert(mime_type, target, source, *results)
    )
    for facts in done:
        for file in results:
            file.flush()
        sys.stdout.write(json.dumps(asdict(facts)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
