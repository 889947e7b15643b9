"""What admins see of the outbox, and what they do about it: read, pause, pace, cancel, send again."""

from campotech_wa.services.queue.flow import pause, resume, set_pace
from campotech_wa.services.queue.listing import SHOWN, page
from campotech_wa.services.queue.many import cancel_waiting, retry_ended
from campotech_wa.services.queue.picture import picture

__all__ = ["SHOWN", "cancel_waiting", "page", "pause", "picture", "resume", "retry_ended", "set_pace"]
