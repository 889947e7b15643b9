"""SMS as the way round: considered when WhatsApp does not do, sent, followed up, shown, and set up by admins.

A noun that other services share: it stands on the templates and their words, and on no use case.
"""

from campotech_wa.services.sms.accounts import PREFIX, connect
from campotech_wa.services.sms.callbacks import BadSignature, receive
from campotech_wa.services.sms.considering import cancel_for_delivered, consider, expect
from campotech_wa.services.sms.draining import drain
from campotech_wa.services.sms.setting_up import HIGHEST_CAP, LONGEST_WAIT, MOST_PER_MINUTE, Wish, form, save
from campotech_wa.services.sms.showing import of_message, of_messages
from campotech_wa.services.sms.sweeping import due
from campotech_wa.services.sms.trying import try_out
from campotech_wa.sms.callbacks import Malformed

__all__ = [
    "HIGHEST_CAP",
    "LONGEST_WAIT",
    "MOST_PER_MINUTE",
    "PREFIX",
    "BadSignature",
    "Malformed",
    "Wish",
    "cancel_for_delivered",
    "connect",
    "consider",
    "drain",
    "due",
    "expect",
    "form",
    "of_message",
    "of_messages",
    "receive",
    "save",
    "try_out",
]
