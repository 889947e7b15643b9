"""Read what the inbox shows: the list of conversations, and one thread with what was said about its messages."""

from campotech_wa.services.inbox.listing import LONGEST_LIST, listing
from campotech_wa.services.inbox.seeing import mark_seen
from campotech_wa.services.inbox.thread import LONGEST_THREAD, thread

__all__ = ["LONGEST_LIST", "LONGEST_THREAD", "listing", "mark_seen", "thread"]
