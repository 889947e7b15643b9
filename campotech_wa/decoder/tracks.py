"""Read and write the tracks of recordings and videos; a decoder gets the file it was given and nothing else."""

from collections.abc import Callable, Iterator
from typing import BinaryIO, NoReturn, cast

import av
from av import AudioFrame, AudioStream, Packet, VideoFrame, VideoStream
from av.container import InputContainer, OutputContainer
from av.error import InvalidDataError
from av.frame import Frame

DEMUXERS = {
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/amr-wb": "amr",
    "audio/mpeg": "mp3",
    "audio/mp4": "mov",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/webm": "matroska",
    "video/mp4": "mov",
    "video/3gpp": "mov",
    "video/quicktime": "mov",
    "video/webm": "matroska",
}


def opened(source: BinaryIO, mime_type: str) -> InputContainer:
    """Open a file; its format is not guessed, so that no playlist can pass for a video."""
    source.seek(0)
    return av.open(source, "r", format=DEMUXERS[mime_type], io_open=_nothing_else, metadata_errors="ignore")


def decoded(packet: Packet) -> Iterator[Frame]:
    """Yield what a packet holds; what is broken is left out, the rest still plays."""
    try:
        yield from cast("list[Frame]", packet.decode())
    except InvalidDataError:
        return


def heard(container: InputContainer) -> Iterator[AudioFrame]:
    """Yield the sound."""
    for packet in container.demux(container.streams.audio[0]):
        yield from cast("Iterator[AudioFrame]", decoded(packet))


def seen(container: InputContainer) -> Iterator[VideoFrame]:
    """Yield the pictures."""
    for packet in container.demux(container.streams.video[0]):
        yield from cast("Iterator[VideoFrame]", decoded(packet))


def mux(result: OutputContainer, track: AudioStream | VideoStream, frame: Frame | None) -> None:
    """Encode one frame and write it; None writes what the encoder still holds."""
    encode = cast("Callable[[Frame | None], list[Packet]]", track.encode)
    result.mux(encode(frame))


def _nothing_else(*_: object) -> NoReturn:
    """Refuse what a file refers to: it could name any file of this machine, or any host."""
    raise PermissionError
