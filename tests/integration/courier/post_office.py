"""A mail server and a web server of their own, on this machine, that remember what reaches them."""

import socketserver
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Mailbox:
    """What a mail server has taken."""

    port: int = 0
    letters: list[Message] = field(default_factory=list[Message])
    is_refusing: bool = False


@contextmanager
def mail_server() -> Generator[Mailbox]:
    """Serve as much of SMTP as a client needs to hand over a message (RFC 5321)."""
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            while line := self.rfile.readline():
                word = line[:4].upper().strip()
                if word == b"DATA":
                    self._say("354 go on")
                    self._take()
                elif word == b"RCPT" and box.is_refusing:
                    self._say("451 later")
                elif word == b"QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 ok")

        def _take(self) -> None:
            lines = list(iter(self.rfile.readline, b".\r\n"))
            box.letters.append(message_from_bytes(b"".join(lines)))
            self._say("250 taken")

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    box.port = server.server_address[1]
    with _serving(server):
        yield box


@dataclass(frozen=True)
class Parcel:
    """One POST."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Letterbox:
    """What a web server was posted; it answers with ``status``."""

    url: str = ""
    status: int = 200
    location: str = ""
    parcels: list[Parcel] = field(default_factory=list[Parcel])


@contextmanager
def web_server() -> Generator[Letterbox]:
    """Take every POST."""
    box = Letterbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            box.parcels.append(Parcel(self.path, dict(self.headers.items()), body))
            self.send_response(box.status)
            if box.location:
                self.send_header("Location", box.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    box.url = f"http://127.0.0.1:{server.server_port}/alerts"
    with _serving(server):
        yield box


@contextmanager
def _serving(server: socketserver.TCPServer) -> Generator[None]:
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
