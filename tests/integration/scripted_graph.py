"""A Graph API that answers exactly what a test says, and remembers what it was asked."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class Heard:
    """One request."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    authorization: str


@dataclass
class ScriptedGraph:
    """Answers in the order in which they were given; the last one again and again."""

    url: str = ""
    answers: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    heard: list[Heard] = field(default_factory=list[Heard])

    def next(self) -> tuple[int, str]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def graph_saying(*answers: JsonObject | str | tuple[int, JsonObject | str]) -> Generator[ScriptedGraph]:
    """Serve answers; one without a status is a success."""
    graph = ScriptedGraph(answers=[_written(answer) for answer in answers])

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            address = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            body = json.loads(raw) if raw else None
            said_by = self.headers.get("Authorization", "")
            graph.heard.append(Heard(self.command, address.path, query, body, said_by))
            status, text = graph.next()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST = do_DELETE = _answer  # noqa: N815  (the base class's names)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    graph.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield graph
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _written(answer: JsonObject | str | tuple[int, JsonObject | str]) -> tuple[int, str]:
    status, said = answer if isinstance(answer, tuple) else (200, answer)
    return status, said if isinstance(said, str) else json.dumps(said)
