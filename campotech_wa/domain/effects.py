"""What a message does to its conversation: whether it is news, opens the window, becomes the last line."""

from collections.abc import Mapping
from dataclasses import dataclass

from campotech_wa.domain.message_state import MessageOrigin

_NO_WORD_OF_THE_CUSTOMER = frozenset(
    {"system", "request_welcome", "edit", "revoke", "reaction", "user_preferences"}
)
"""Types that do not count as writing to the business. A reaction may: to think the window shut costs a template, to
think it open costs the message (sending.md section 1.3 speaks of messages and calls only)."""

_UNNOTICED = frozenset({"system", "request_welcome", "revoke", "user_preferences"})
"""Types that ask nobody for an answer."""


@dataclass(frozen=True, slots=True)
class Effects:
    """What one message changes in the list's row."""

    is_unread: bool
    opens_window: bool
    is_last_line: bool


_NONE = Effects(is_unread=False, opens_window=False, is_last_line=False)


def of(
    kind: str,
    content: Mapping[str, object],
    *,
    origin: MessageOrigin,
    is_from_customer: bool,
    is_in_group: bool,
) -> Effects:
    """Decide it for a message that Meta delivered (webhooks.md sections 3 and 6.4).

    What was imported triggers nothing but its place in the list; what staff wrote on the phone opens no window.
    """
    if kind == "request_welcome" or (kind == "reaction" and not content.get("emoji")):
        return _NONE
    if origin is not MessageOrigin.CUSTOMER or not is_from_customer:
        return Effects(is_unread=False, opens_window=False, is_last_line=kind != "edit")
    return Effects(
        is_unread=kind not in _UNNOTICED,
        opens_window=kind not in _NO_WORD_OF_THE_CUSTOMER and not is_in_group,
        is_last_line=True,
    )
