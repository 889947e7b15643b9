"""Whatever happens, no line of any log says what was written, by whom, to which number or with which secret."""

import json
from pathlib import Path
from typing import Any

import httpx

from tests.integration.desk import (
    ANA,
    NUMBER,
    eventually,
    forbidden,
    one,
    payload,
    rows,
    sign,
    text,
    value,
)
from tests.integration.processes import web, worker

NAME, WORDS, ANSWER = "Anastasia Quiroga", "se rompió el calefón", "llegamos a las 15"
EMAIL, PASSWORD, WRONG = "agente@climasur.test", "demo-agente-1", "una-clave-equivocada"
KEY = {"Authorization": "Bearer demo-api-key-1"}
SECRETS = [
    "demo-api-key-1", "demo-access-token-1", "demo-app-secret-1", "demo-verify-token-1", PASSWORD, WRONG, EMAIL,
]  # fmt: skip


def test_the_logs_of_a_whole_day_hold_no_content(
    environment: dict[str, str], simulator: httpx.Client, tmp_path: Path
) -> None:
    logs = [tmp_path / "web.log", tmp_path / "worker.log"]

    with web(environment, logs[0]) as client, worker(environment, logs[1]):
        converse(client, simulator)
        fail(client, simulator)
        tokens = visit(client)

    wamids = [row["wamid"] for row in rows("select wamid from wa_message where wamid is not null")]
    lines = [line for log in logs for line in log.read_text().splitlines()]
    private = [NAME, NAME.split()[1], WORDS, ANSWER, ANA, "3123-4567", *SECRETS, *wamids, *tokens]
    assert [(line, word) for line in lines for word in private if word in line] == []
    said = {str(event(line)) for line in lines}
    assert {
        "worker started",
        "webhook refused",
        "login refused",
        "message not accepted",
        "event not processed",
    } <= said


def converse(client: httpx.Client, simulator: httpx.Client) -> None:
    """Receive a message, answer it, and have the answer delivered."""
    message = {"type": "text", "text": {"body": WORDS}}
    order = {"phone_number_id": NUMBER, "from": ANA, "profile_name": NAME, "message": message}
    simulator.post("/_sim/inbound", json=order).raise_for_status()
    eventually(lambda: one("select count(*) from conversation") == 1)
    send(client)
    eventually(lambda: rows("select id from wa_message where state = 'delivered'"))


def fail(client: httpx.Client, simulator: httpx.Client) -> None:
    """Go wrong in every way that is logged: refused, odd, broken and forbidden things."""
    simulator.post("/_sim/faults", json={"error_code": 131053, "times": 1}).raise_for_status()
    send(client)
    eventually(lambda: rows("select id from wa_message where state = 'failed'"))
    with forbidden("wa_message", "type <> 'sticker'"):
        broken = {**text(WORDS), "type": "sticker", "sticker": {"id": WORDS}}
        receive(client, payload(value(messages=[broken], name=NAME)))
        eventually(lambda: rows("select id from webhook_event where error <> ''"))
    receive(client, payload(value(messages=[text(WORDS)], number="9")))
    receive(client, payload(value(messages=[text(WORDS)])), signature="sha256=" + "0" * 64)
    client.get("/api/v1/conversations", params={"q": NAME, "cursor": ANA}, headers=KEY)
    client.get("/api/v1/phone", params={"number": ANA}, headers=KEY)
    client.post("/api/v1/messages", json={"to": [ANA], "text": WORDS}, headers=KEY)


def visit(client: httpx.Client) -> list[str]:
    """Log in, after a wrong try; returns the session's secrets."""
    client.post("/auth/login", data={"email": EMAIL, "password": WRONG})
    opened = client.post("/auth/login", data={"email": EMAIL, "password": PASSWORD})
    assert opened.headers["location"] == "/"
    client.post("/auth/logout")
    return [opened.cookies["campotech_session"]]


def send(client: httpx.Client) -> None:
    message = {"to": "011 15 3123-4567", "type": "text", "text": {"body": ANSWER}}
    assert client.post("/api/v1/messages", json=message, headers=KEY).status_code == 202


def receive(client: httpx.Client, body: bytes, *, signature: str = "") -> None:
    headers = {"X-Hub-Signature-256": signature or sign(body)}
    client.post("/webhooks/whatsapp/demo-1", content=body, headers=headers)


def event(line: str) -> Any:
    """Return the event of a line of ours; nothing of what a library printed by itself."""
    try:
        return json.loads(line)["event"]
    except ValueError:
        return None
