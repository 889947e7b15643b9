"""Put a template message into plain words, for a channel that has no templates, such as SMS."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from campotech_wa.domain import walk
from campotech_wa.domain.ids import OrganizationId
from campotech_wa.domain.templates import problems, text
from campotech_wa.store import templates


@dataclass(frozen=True, slots=True)
class TextForm:
    """What a template message says, and under which of Meta's categories."""

    text: str = field(repr=False)
    category: str
    """MARKETING, UTILITY or AUTHENTICATION."""


def text_form(
    session: Session, content: Mapping[str, object], *, organization_id: OrganizationId, waba_id: str
) -> TextForm | None:
    """Return the words of a template message's content; None where its words are unknown or a value is missing.

    A template that Meta has paused or deleted keeps its words: they are needed when it can not be sent.
    """
    key = walk.text(content, "name"), walk.text(content, "language", "code")
    known = templates.named(session, {key}, organization_id=organization_id, waba_id=waba_id).get(key)
    if known is None or problems.find(content, known.definition):
        return None
    words = text.of(content, known.definition, category=known.category)
    return TextForm(words, known.category) if words else None
