"""Create the first schema."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "login_attempt",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    op.create_index(op.f("ix_login_attempt_subject_at"), "login_attempt", ["subject", "at"], unique=False)
    op.create_table(
        "organization",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("default_area", sa.String(), nullable=False),
        sa.Column("sends_per_minute", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
    )
    op.create_table(
        "api_key",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_api_key_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_key_digest")),
    )
    op.create_table(
        "channel",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("display_phone_number", sa.String(), nullable=False),
        sa.Column("phone_number_id", sa.String(), nullable=False),
        sa.Column("waba_id", sa.String(), nullable=False),
        sa.Column("webhook_key", sa.String(), nullable=False),
        sa.Column("verify_token", sa.LargeBinary(), nullable=False),
        sa.Column("app_secret", sa.LargeBinary(), nullable=False),
        sa.Column("access_token", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_channel_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel")),
        sa.UniqueConstraint("phone_number_id", name=op.f("uq_channel_phone_number_id")),
        sa.UniqueConstraint("webhook_key", name=op.f("uq_channel_webhook_key")),
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("wa_id", sa.String(), nullable=True),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("match_key", sa.String(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("profile_name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_customer_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
    )
    op.create_index(
        op.f("ix_customer_organization_id_match_key"),
        "customer",
        ["organization_id", "match_key"],
        unique=False,
    )
    op.create_index(
        "uq_customer_organization_id_user_id",
        "customer",
        ["organization_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("user_id is not null"),
    )
    op.create_index(
        "uq_customer_organization_id_wa_id",
        "customer",
        ["organization_id", "wa_id"],
        unique=True,
        postgresql_where=sa.text("wa_id is not null"),
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("role in ('admin', 'agent')", name=op.f("ck_user_account_role_known")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_user_account_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("last_inbound_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "last_message_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("last_preview", sa.String(), nullable=False),
        sa.Column("last_direction", sa.String(), nullable=False),
        sa.Column("unread_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_conversation_channel_id_channel")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_conversation_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_conversation_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        sa.UniqueConstraint("channel_id", "customer_id", name=op.f("uq_conversation_channel_id_customer_id")),
    )
    op.create_index(
        "ix_conversation_newest",
        "conversation",
        ["organization_id", sa.literal_column("last_message_at desc"), sa.literal_column("id desc")],
        unique=False,
    )
    op.create_table(
        "login_session",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_login_session_organization_id_organization"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_login_session_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("digest", name=op.f("uq_login_session_digest")),
    )
    op.create_index(op.f("ix_login_session_user_id"), "login_session", ["user_id"], unique=False)
    op.create_table(
        "parked_status",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("wamid", sa.String(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("parked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_parked_status_channel_id_channel")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_parked_status_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_status")),
    )
    op.create_index(
        op.f("ix_parked_status_channel_id_wamid"), "parked_status", ["channel_id", "wamid"], unique=False
    )
    op.create_table(
        "webhook_event",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_webhook_event_channel_id_channel")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_webhook_event_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_event")),
        sa.UniqueConstraint("channel_id", "digest", name=op.f("uq_webhook_event_channel_id_digest")),
    )
    op.create_index(
        "ix_webhook_event_dead",
        "webhook_event",
        ["organization_id", "id"],
        unique=False,
        postgresql_where=sa.text("dead_at is not null"),
    )
    op.create_index(
        "ix_webhook_event_pending",
        "webhook_event",
        ["channel_id", "id"],
        unique=False,
        postgresql_where=sa.text("processed_at is null and dead_at is null"),
    )
    op.create_table(
        "wa_message",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("wamid", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("error_detail", sa.String(), nullable=False),
        sa.Column("client_key", sa.String(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "direction in ('inbound', 'outbound')", name=op.f("ck_wa_message_direction_known")
        ),
        sa.CheckConstraint(
            "state in ('received', 'queued', 'sent', 'failed', 'delivered', 'read', 'played')",
            name=op.f("ck_wa_message_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_wa_message_author_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_wa_message_channel_id_channel")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_wa_message_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_wa_message_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wa_message")),
        sa.UniqueConstraint("channel_id", "wamid", name=op.f("uq_wa_message_channel_id_wamid")),
        sa.UniqueConstraint(
            "organization_id", "client_key", name=op.f("uq_wa_message_organization_id_client_key")
        ),
    )
    op.create_index(
        "ix_wa_message_thread",
        "wa_message",
        ["conversation_id", sa.literal_column("sent_at desc"), sa.literal_column("id desc")],
        unique=False,
    )
    op.create_table(
        "wa_message_state",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "source in ('desk', 'answer', 'webhook')", name=op.f("ck_wa_message_state_source_known")
        ),
        sa.CheckConstraint(
            "state in ('received', 'queued', 'sent', 'failed', 'delivered', 'read', 'played')",
            name=op.f("ck_wa_message_state_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["wa_message.id"], name=op.f("fk_wa_message_state_message_id_wa_message")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_wa_message_state_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wa_message_state")),
    )
    op.create_index(
        op.f("ix_wa_message_state_message_id_id"), "wa_message_state", ["message_id", "id"], unique=False
    )
    op.create_table(
        "wa_outbound_queue",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state in ('queued', 'sending', 'unconfirmed')", name=op.f("ck_wa_outbound_queue_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_wa_outbound_queue_channel_id_channel")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_wa_outbound_queue_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["wa_message.id"], name=op.f("fk_wa_outbound_queue_message_id_wa_message")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_wa_outbound_queue_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wa_outbound_queue")),
        sa.UniqueConstraint("message_id", name=op.f("uq_wa_outbound_queue_message_id")),
    )
    op.create_index(
        "ix_wa_outbound_queue_due",
        "wa_outbound_queue",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state <> 'sending'"),
    )
    op.create_index(
        "ix_wa_outbound_queue_order",
        "wa_outbound_queue",
        ["channel_id", "conversation_id", "id"],
        unique=False,
    )
    op.create_table(
        "wa_send_attempt",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("wamid", sa.String(), nullable=True),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome in ('pending', 'accepted', 'refused', 'busy', 'unconfirmed')",
            name=op.f("ck_wa_send_attempt_outcome_known"),
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_wa_send_attempt_channel_id_channel")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["wa_message.id"], name=op.f("fk_wa_send_attempt_message_id_wa_message")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_wa_send_attempt_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wa_send_attempt")),
        sa.UniqueConstraint("message_id", "number", name=op.f("uq_wa_send_attempt_message_id_number")),
    )
    op.create_index(
        "ix_wa_send_attempt_wamid",
        "wa_send_attempt",
        ["channel_id", "wamid"],
        unique=False,
        postgresql_where=sa.text("wamid is not null"),
    )


def downgrade() -> None:

    op.drop_index(
        "ix_wa_send_attempt_wamid",
        table_name="wa_send_attempt",
        postgresql_where=sa.text("wamid is not null"),
    )
    op.drop_table("wa_send_attempt")
    op.drop_index("ix_wa_outbound_queue_order", table_name="wa_outbound_queue")
    op.drop_index(
        "ix_wa_outbound_queue_due",
        table_name="wa_outbound_queue",
        postgresql_where=sa.text("state <> 'sending'"),
    )
    op.drop_table("wa_outbound_queue")
    op.drop_index(op.f("ix_wa_message_state_message_id_id"), table_name="wa_message_state")
    op.drop_table("wa_message_state")
    op.drop_index("ix_wa_message_thread", table_name="wa_message")
    op.drop_table("wa_message")
    op.drop_index(
        "ix_webhook_event_pending",
        table_name="webhook_event",
        postgresql_where=sa.text("processed_at is null and dead_at is null"),
    )
    op.drop_index(
        "ix_webhook_event_dead", table_name="webhook_event", postgresql_where=sa.text("dead_at is not null")
    )
    op.drop_table("webhook_event")
    op.drop_index(op.f("ix_parked_status_channel_id_wamid"), table_name="parked_status")
    op.drop_table("parked_status")
    op.drop_index(op.f("ix_login_session_user_id"), table_name="login_session")
    op.drop_table("login_session")
    op.drop_index("ix_conversation_newest", table_name="conversation")
    op.drop_table("conversation")
    op.drop_table("user_account")
    op.drop_index(
        "uq_customer_organization_id_wa_id",
        table_name="customer",
        postgresql_where=sa.text("wa_id is not null"),
    )
    op.drop_index(
        "uq_customer_organization_id_user_id",
        table_name="customer",
        postgresql_where=sa.text("user_id is not null"),
    )
    op.drop_index(op.f("ix_customer_organization_id_match_key"), table_name="customer")
    op.drop_table("customer")
    op.drop_table("channel")
    op.drop_table("api_key")
    op.drop_table("organization")
    op.drop_index(op.f("ix_login_attempt_subject_at"), table_name="login_attempt")
    op.drop_table("login_attempt")
