"""Hold everything WhatsApp can say."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def add_filled(table: str, column: sa.Column[object]) -> None:
    """Add a column that may not be null; rows that exist get the default, new ones get theirs from the program."""
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def upgrade() -> None:
    op.create_table(
        "media_file",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mime_type", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("waveform", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("has_thumbnail", sa.Boolean(), nullable=False),
        sa.Column("playable_type", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_media_file_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_file")),
        sa.UniqueConstraint("organization_id", "sha256", name=op.f("uq_media_file_organization_id_sha256")),
    )
    op.create_table(
        "account_event",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_account_event_channel_id_channel")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_account_event_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_event")),
        sa.UniqueConstraint("channel_id", "digest", name=op.f("uq_account_event_channel_id_digest")),
    )
    op.create_index(
        "ix_account_event_newest",
        "account_event",
        ["organization_id", sa.literal_column("at desc"), sa.literal_column("id desc")],
        unique=False,
    )
    op.create_table(
        "customer_link",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("wa_id", sa.String(), nullable=True),
        sa.Column("parent_user_id", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("identity_key_hash", sa.String(), nullable=False),
        sa.Column("send_to", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_customer_link_channel_id_channel")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_link_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_customer_link_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_link")),
    )
    op.create_index(
        op.f("ix_customer_link_customer_id_channel_id"),
        "customer_link",
        ["customer_id", "channel_id"],
        unique=False,
    )
    op.create_index(
        "uq_customer_link_channel_id_user_id",
        "customer_link",
        ["channel_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("user_id is not null"),
    )
    op.create_index(
        "ix_customer_link_channel_id_wa_id",
        "customer_link",
        ["channel_id", "wa_id"],
        unique=False,
        postgresql_where=sa.text("wa_id is not null"),
    )
    op.create_index(
        "ix_customer_link_organization_id_user_id",
        "customer_link",
        ["organization_id", "user_id"],
        unique=False,
        postgresql_where=sa.text("user_id is not null"),
    )
    op.create_table(
        "former_number",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("wa_id", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_former_number_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_former_number_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_number")),
    )
    op.create_index(op.f("ix_former_number_customer_id"), "former_number", ["customer_id"], unique=False)
    op.create_index(
        op.f("ix_former_number_organization_id_wa_id"),
        "former_number",
        ["organization_id", "wa_id"],
        unique=False,
    )
    op.create_table(
        "customer_merge",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("survivor_id", sa.BigInteger(), nullable=False),
        sa.Column("absorbed_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("moved", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "reason in ('same_user_id', 'same_number', 'changed_number', 'person')",
            name=op.f("ck_customer_merge_reason_known"),
        ),
        sa.ForeignKeyConstraint(
            ["absorbed_id"], ["customer.id"], name=op.f("fk_customer_merge_absorbed_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name=op.f("fk_customer_merge_actor_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_customer_merge_organization_id_organization"),
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"], ["customer.id"], name=op.f("fk_customer_merge_survivor_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_merge")),
    )
    op.create_index(op.f("ix_customer_merge_absorbed_id"), "customer_merge", ["absorbed_id"], unique=False)
    op.create_index(op.f("ix_customer_merge_survivor_id"), "customer_merge", ["survivor_id"], unique=False)
    op.create_table(
        "media_upload",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("media_id", sa.BigInteger(), nullable=False),
        sa.Column("meta_id", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_media_upload_channel_id_channel")
        ),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media_file.id"], name=op.f("fk_media_upload_media_id_media_file")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_media_upload_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_upload")),
        sa.UniqueConstraint("channel_id", "media_id", name=op.f("uq_media_upload_channel_id_media_id")),
    )
    op.create_table(
        "wa_attachment",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("meta_id", sa.String(), nullable=False),
        sa.Column("media_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("mime_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state in ('pending', 'stored', 'failed', 'expired', 'deleted')",
            name=op.f("ck_wa_attachment_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_wa_attachment_channel_id_channel")
        ),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media_file.id"], name=op.f("fk_wa_attachment_media_id_media_file")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["wa_message.id"], name=op.f("fk_wa_attachment_message_id_wa_message")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_wa_attachment_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wa_attachment")),
        sa.UniqueConstraint("message_id", "position", name=op.f("uq_wa_attachment_message_id_position")),
    )
    op.create_index(op.f("ix_wa_attachment_media_id"), "wa_attachment", ["media_id"], unique=False)
    op.create_index(
        "ix_wa_attachment_pending",
        "wa_attachment",
        ["channel_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
    )
    add_filled("api_key", sa.Column("role", sa.String(), nullable=False, server_default="agent"))
    op.create_check_constraint(op.f("ck_api_key_role_known"), "api_key", "role in ('admin', 'agent')")
    add_filled("channel", sa.Column("app_id", sa.String(), nullable=False, server_default=""))
    add_filled(
        "channel",
        sa.Column("info", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="{}"),
    )
    op.add_column("channel", sa.Column("info_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversation", sa.Column("merged_into_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_conversation_merged_into_id",
        "conversation",
        ["merged_into_id"],
        unique=False,
        postgresql_where=sa.text("merged_into_id is not null"),
    )
    op.create_foreign_key(
        op.f("fk_conversation_merged_into_id_conversation"),
        "conversation",
        "conversation",
        ["merged_into_id"],
        ["id"],
    )
    add_filled("customer", sa.Column("contact_name", sa.String(), nullable=False, server_default=""))
    add_filled("customer", sa.Column("marketing_preference", sa.String(), nullable=False, server_default=""))
    op.add_column("customer", sa.Column("marketing_preference_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("customer", sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("customer", sa.Column("merged_into_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_customer_merged_into_id",
        "customer",
        ["merged_into_id"],
        unique=False,
        postgresql_where=sa.text("merged_into_id is not null"),
    )
    op.add_column("customer", sa.Column("other_wa_id", sa.String(), nullable=True))
    op.execute(
        """
        update customer set other_wa_id = '54' || substr(wa_id, 4)
        where not confirmed and wa_id ~ '^549[0-9]{10}$'
        """
    )
    op.drop_index(
        op.f("uq_customer_organization_id_user_id"),
        table_name="customer",
        postgresql_where="(user_id IS NOT NULL)",
    )
    op.create_foreign_key(
        op.f("fk_customer_merged_into_id_customer"), "customer", "customer", ["merged_into_id"], ["id"]
    )
    op.execute(
        """
        insert into customer_link (organization_id, channel_id, customer_id, user_id, wa_id,
                                   parent_user_id, username, identity_key_hash, send_to, seen_at)
        select c.organization_id, v.channel_id, c.id, c.user_id, c.wa_id, '', '', '', '',
               coalesce(v.last_inbound_at, c.created_at)
        from customer c join conversation v on v.customer_id = c.id
        where v.last_inbound_at is not null or c.user_id is not null
        """
    )
    op.drop_column("customer", "user_id")
    op.create_check_constraint(
        op.f("ck_customer_marketing_preference_known"),
        "customer",
        "marketing_preference in ('', 'stop', 'resume', 'signup')",
    )
    op.add_column("organization", sa.Column("media_days", sa.Integer(), nullable=True))
    add_filled("wa_message", sa.Column("origin", sa.String(), nullable=False, server_default=""))
    add_filled(
        "wa_message",
        sa.Column("envelope", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="{}"),
    )
    op.add_column("wa_message", sa.Column("target_wamid", sa.String(), nullable=True))
    op.execute("update wa_message set origin = case direction when 'inbound' then 'customer' else 'desk' end")
    op.create_check_constraint(
        op.f("ck_wa_message_origin_known"),
        "wa_message",
        "origin in ('customer', 'desk', 'phone', 'history', 'meta')",
    )
    op.create_index(
        "ix_wa_message_about",
        "wa_message",
        ["channel_id", "target_wamid"],
        unique=False,
        postgresql_where=sa.text("target_wamid is not null"),
    )
    add_filled(
        "wa_message_state",
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="{}"),
    )


def downgrade() -> None:
    op.drop_column("wa_message_state", "report")
    op.drop_index("ix_wa_message_about", table_name="wa_message")
    op.drop_column("wa_message", "target_wamid")
    op.drop_column("wa_message", "envelope")
    op.drop_column("wa_message", "origin")
    op.drop_column("organization", "media_days")
    op.add_column("customer", sa.Column("user_id", sa.String(), nullable=True))
    op.execute(
        """
        update customer c set user_id = l.user_id
        from (select distinct on (organization_id, user_id) customer_id, user_id from customer_link
              where user_id is not null order by organization_id, user_id, id) l
        where l.customer_id = c.id
        """
    )
    op.create_index(
        "uq_customer_organization_id_user_id",
        "customer",
        ["organization_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("user_id is not null"),
    )
    for column in (
        "merged_into_id",
        "other_wa_id",
        "blocked_at",
        "marketing_preference_at",
        "marketing_preference",
        "contact_name",
    ):
        op.drop_column("customer", column)
    op.drop_column("conversation", "merged_into_id")
    for column in ("info_at", "info", "app_id"):
        op.drop_column("channel", column)
    op.drop_column("api_key", "role")
    for name in (
        "wa_attachment",
        "media_upload",
        "customer_merge",
        "former_number",
        "customer_link",
        "account_event",
        "media_file",
    ):
        op.drop_table(name)
