"""A provider of SMS that answers as it is told, and messages that WhatsApp has not delivered."""

import asyncio
import base64
import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl

from campotech_wa import clock
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OrganizationId
from campotech_wa.domain.outbox_state import Lane, Priority
from campotech_wa.domain.sms import WhyNot
from campotech_wa.domain.sms_state import SmsReason
from campotech_wa.services import sms
from campotech_wa.services.sms import Wish
from campotech_wa.sms import signature
from campotech_wa.sms.http import HttpProvider
from campotech_wa.store import messages, outbox
from campotech_wa.store.transaction import transaction
from tests.integration.desk import JsonObject, change, one, rows

SID, TOKEN, SENDER = "AC00000000000000000000000000000001", "a-token-of-the-provider", "+541152630000"

BODY = "Hola Ana, la visita es mañana a las 9."

_sids = count(1)


@dataclass(slots=True)
class Scripted:
    """What a provider was asked, and what it shall answer: ``answers`` first, then acceptances."""

    url: str = ""
    asked: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    credentials: list[str] = field(default_factory=list[str])
    answers: list[tuple[int, JsonObject] | None] = field(default_factory=list[tuple[int, JsonObject] | None])
    """None: the connection ends without an answer."""

    def answer(self) -> tuple[int, JsonObject] | None:
        """Return the next answer."""
        if self.answers:
            return self.answers.pop(0)
        return 201, {"sid": f"SM{next(_sids):032d}", "num_segments": "1", "status": "queued"}


@contextmanager
def provider() -> Generator[Scripted]:
    """Serve Twilio's route; yields what it was asked."""
    script = Scripted()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            script.asked.append(dict(parse_qsl(body)) | {"path": self.path})
            script.credentials.append(
                base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
            )
            answer = script.answer()
            if answer is None:
                self.close_connection = True
                return
            content = json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def wish(url: str = "", **changes: Any) -> Wish:
    """Return how an admin sets SMS up, unless told otherwise."""
    usual: dict[str, Any] = {
        "is_on": True, "account_sid": SID, "auth_token": TOKEN, "sender": SENDER, "base_url": url,
    }  # fmt: skip
    return Wish(**(usual | changes))


def drain(organization_id: int = 1) -> None:
    """Send an organization's SMS as a worker does."""

    async def once() -> None:
        through = HttpProvider()
        try:
            await sms.drain(OrganizationId(organization_id), through)
        finally:
            await through.close()

    asyncio.run(once())


def know_template(name: str = "recordatorio", category: str = "UTILITY") -> None:
    """Have Meta told of a template with two values."""
    definition = {
        "parameter_format": "POSITIONAL",
        "components": [{"type": "BODY", "text": "Hola {{1}}, la visita es {{2}}."}],
    }
    change(
        "insert into wa_template (organization_id, waba_id, meta_id, name, language, category, status, quality,"
        " rejected_reason, definition) select organization_id, waba_id, '', :name, 'es_AR', :category, 'APPROVED',"
        " '', '', cast(:definition as jsonb) from channel where id = 1 on conflict do nothing",
        name=name,
        category=category,
        definition=json.dumps(definition),
    )


def said(
    conversation_id: ConversationId,
    *,
    state: str = "failed",
    priority: int = 1,
    template: str = "recordatorio",
    category: str = "UTILITY",
) -> MessageId:
    """Have a template message stand in a state."""
    know_template(template, category)
    values = [{"type": "text", "text": "Ana"}, {"type": "text", "text": "mañana a las 9"}]
    content = {
        "name": template,
        "language": {"code": "es_AR"},
        "components": [{"type": "body", "parameters": values}],
    }
    change(
        "insert into wa_message (organization_id, channel_id, conversation_id, direction, origin, type, content,"
        " envelope, state, error_detail, sent_at, priority) values (1, 1, :conversation, 'outbound', 'desk',"
        " 'template', cast(:content as jsonb), '{}', :state, '', now(), :priority)",
        conversation=conversation_id,
        content=json.dumps(content),
        state=state,
        priority=priority,
    )
    return MessageId(int(one("select max(id) from wa_message")))


def reword(message_id: MessageId, when: str) -> None:
    """Have a person correct when the visit is."""
    change(
        "update wa_message set content = jsonb_set(content, '{components,0,parameters,1,text}',"
        " to_jsonb(cast(:when as text))) where id = :id",
        when=when,
        id=message_id,
    )


def enqueue(message_id: MessageId) -> None:
    """Have a template wait in the outbox with the priority it has."""
    [message] = rows("select conversation_id, priority from wa_message where id = :id", id=message_id)
    with transaction() as tx:
        outbox.add(
            tx.session,
            organization_id=OrganizationId(1),
            channel_id=ChannelId(1),
            conversation_id=ConversationId(message["conversation_id"]),
            message_id=message_id,
            lane=Lane.BUSINESS,
            priority=Priority(message["priority"]),
            enters_at=clock.now(),
            now=clock.now(),
        )


def consider(
    message_id: MessageId,
    reason: SmsReason = SmsReason.UNDELIVERABLE,
    code: int | None = 131026,
    *,
    is_ambiguous: bool = False,
) -> WhyNot | None:
    """Consider an SMS as the engine does, with the message locked."""
    with transaction() as tx:
        message = messages.lock(tx.session, message_id, organization_id=OrganizationId(1))
        assert message is not None
        return sms.consider(tx.session, message, reason=reason, code=code, is_ambiguous=is_ambiguous)


def expect(message_id: MessageId) -> None:
    """Say that Meta has accepted a message, as the engine does."""
    with transaction() as tx:
        sms.expect(tx.session, [message_id], organization_id=OrganizationId(1))


def undeliverable(thread: ConversationId, how_many: int = 1) -> list[MessageId]:
    """Have messages wait to go by SMS, for WhatsApp could not deliver them."""
    message_ids = [said(thread) for _ in range(how_many)]
    assert [consider(message_id) for message_id in message_ids] == [None] * how_many
    return message_ids


def error_of(message_id: MessageId) -> str:
    """Return why a message's SMS failed."""
    return str(one("select error_code from sms_message where message_id = :id", id=message_id))


def state_of_sms(message_id: MessageId) -> str:
    """Return the state of a message's SMS; empty where there is none."""
    found = rows("select state from sms_message where message_id = :id", id=message_id)
    return str(found[0]["state"]) if found else ""


def become_due(**time: int) -> None:
    """Let time pass for the SMS that wait for it, an hour unless told otherwise."""
    change(
        "update sms_message set due_at = now() - make_interval(mins => :minutes)", **({"minutes": 1} | time)
    )


def callback(sid: str, word: str, **more: str) -> list[tuple[str, str]]:
    """Build the form that the provider posts."""
    told = {
        "MessageSid": sid,
        "MessageStatus": word,
        "AccountSid": SID,
        "To": "+549",
        "ApiVersion": "2010-04-01",
    }
    return list((told | more).items())


def sign(url: str, form: list[tuple[str, str]], token: str = TOKEN) -> str:
    """Sign a callback as the provider does."""
    return signature.sign(url, form, auth_token=token)


def key_of(organization_id: int = 1) -> str:
    """Return the key under which the provider calls an organization."""
    return str(one("select callback_key from sms_account where organization_id = :id", id=organization_id))


def switch_on(actor: Actor, url: str = "", **changes: Any) -> None:
    """Set SMS up for the actor's organization."""
    sms.save(actor, wish(url, **changes))
