"""The demo: two organizations with known credentials (architecture.md, section 4), and their Meta."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from campotech_wa.domain.access import Role
from campotech_wa.services import channels, people, sms
from campotech_wa.store.transaction import Transaction, reading, transaction
from campotech_wa.tables.people import ApiKey
from campotech_wa.vault import digest


@dataclass(frozen=True, slots=True)
class DemoOrganization:
    """One of the two organizations; its number tells every credential."""

    number: int
    name: str
    domain: str
    display_phone_number: str
    admin_name: str
    agent_name: str

    @property
    def admin(self) -> tuple[str, str]:
        """The admin's e-mail and password."""
        return f"admin@{self.domain}", f"demo-admin-{self.number}"

    @property
    def agent(self) -> tuple[str, str]:
        """The agent's e-mail and password."""
        return f"agente@{self.domain}", f"demo-agente-{self.number}"

    @property
    def api_key(self) -> str:
        """The key of the REST API."""
        return f"demo-api-key-{self.number}"

    @property
    def channel(self) -> dict[str, str]:
        """The ids and secrets of its WhatsApp number."""
        return {
            "phone_number_id": f"10000000000000{self.number}",
            "waba_id": f"20000000000000{self.number}",
            "display_phone_number": self.display_phone_number,
            "access_token": f"demo-access-token-{self.number}",
            "app_secret": f"demo-app-secret-{self.number}",
            "verify_token": f"demo-verify-token-{self.number}",
        }

    @property
    def sms(self) -> dict[str, str]:
        """Its account at the SMS provider."""
        return {
            "account_sid": f"AC{self.number:032d}",
            "auth_token": f"demo-sms-token-{self.number}",
            "sender": f"+5411526300{self.number:02d}",
        }

    @property
    def webhook_key(self) -> str:
        """The last part of the callback URL."""
        return f"demo-{self.number}"


ORGANIZATIONS = (
    DemoOrganization(
        1, "Clima Sur Servicios", "climasur.test", "+54 9 11 4000-0001", "Paula Ferreyra", "Nicolás Ibarra"
    ),
    DemoOrganization(
        2, "Electro Norte", "electronorte.test", "+54 9 11 4000-0002", "Rita Salas", "Tomás Luna"
    ),
)


WITH_SMS = ORGANIZATIONS[0]
"""The other one shows what is missing without."""


def seed() -> None:
    """Create the two organizations, once."""
    if is_seeded():
        return
    with transaction() as tx:
        for organization in ORGANIZATIONS:
            _create(tx, organization)


def is_seeded() -> bool:
    """Tell whether the database holds demo credentials, which everybody knows."""
    digests = [digest(organization.api_key) for organization in ORGANIZATIONS]
    with reading() as session:
        return (
            session.scalar(select(col(ApiKey.id)).where(col(ApiKey.digest).in_(digests)).limit(1)) is not None
        )


def simulator_config(public_url: str) -> dict[str, list[dict[str, Any]]]:
    """Return what the simulator needs to be these organizations' Meta, and the SMS provider of the first."""
    sms_account = {name: WITH_SMS.sms[name] for name in ("account_sid", "auth_token")}
    return {
        "channels": [
            organization.channel
            | {
                "verified_name": organization.name,
                "webhook_url": f"{public_url.rstrip('/')}/webhooks/whatsapp/{organization.webhook_key}",
            }
            for organization in ORGANIZATIONS
        ],
        "sms_accounts": [sms_account | {"numbers": [WITH_SMS.sms["sender"]]}],
    }


def _create(tx: Transaction, organization: DemoOrganization) -> None:
    organization_id = people.create_organization(tx.session, organization.name, default_area="11")
    for (email, password), name, role in (
        (organization.admin, organization.admin_name, Role.ADMIN),
        (organization.agent, organization.agent_name, Role.AGENT),
    ):
        people.create_user(tx.session, organization_id, email=email, name=name, role=role, password=password)
    people.create_key(tx.session, organization_id, name="demo", key=organization.api_key, role=Role.ADMIN)
    channels.connect(
        tx.session,
        organization_id,
        name=organization.name,
        webhook_key=organization.webhook_key,
        **organization.channel,
    )
    if organization is WITH_SMS:
        sms.connect(
            tx.session,
            organization_id,
            callback_key=organization.webhook_key,
            undelivered_minutes=10,
            **organization.sms,
        )
