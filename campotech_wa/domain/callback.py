"""What travels with every message as ``biz_opaque_callback_data`` and comes back with its statuses."""

import re
from dataclasses import dataclass

from campotech_wa.domain.ids import MessageId

_FORM = re.compile(r"m([0-9]{1,18})\.([0-9]{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class CallbackData:
    """Our own name of one request: the message, and which attempt at it."""

    message_id: MessageId
    attempt: int

    def __str__(self) -> str:
        """Render as Meta carries it: at most 512 characters, opaque to everybody else."""
        return f"m{self.message_id}.{self.attempt}"

    @classmethod
    def parse(cls, text: str) -> "CallbackData | None":
        """Read what came back; None when it is not ours."""
        form = _FORM.fullmatch(text)
        return cls(MessageId(int(form[1])), int(form[2])) if form else None
