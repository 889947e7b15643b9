"""The credentials of a channel, decrypted for the moment they are needed."""

from dataclasses import dataclass, field

from campotech_wa import settings
from campotech_wa.domain.ids import ChannelId, OrganizationId, PhoneNumberId
from campotech_wa.store import channels
from campotech_wa.store.transaction import reading
from campotech_wa.tables.channels import Channel
from campotech_wa.vault import unseal


@dataclass(frozen=True, slots=True)
class Credentials:
    """A channel with its secrets in the clear: never stored, never logged, never sent to a page."""

    organization_id: OrganizationId
    channel_id: ChannelId
    phone_number_id: PhoneNumberId
    waba_id: str
    app_id: str
    """Empty where nobody has told it."""
    callback_url: str
    """The address that Meta calls for the channel."""
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    access_token: str = field(repr=False)


def by_webhook_key(webhook_key: str) -> Credentials | None:
    """Return the credentials of the channel that Meta calls under this key."""
    with reading() as session:
        channel = channels.by_webhook_key(session, webhook_key)
    return channel and _unsealed(channel)


def by_channel(channel_id: ChannelId) -> Credentials | None:
    """Return the credentials of the channel of a job."""
    with reading() as session:
        channel = channels.by_id(session, channel_id)
    return channel and _unsealed(channel)


def by_number(phone_number_id: PhoneNumberId, *, organization_id: OrganizationId) -> Credentials | None:
    """Return the credentials of an organization's number."""
    with reading() as session:
        channel = channels.by_number(session, phone_number_id, organization_id=organization_id)
    return channel and _unsealed(channel)


def callback_url(webhook_key: str) -> str:
    """Return the address that Meta calls for a channel."""
    return f"{settings.get().origin}/webhooks/whatsapp/{webhook_key}"


def _unsealed(channel: Channel) -> Credentials:
    return Credentials(
        organization_id=OrganizationId(channel.organization_id),
        channel_id=ChannelId(channel.id or 0),
        phone_number_id=PhoneNumberId(channel.phone_number_id),
        waba_id=channel.waba_id,
        app_id=channel.app_id,
        callback_url=callback_url(channel.webhook_key),
        app_secret=unseal(channel.app_secret),
        verify_token=unseal(channel.verify_token),
        access_token=unseal(channel.access_token),
    )
