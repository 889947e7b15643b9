"""From Enter in the composer to the request at the simulated Meta."""

import http.client
import json
import time
from datetime import datetime
from typing import Any

from campotech_wa.cli.place import Place
from tests.bench import browser, posts
from tests.bench.figures import median, milliseconds, percentile
from tests.bench.report import Row, below
from tests.bench.stage import Stage

TARGET = 0.100

_MESSAGES = 25
"""Half of what an organization may send in a minute: no send waits for the pace."""
_PAUSE = 0.5

_NOTE_KEYS = """() => {
    window.pressed = [];
    const note = (event) => event.key === "Enter" && pressed.push(performance.timeOrigin + event.timeStamp);
    document.addEventListener("keydown", note, true);
}"""


def measure(stage: Stage) -> list[Row]:
    """Answer a customer in Chromium; compare when Enter was pressed with when the simulator was asked."""
    with stage.product() as place, browser.chromium() as chromium:
        conversation_id = stage.conversation()
        page = browser.context(chromium, place, browser.session(place)).new_page()
        thread = browser.Thread(page, place, conversation_id)
        page.evaluate(_NOTE_KEYS)
        _write(place)
        texts = [posts.marker() for _ in range(_MESSAGES)]
        for text in texts:
            page.get_by_test_id("composer").fill(f"Vamos hoy. {text}")
            page.get_by_test_id("composer").press("Enter")
            thread.shown_at(text)
            time.sleep(_PAUSE)
        pressed = [thread.on_our_clock(at) for at in page.evaluate("window.pressed")]
        received = _received(place, texts)
        shown = [thread.shown_at(text) for text in texts]
    times = [received[text] - at for text, at in zip(texts, pressed, strict=True)]
    bubbles = [at - since for at, since in zip(shown, pressed, strict=True)]
    note = f"Sending: {_MESSAGES} messages, {_PAUSE} s after each other's bubble, within the limit of 50 a minute."
    return [
        below("Enter to request at the simulator, median", median(times), TARGET, milliseconds, note),
        Row("the same, p95", milliseconds(percentile(times, 0.95))),
        Row("Enter to the bubble in the thread, median", milliseconds(median(bubbles))),
    ]


def _write(place: Place) -> None:
    """Have the customer write through the simulator, which then knows an open window too."""
    order = {
        "phone_number_id": posts.CHANNEL["phone_number_id"],
        "from": posts.number(0),
        "profile_name": "Cliente 0",
        "message": {"type": "text", "text": {"body": "¿Cuándo vienen?"}},
        "wait": True,
    }
    _ask(place, "POST", "/_sim/inbound", json.dumps(order))


def _received(place: Place, texts: list[str]) -> dict[str, float]:
    """Return when each text came to the simulator."""
    received: dict[str, float] = {}
    deadline = time.monotonic() + 20
    while len(received) < len(texts) and time.monotonic() < deadline:
        for message in _ask(place, "GET", "/_sim/messages"):
            body: str = message["payload"]["text"]["body"]
            received[body.rpartition(" ")[2]] = datetime.fromisoformat(message["received_at"]).timestamp()
        time.sleep(0.1)
    return received


def _ask(place: Place, method: str, path: str, body: str = "") -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", place.simulator_port, timeout=20)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return json.loads(answer.read())
    finally:
        connection.close()
