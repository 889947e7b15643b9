"""Turn a WhatsApp id into the number that an SMS is sent to (phones-ar.md sections 1 and 3)."""

import re
from typing import Final

from campotech_wa.domain.ids import WaId
from campotech_wa.domain.phone_abroad import as_dialled

_ARGENTINE_FIXED_LINE: Final = re.compile(r"54[0-8][0-9]{9}")


def of(wa_id: WaId) -> str | None:
    """Return a number in E.164; None for a fixed line of Argentina, which takes no SMS.

    An Argentine mobile keeps its 9; Mexicans lose the 1 and Brazilians get the 9 that their ids may lack or have.
    """
    if _ARGENTINE_FIXED_LINE.fullmatch(wa_id):
        return None
    return f"+{as_dialled(wa_id)}"
