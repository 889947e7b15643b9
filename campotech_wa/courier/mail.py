"""Send an e-mail through the operator's SMTP server."""

import re
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from campotech_wa.courier import Undelivered
from campotech_wa.errors import InvalidInput
from campotech_wa.settings import Settings, SmtpTls

LONGEST = 254
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_PATIENCE = 15.0
"""Seconds of each step; nobody waits for it."""


def check(address: str) -> str:
    """Return an address that mail can be sent to.

    Raises:
        InvalidInput: it is none.
    """
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address):
        raise InvalidInput("email", field="email", detail="email must be one e-mail address.")
    return address


def send(settings: Settings, *, to: str, subject: str, body: str) -> None:
    """Hand one message to the server.

    Raises:
        Undelivered: there is no server, or it did not take the message.
    """
    if not settings.smtp_host:
        raise Undelivered("No SMTP server is set.")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.smtp_from, to, subject
    message["Date"], message["Message-ID"] = formatdate(localtime=False), make_msgid(domain="campotech-wa")
    message.set_content(body)
    try:
        with _connected(settings) as server:
            server.send_message(message)
    except (smtplib.SMTPException, OSError) as fault:
        raise Undelivered(f"The mail server did not take it: {type(fault).__name__}.") from fault


def _connected(settings: Settings) -> smtplib.SMTP:
    context = ssl.create_default_context()
    address = settings.smtp_host, settings.smtp_port
    if settings.smtp_tls is SmtpTls.TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(*address, timeout=_PATIENCE, context=context)
    else:
        server = smtplib.SMTP(*address, timeout=_PATIENCE)
    try:
        if settings.smtp_tls is SmtpTls.STARTTLS:
            server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
    except BaseException:
        server.close()
        raise
    return server
