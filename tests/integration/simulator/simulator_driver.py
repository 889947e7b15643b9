"""Drive a real simulator process over HTTP, and receive its webhooks in this process."""

import hashlib
import hmac
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

NUMBER = "100000000000001"
ACCOUNT = "200000000000001"
OTHER_NUMBER = "100000000000002"
SECRET = "app-secret-1"
TOKEN = "access-token-1"
ANA = "5491131234567"
SMS_ACCOUNT, SMS_TOKEN, SMS_NUMBER = "ACdemo1", "sms-token-1", "+541140000001"
PATIENCE = 10.0
"""Seconds after which an awaited thing is not coming; far more than a busy machine needs."""


def free_port() -> int:
    """Answer a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def eventually(seen: Callable[[], Any]) -> Any:
    """Ask until the answer is true, and answer it."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := seen()):
        assert time.monotonic() < deadline, "It never happened."
        time.sleep(0.01)
    return answer


@dataclass
class Receiver:
    """An endpoint that answers what the test has lined up, and 200 when nothing is."""

    answers: list[int] = field(default_factory=list[int])
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list[tuple[dict[str, str], bytes]])
    delay: float = 0.0
    handshake_answer: str | None = None
    busiest: int = 0
    url: str = ""
    _busy: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def payloads(self) -> list[Any]:
        """Every body that came, decoded, in the order of arrival."""
        return [json.loads(body) for _, body in tuple(self.received)]

    @property
    def values(self) -> list[Any]:
        """The value of every change of every body."""
        entries = [entry for payload in self.payloads for entry in payload["entry"]]
        return [change["value"] for entry in entries for change in entry["changes"]]

    @property
    def messages(self) -> list[Any]:
        """Every message that came."""
        return [message for value in self.values for message in value.get("messages", [])]

    def statuses(self, message_id: str) -> list[str]:
        """Answer the statuses that came for a message, in the order of arrival."""
        return [each["status"] for each in self.status_objects(message_id)]

    def status_objects(self, message_id: str) -> list[Any]:
        """Answer the same, in full."""
        listed = [status for value in self.values for status in value.get("statuses", [])]
        return [status for status in listed if status["id"] == message_id]

    def reset(self) -> None:
        """Forget what came, and answer 200 again."""
        self.answers.clear()
        self.received.clear()
        self.delay = 0.0
        self.handshake_answer = None
        self.busiest = 0

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """Keep what came, work on it as long as the test wants, and answer the status to send."""
        with self._lock:
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
            self.received.append((headers, body))
            status = self.answers.pop(0) if self.answers else 200
        time.sleep(self.delay)
        with self._lock:
            self._busy -= 1
        return status


def signature_is_good(headers: dict[str, str], body: bytes, secret: str = SECRET) -> bool:
    """Check the body as a receiver of Meta's webhooks would."""
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(headers.get("x-hub-signature-256", ""), expected)


@contextmanager
def receiving() -> Generator[Receiver, None, None]:
    """Run a receiver on a free port for as long as the block lasts."""
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(receiver))
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler_of(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._answer(receiver.take(headers, body), b"")

        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            good = query["hub.mode"] == ["subscribe"] and query["hub.verify_token"] == ["verify-token-1"]
            answer = receiver.handshake_answer or query["hub.challenge"][0]
            self._answer(200 if good else 403, answer.encode())

        def _answer(self, status: int, body: bytes) -> None:
            with suppress(ConnectionError):  # a reset hangs up on what it cancels
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    return Handler


def configuration(webhook_url: str, **behaviour: object) -> dict[str, Any]:
    """Answer two channels, each with its own credentials, whose webhooks go to one place, and an SMS account."""
    channels = [_channel(number, webhook_url) for number in "12"]
    account = {"account_sid": SMS_ACCOUNT, "auth_token": SMS_TOKEN, "numbers": [SMS_NUMBER]}
    return {"channels": channels, "behaviour": behaviour, "sms_accounts": [account]}


def _channel(number: str, webhook_url: str) -> dict[str, str]:
    return {
        "phone_number_id": f"10000000000000{number}",
        "waba_id": f"20000000000000{number}",
        "display_phone_number": f"+54 9 11 4000-000{number}",
        "verified_name": f"Empresa {number}",
        "access_token": f"access-token-{number}",
        "app_secret": f"app-secret-{number}",
        "verify_token": f"verify-token-{number}",
        "webhook_url": webhook_url,
    }


def start(folder: Path, document: dict[str, Any], port: int, *more: str) -> subprocess.Popen[str]:
    """Start the simulator with this configuration; it may or may not come up."""
    file = folder / f"simulator-{port}.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "campotech_wa.simulator",
        "--port",
        str(port),
        "--config",
        str(file),
        *more,
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextmanager
def running(folder: Path, document: dict[str, Any]) -> Generator["Simulator", None, None]:
    """Run a simulator for as long as the block lasts."""
    port = free_port()
    process = start(folder, document, port)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE, trust_env=False) as http:
        simulator = Simulator(http, process)
        try:
            eventually(simulator.is_up)
            yield simulator
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


@dataclass
class Simulator:
    """A running simulator, seen through HTTP only."""

    http: httpx.Client
    process: subprocess.Popen[str]

    def is_up(self) -> bool:
        """Tell whether it answers."""
        try:
            return self.http.get("/healthz").is_success
        except httpx.TransportError:
            assert self.process.poll() is None, "The simulator has ended."
            return False

    def post(self, body: object, *, number: str = NUMBER, token: str = TOKEN) -> httpx.Response:
        """Send what a business sends."""
        headers = {"Authorization": f"Bearer {token}"}
        return self.http.post(f"/v25.0/{number}/messages", json=body, headers=headers)

    def send(self, to: str = ANA, body: str = "Hola", **more: object) -> str:
        """Send a text that is accepted, and answer its wamid."""
        answer = self.post(text(to, body, **more))
        assert answer.status_code == 200, answer.text
        return str(answer.json()["messages"][0]["id"])

    def write(self, sender: str = ANA, body: str = "Hola", **more: object) -> str:
        """Let a customer write a text, and answer its wamid."""
        message = {"type": "text", "text": {"body": body}}
        order = {"phone_number_id": NUMBER, "from": sender, "profile_name": "Ana Gómez", "message": message}
        answer = self.control("/inbound", {**order, **more})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])

    def send_sms(self, token: str = SMS_TOKEN, **form: str) -> httpx.Response:
        """Send what a client of Twilio sends; what the test leaves out is usual."""
        usual = {"To": f"+{ANA}", "From": SMS_NUMBER, "Body": "Su turno es mañana."}
        address = f"/2010-04-01/Accounts/{SMS_ACCOUNT}/Messages.json"
        return self.http.post(address, data={**usual, **form}, auth=(SMS_ACCOUNT, token))

    def control(self, path: str, body: object) -> httpx.Response:
        """Post to a control route."""
        return self.http.post(f"/_sim{path}", json=body)

    def look(self, path: str) -> Any:
        """Get a control route's list."""
        return self.http.get(f"/_sim{path}").json()


def text(to: str = ANA, body: str = "Hola", **more: object) -> dict[str, Any]:
    """Answer the body of a text message."""
    return {"messaging_product": "whatsapp", "to": f"+{to}", "type": "text", "text": {"body": body}, **more}


def template(to: str = ANA) -> dict[str, Any]:
    """Answer the body of a template message."""
    content = {"name": "turno", "language": {"code": "es_AR"}}
    return {"messaging_product": "whatsapp", "to": f"+{to}", "type": "template", "template": content}
