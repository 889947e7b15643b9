"""JSON logs on standard error: a constant event, fields, and never content.

A log record may carry ids of ours, counts, codes and durations. Message text, names, numbers, tokens and
wamids (whose base64 holds the customer's number, see reference webhooks.md section 3) never enter one: only
the fields of ``SAFE_FIELDS`` are written, whatever a caller passes.
"""

import json
import logging
import sys
from datetime import UTC, datetime

SAFE_FIELDS = frozenset(
    {
        "organization_id", "channel_id", "conversation_id", "message_id", "event_id", "outbox_id", "user_id",
        "attempt", "attempts", "count", "code", "status", "reason", "queue", "job", "seconds", "process",
        "port", "kind", "bytes", "error_type", "field", "method", "sms_id", "whose",
    }
)  # fmt: skip
"""Fields that can not hold personal data. ``reason`` and ``kind`` take constants of ours only."""


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Render the record, without any field outside ``SAFE_FIELDS`` and without exception texts."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        line |= {key: value for key, value in record.__dict__.items() if key in SAFE_FIELDS}
        if record.exc_info and record.exc_info[0]:
            line["error_type"] = record.exc_info[0].__name__
            line["where"] = _frames(record)
        return json.dumps(line, ensure_ascii=False, default=str)


def _event(record: logging.LogRecord) -> str:
    """Return our constant event; of a library only a template or the place, since its texts may quote content."""
    if _is_ours(record.name) or record.args:
        return str(record.msg)
    return f"{record.module}:{record.lineno}"


def _frames(record: logging.LogRecord) -> list[str]:
    """Name the places of a traceback: ours, and the innermost. Its texts stay out, since they may quote content."""
    trace = record.exc_info[2] if record.exc_info else None
    places: list[str] = []
    while trace:
        code = trace.tb_frame.f_code
        module = trace.tb_frame.f_globals.get("__name__", "")
        if _is_ours(module) or trace.tb_next is None:
            places.append(f"{module}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in ("campotech_wa", "worker")


def configure(level: str = "INFO") -> None:
    """Send every log of this process through the JSON formatter."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "engineio", "socketio"):
        # These quote URLs and payloads in their info logs.
        logging.getLogger(noisy).setLevel(logging.WARNING)
