"""Say no as Twilio does: {code, message, more_info, status}."""

from dataclasses import dataclass

from campotech_wa.simulator.shapes import JsonObject

AUTHENTICATE, TOO_MANY_REQUESTS, NOT_FOUND = 20003, 20429, 20404
INVALID_TO, NO_BODY, NO_FROM, NO_TO = 21211, 21602, 21603, 21604
FOREIGN_FROM, INVALID_CALLBACK, UNSUBSCRIBED, TOO_LONG = 21606, 21609, 21610, 21617

_KNOWN: dict[int, tuple[int, str]] = {
    AUTHENTICATE: (401, "Authenticate"),
    NOT_FOUND: (404, "The requested resource was not found"),
    TOO_MANY_REQUESTS: (429, "Too Many Requests"),
    INVALID_TO: (400, "The 'To' number is not a valid phone number."),
    NO_BODY: (400, "Message body is required."),
    NO_FROM: (400, "A 'From' phone number is required."),
    NO_TO: (400, "A 'To' phone number is required."),
    FOREIGN_FROM: (400, "The 'From' phone number is not a valid, message-capable number of this account."),
    INVALID_CALLBACK: (400, "The 'StatusCallback' URL is not a valid URL."),
    UNSUBSCRIBED: (400, "Attempt to send to unsubscribed recipient"),
    TOO_LONG: (400, "The concatenated message body exceeds the 1600 character limit"),
}


@dataclass(slots=True)
class SmsError(Exception):
    """A refusal of the provider."""

    code: int

    @property
    def http_status(self) -> int:
        """Answer the status that the error comes with."""
        return _KNOWN.get(self.code, (400, ""))[0]

    def body(self) -> JsonObject:
        """Answer Twilio's error object."""
        return {
            "code": self.code,
            "message": _KNOWN.get(self.code, (400, "Bad request"))[1],
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.http_status,
        }
