"""Templates as Meta last described them."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import SQLModel

from campotech_wa.tables.base import document, identity, moment, reference, stamped


class WaTemplate(SQLModel, table=True):
    """One template in one language, of a WhatsApp Business Account."""

    __tablename__ = "wa_template"
    __table_args__ = (
        UniqueConstraint("organization_id", "waba_id", "name", "language"),
        Index(
            "ix_wa_template_refused",
            "changed_at",
            postgresql_where=text("status in ('REJECTED', 'PAUSED', 'DISABLED')"),
        ),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    waba_id: str
    meta_id: str = ""
    name: str
    language: str
    category: str
    """Meta's word: MARKETING, UTILITY or AUTHENTICATION."""
    status: str
    """Meta's word, such as APPROVED, PAUSED or REJECTED."""
    quality: str = ""
    rejected_reason: str = ""
    definition: dict[str, object] = document()
    """The template as Meta lists it: ``components``, ``parameter_format`` and the rest (sending.md section 5)."""
    changed_at: datetime = stamped()
    seen_at: datetime = stamped()
    """When Meta last listed it."""
    gone_at: datetime | None = moment(nullable=True)
    """When Meta stopped listing it."""
