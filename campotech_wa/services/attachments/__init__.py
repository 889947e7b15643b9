"""The files of messages: expected from Meta, fetched, kept once, shown, sent, and forgotten when their time is over.

A noun that other services share: it stands on the store, on the storage and on Meta's media, on no other use case.
"""

from campotech_wa.services.attachments.claiming import ask_again
from campotech_wa.services.attachments.expecting import attach_others, attach_own, expect
from campotech_wa.services.attachments.fetching import channel
from campotech_wa.services.attachments.forgetting import delete, forget
from campotech_wa.services.attachments.incoming import Incoming, TooMuch
from campotech_wa.services.attachments.receiving import Wish, receive
from campotech_wa.services.attachments.retention import keep_for, kept_days
from campotech_wa.services.attachments.sending import at_meta, forget_uploads
from campotech_wa.services.attachments.serving import Form, Served, serve
from campotech_wa.services.attachments.showing import of_messages

__all__ = [
    "Form",
    "Incoming",
    "Served",
    "TooMuch",
    "Wish",
    "ask_again",
    "at_meta",
    "attach_others",
    "attach_own",
    "channel",
    "delete",
    "expect",
    "forget",
    "forget_uploads",
    "keep_for",
    "kept_days",
    "of_messages",
    "receive",
    "serve",
]
