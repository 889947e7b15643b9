"""Give the spellings under which the panel of a test number may have stored one person's number.

Section 2 of the reference's phones-ar.md: its list of allowed recipients is compared as a text.
"""

from typing import Final

from campotech_wa.domain.area_codes import area_of, is_nsn
from campotech_wa.domain.ids import WaId
from campotech_wa.domain.phone_match import match_key

_ARGENTINA: Final = "54"


def spellings(wa_id: WaId) -> tuple[WaId, ...]:
    """Return what to try, in order: the id itself, without the mark of a mobile, and in Argentina with a 15.

    Only ever for test numbers: in production another spelling may be another person.
    """
    unmarked = match_key(wa_id)
    return tuple(dict.fromkeys((wa_id, WaId(unmarked), *_with_15(unmarked))))


def _with_15(unmarked: str) -> tuple[WaId, ...]:
    nsn = unmarked.removeprefix(_ARGENTINA)
    area = area_of(nsn) if unmarked.startswith(_ARGENTINA) and is_nsn(nsn) else None
    return (WaId(f"{_ARGENTINA}{area}15{nsn.removeprefix(area)}"),) if area else ()
