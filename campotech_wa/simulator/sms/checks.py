"""Check a posted form as Twilio does: an SMS comes out, or an error code."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from campotech_wa.simulator.settings import SmsAccount
from campotech_wa.simulator.sms import errors
from campotech_wa.simulator.sms.errors import SmsError
from campotech_wa.simulator.sms.mailbox import Sms

LONGEST = 1600
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")


def check(form: Mapping[str, str], account: SmsAccount) -> Sms:
    """Answer the SMS; raise SmsError as soon as something is wrong with the form."""
    _refuse(errors.NO_TO, when=not form.get("To"))
    _refuse(errors.INVALID_TO, when=not _E164.fullmatch(form["To"]))
    _refuse(errors.NO_BODY, when=not form.get("Body"))
    _refuse(errors.TOO_LONG, when=len(form["Body"]) > LONGEST)
    service = form.get("MessagingServiceSid")
    return Sms(
        account_sid=account.account_sid,
        to=form["To"],
        sender=_sender(form.get("From", ""), service, account),
        body=form["Body"],
        messaging_service_sid=service,
        status_callback=_callback(form.get("StatusCallback")),
    )


def _sender(written: str, service: str | None, account: SmsAccount) -> str:
    """Answer the account's number that sends; a messaging service takes the first of them."""
    _refuse(errors.NO_FROM, when=not written and not service)
    _refuse(errors.FOREIGN_FROM, when=bool(written) and written not in account.numbers)
    _refuse(errors.NOT_FOUND, when=bool(service) and not _SERVICE.fullmatch(service or ""))
    return written or account.numbers[0]


def _callback(url: str | None) -> str | None:
    address = urlsplit(url or "http://none.invalid")
    _refuse(errors.INVALID_CALLBACK, when=address.scheme not in {"http", "https"} or not address.hostname)
    return url


def _refuse(code: int, *, when: bool) -> None:
    if when:
        raise SmsError(code)
