"""Say no as Meta does: the error object of an answer, and the one inside a `failed` status (errors.md)."""

from dataclasses import dataclass

from campotech_wa.simulator.identifiers import fbtrace_id
from campotech_wa.simulator.shapes import JsonObject

_HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of Meta's error page."""

    title: str
    details: str = ""
    http_status: int = 400


UNKNOWN = Entry("An unknown error has occurred.")

CATALOGUE: dict[int, Entry] = {
    0: Entry("Authentication Error", http_status=401),
    1: Entry("An unknown error has occurred.", "Please reduce the amount of data and try again."),
    2: Entry("Service temporarily unavailable", "Please retry your request later.", 503),
    3: Entry("Application does not have the capability to make this API call.", http_status=500),
    4: Entry("Application request limit reached"),
    10: Entry("Application does not have permission for this action", http_status=403),
    33: Entry("Parameter value is not valid", "The business phone number has been deleted."),
    100: Entry("Invalid parameter"),
    190: Entry("Invalid OAuth access token - Cannot parse access token", http_status=401),
    200: Entry("Permissions error", http_status=403),
    368: Entry("Temporarily blocked for policies violations", http_status=403),
    80007: Entry("Rate limit issues", "The WhatsApp Business Account has reached its rate limit."),
    130403: Entry("User is blocked", "The business has blocked this user."),
    130429: Entry("Rate limit hit", "Cloud API message throughput has been reached."),
    130472: Entry("User's number is part of an experiment", "The message was not sent: an experiment."),
    130497: Entry("Business account is restricted from messaging users in this country.", http_status=403),
    131000: Entry("Something went wrong", "Message failed to send due to an unknown error.", 500),
    131005: Entry("Access denied", "Permission is either not granted or has been removed.", 403),
    131008: Entry("Required parameter is missing"),
    131009: Entry("Parameter value is not valid"),
    131016: Entry("Service unavailable", "A service is temporarily unavailable.", 500),
    131021: Entry("Recipient cannot be sender", "Sender and recipient phone number is the same."),
    131026: Entry("Message undeliverable", "Message Undeliverable."),
    131030: Entry(
        "Recipient phone number not in allowed list", "Add recipient phone number to recipient list."
    ),
    131031: Entry("Business Account locked", "The WhatsApp Business account has been locked.", 403),
    131037: Entry("Display name approval is required", "The number's display name has not been approved."),
    131042: Entry("Business eligibility payment issue", "There was an error related to your payment method."),
    131045: Entry("Incorrect certificate", "A phone number registration error occurred.", 500),
    131047: Entry(
        "Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last replied "
        "to this number.",
    ),
    131048: Entry(
        "Spam rate limit hit", "Too many messages from this number were blocked or flagged as spam."
    ),
    131049: Entry(
        "This message was not delivered to maintain healthy ecosystem engagement.",
        "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
    ),
    131050: Entry(
        "User has stopped marketing messages", "The user stopped marketing messages from this business."
    ),
    131051: Entry("Unsupported message type", "Message type is not currently supported."),
    131052: Entry("Media download error", "Unable to download the media sent by the user."),
    131053: Entry("Media upload error", "Unable to upload the media used in the message."),
    131055: Entry("Method not allowed", "The Marketing Messages API sends templates only."),
    131062: Entry("Recipient not supported", "This template needs a phone number."),
    131056: Entry(
        "(Business Account, Consumer Account) pair rate limit hit", "Too many messages to this number."
    ),
    131057: Entry("Account in maintenance mode", "Business Account is in maintenance mode.", 500),
    132000: Entry("Number of parameters does not match the expected number of params"),
    132001: Entry("Template name does not exist in the translation", http_status=404),
    132005: Entry("Translated text too long"),
    132007: Entry("Template format character policy violated"),
    132012: Entry("Parameter format does not match format in the created template"),
    132018: Entry("There was an issue with the parameters in your template"),
    132015: Entry("Template is paused", "Template is paused due to low quality."),
    132016: Entry("Template is disabled", "Template has been paused too often and is now disabled."),
    133005: Entry("Two step verification PIN Mismatch", "The two-step verification PIN is wrong."),
    133006: Entry("Phone number re-verification needed", "Verify the phone number before registering it."),
    133008: Entry("Too Many two step verification PIN Guesses", "Too many guesses of the PIN: wait."),
    133016: Entry("Account register deregister rate limit exceeded", "Ten calls in 72 hours: wait."),
    136024: Entry("Request code error", "The verification code could not be sent."),
    136025: Entry("Verify code error", "The verification code is wrong."),
    139100: Entry("Failed to block or unblock users", "Some users were not changed: see failed_users."),
    139101: Entry("Blocklist limit reached", "The block list is full."),
    147001: Entry("Username not available"),
    147005: Entry("Username in use", "Another of your numbers has it: transfer_action may take it over."),
    131059: Entry("Invalid cursor"),
    133010: Entry("Account not registered", "The number is not registered on the Cloud API."),
    134100: Entry("Only marketing messages supported", "The template is not of the category MARKETING."),
    135000: Entry("Generic user error"),
}


@dataclass(slots=True)
class GraphError(Exception):
    """A refusal of the Graph API, with everything that its answer says."""

    code: int
    message: str
    details: str = ""
    http_status: int = 400
    subcode: int | None = None
    type: str = "OAuthException"

    def body(self) -> JsonObject:
        """Answer Meta's error object."""
        error: JsonObject = {"message": self.message, "type": self.type, "code": self.code}
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return {"error": {**error, "fbtrace_id": fbtrace_id()}}


def refusal(code: int, details: str = "") -> GraphError:
    """Answer the error of this code as Meta words it; `details` takes the place of the usual explanation."""
    entry = CATALOGUE.get(code, UNKNOWN)
    return GraphError(code, f"(#{code}) {entry.title}", details or entry.details, entry.http_status)


def unauthorized(message: str) -> GraphError:
    """Answer the error of a missing or wrong access token."""
    return GraphError(190, message, http_status=401)


def unknown_object(object_id: str, verb: str) -> GraphError:
    """Answer the error of an object that does not exist or is somebody else's: Meta does not tell which."""
    message = (
        f"Unsupported {verb} request. Object with ID '{object_id}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api"
    )
    return GraphError(100, message, subcode=33, type="GraphMethodException")


def status_error(code: int) -> JsonObject:
    """Answer the error object inside a `failed` status (webhooks.md, 4.4)."""
    entry = CATALOGUE.get(code, UNKNOWN)
    details = entry.details or entry.title
    return {
        "code": code,
        "title": entry.title,
        "message": entry.title,
        "error_data": {"details": details},
        "href": _HREF,
    }
