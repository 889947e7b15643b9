"""Connect a number."""

from sqlalchemy.orm import Session

from campotech_wa.domain.ids import ChannelId, OrganizationId
from campotech_wa.tables.channels import Channel
from campotech_wa.vault import seal


def connect(  # noqa: PLR0913  (a column each)
    session: Session,
    organization_id: OrganizationId,
    *,
    name: str,
    display_phone_number: str,
    phone_number_id: str,
    waba_id: str,
    app_id: str = "",
    webhook_key: str,
    verify_token: str,
    app_secret: str,
    access_token: str,
) -> ChannelId:
    """Add a channel; its credentials are sealed before they reach the database."""
    channel = Channel(
        organization_id=organization_id,
        name=name,
        display_phone_number=display_phone_number,
        phone_number_id=phone_number_id,
        waba_id=waba_id,
        app_id=app_id,
        webhook_key=webhook_key,
        verify_token=seal(verify_token),
        app_secret=seal(app_secret),
        access_token=seal(access_token),
    )
    session.add(channel)
    session.flush()
    return ChannelId(channel.id or 0)
