"""Run migrations on the connection that ``services.migrations`` hands over."""

from sqlmodel import AutoString

from alembic import context
from campotech_wa.tables import metadata


def plain_text(kind: str, item: object, _: object) -> str | bool:
    """Write SQLModel's text type into new migrations as SQLAlchemy's own."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_type=True,
    render_item=plain_text,
)
with context.begin_transaction():
    context.run_migrations()
