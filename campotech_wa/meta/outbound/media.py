"""The objects of files: image, video, audio, document, sticker (sending.md 1.4).

A file is named by Meta's id, by a link that Meta fetches, or by our own id of it, ``local:7``: that one is put up
at Meta, and its id put in its place, before the message leaves.
"""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, model_validator

from campotech_wa.meta.outbound import limits
from campotech_wa.meta.outbound.faults import fault
from campotech_wa.meta.outbound.parts import Part, only_one_of
from campotech_wa.meta.outbound.values import Link, number_as_text

_ID = re.compile(r"local:[0-9]{1,18}|(?!local:)[!-~]+", re.ASCII)

Caption = Annotated[str, limits.at_most(limits.CAPTION)]


def _media_id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise fault("not_an_id")
    return text


class Media(Part):
    """A file by its id or by a link."""

    id: Annotated[str, BeforeValidator(number_as_text), AfterValidator(_media_id)] | None = None
    link: Link | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        only_one_of(self, "id", "link")
        return self


class Captioned(Media):
    """An image or a video."""

    caption: Caption | None = None


class Audio(Media):
    """A recording; as a voice note it must be Ogg with one channel of Opus."""

    voice: bool | None = None


class NamedFile(Media):
    """A document where no caption can stand: in a header."""

    filename: Annotated[str, limits.at_most(limits.FILENAME)] | None = None


class Document(NamedFile):
    """A document; without a name that has an extension the customer reads *Untitled*."""

    caption: Caption | None = None
