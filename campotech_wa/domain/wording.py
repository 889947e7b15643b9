"""Words for what Meta calls by codes, in both languages."""

from campotech_wa.domain import meta_errors
from campotech_wa.domain.locale import pick

_GAVE_UP = (
    "No se pudo enviar después de varios intentos.",
    "It could not be sent after several attempts.",
)


def reason(error_code: int | None, *, locale: str) -> str:
    """Say why a message failed and, where there is something, what to do: the catalogue's sentence.

    A code that the catalogue does not list stands behind it, for whoever looks it up.
    """
    if error_code is None:
        return pick(_GAVE_UP, locale)
    entry = meta_errors.find(error_code)
    sentence = entry.sentence(locale)
    return sentence if entry.is_listed else f"{sentence} ({error_code})"
