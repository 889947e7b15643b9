"""Know the address that a webhook goes to: the number's own, else the account's, else the app's."""

from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.webhooks.payloads import MESSAGE_FIELDS


class Callbacks:
    """The overrides in force (webhooks.md, 1.6); without any, everything goes to the app's webhook_url."""

    def __init__(self) -> None:
        self._of_account: dict[str, str] = {}
        self._of_number: dict[str, str] = {}
        self._deaf: set[str] = set()

    def address(self, channel: Channel, field: str) -> str:
        """Answer where a webhook of this field is posted; only message fields heed an override."""
        if field not in MESSAGE_FIELDS:
            return channel.webhook_url
        account = self._of_account.get(channel.waba_id, channel.webhook_url)
        return self._of_number.get(channel.phone_number_id, account)

    def override_account(self, waba_id: str, url: str) -> None:
        """Send an account's messages elsewhere; an empty address ends it."""
        _put(self._of_account, waba_id, url)

    def override_number(self, phone_number_id: str, url: str) -> None:
        """Send one number's messages elsewhere; an empty address ends it."""
        _put(self._of_number, phone_number_id, url)

    def of_account(self, waba_id: str) -> str:
        """Answer the account's override, empty if there is none."""
        return self._of_account.get(waba_id, "")

    def subscribe(self, waba_id: str) -> None:
        """Let the account's webhooks be posted, as they are from the beginning."""
        self._deaf.discard(waba_id)

    def unsubscribe(self, waba_id: str) -> None:
        """Let the account's webhooks be posted no more."""
        self._deaf.add(waba_id)

    def subscribed(self, waba_id: str) -> bool:
        """Tell whether the app hears of this account."""
        return waba_id not in self._deaf

    def configuration(self, channel: Channel) -> JsonObject:
        """Answer the three addresses as the field webhook_configuration shows them."""
        told = {
            "application": channel.webhook_url,
            "whatsapp_business_account": self._of_account.get(channel.waba_id),
            "phone_number": self._of_number.get(channel.phone_number_id),
        }
        return {name: url for name, url in told.items() if url}

    def reset(self) -> None:
        """Forget every override."""
        self._of_account.clear()
        self._of_number.clear()
        self._deaf.clear()


def _put(overrides: dict[str, str], owner: str, url: str) -> None:
    if url:
        overrides[owner] = url
    else:
        overrides.pop(owner, None)
