"""Send a test SMS, so that an admin sees whether the account works."""

import asyncio

from campotech_wa.domain import sms_errors, sms_number
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.locale import ENGLISH
from campotech_wa.domain.phones import read_typed
from campotech_wa.domain.sms_errors import SmsFault
from campotech_wa.errors import InvalidInput, SmsError
from campotech_wa.services.sms import accounts
from campotech_wa.sms import Account
from campotech_wa.sms.http import HttpProvider
from campotech_wa.store import people, sms
from campotech_wa.store.transaction import reading


async def try_out(actor: Actor, number: str) -> str:
    """Send a test SMS to a number in any spelling; returns why it failed, in a sentence, or nothing.

    Raises:
        NotAllowed: only admins may.
        InvalidInput: nothing was sent; no SMS can go to that number, or there is no account yet.
    """
    account, callback_url, recipient = await asyncio.to_thread(_prepare, actor, number)
    through = HttpProvider()
    try:
        await through.send(account, recipient, _body(actor), callback_url=callback_url)
    except SmsError as fault:
        return sms_errors.sentence(fault.code or SmsFault.NO_ANSWER, locale=actor.locale)
    finally:
        await through.close()
    return ""


def _prepare(actor: Actor, number: str) -> tuple[Account, str, str]:
    actor.require(Permission.OPERATE)
    with reading() as session:
        known = sms.account(session, organization_id=actor.organization_id)
        area = people.organization(session, organization_id=actor.organization_id).default_area
    if known is None or not (known.auth_token and known.account_sid and known.sender):
        raise InvalidInput("sms_incomplete", detail="Save the account, its token and its sender first.")
    wa_id = read_typed(number, default_area=area or None).wa_id
    recipient = sms_number.of(wa_id) if wa_id else None
    if recipient is None:
        raise InvalidInput("sms_number", field="number", detail="No SMS can be sent to this number.")
    return accounts.unsealed(known), accounts.callback_url(known.callback_key), recipient


def _body(actor: Actor) -> str:
    if actor.locale == ENGLISH:
        return f"{actor.organization_name}: this is a test. SMS works."
    return f"{actor.organization_name}: esto es una prueba. Los SMS funcionan."
