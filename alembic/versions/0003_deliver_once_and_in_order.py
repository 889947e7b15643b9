"""Deliver once and in order."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


STATES = (
    "queued",
    "sending",
    "unconfirmed",
    "cancelled",
    "sent",
    "failed",
    "delivered",
    "read",
    "played",
    "received",
)
FORMER_STATES = ("received", "queued", "sent", "failed", "delivered", "read", "played")
SOURCES = ("desk", "engine", "answer", "webhook")
FORMER_SOURCES = ("desk", "answer", "webhook")


def add_filled(table: str, column: sa.Column[object]) -> None:
    """Add a column that may not be null; rows that exist get the default, new ones get theirs from the program."""
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def allow(table: str, column: str, values: tuple[str, ...]) -> None:
    """Say which values a column may have from now on."""
    name = op.f(f"ck_{table}_{column}_known")
    quoted = ", ".join(f"'{value}'" for value in values)
    op.execute(f"alter table {table} drop constraint if exists {name}")
    op.create_check_constraint(name, table, f"{column} in ({quoted})")


def upgrade() -> None:
    op.create_table(
        "alert_address",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("webhook_url", sa.String(), nullable=False),
        sa.Column("webhook_secret", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_alert_address_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_address")),
        sa.UniqueConstraint("organization_id", name=op.f("uq_alert_address_organization_id")),
    )
    op.create_table(
        "sms_account",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("base_url", sa.String(), nullable=False),
        sa.Column("account_sid", sa.String(), nullable=False),
        sa.Column("auth_token", sa.LargeBinary(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("callback_key", sa.String(), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=False),
        sa.Column("monthly_cap", sa.Integer(), nullable=False),
        sa.Column("undelivered_minutes", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_sms_account_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms_account")),
        sa.UniqueConstraint("callback_key", name=op.f("uq_sms_account_callback_key")),
        sa.UniqueConstraint("organization_id", name=op.f("uq_sms_account_organization_id")),
    )
    op.create_table(
        "wa_template",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("waba_id", sa.String(), nullable=False),
        sa.Column("meta_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("quality", sa.String(), nullable=False),
        sa.Column("rejected_reason", sa.String(), nullable=False),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_wa_template_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wa_template")),
        sa.UniqueConstraint(
            "organization_id",
            "waba_id",
            "name",
            "language",
            name=op.f("uq_wa_template_organization_id_waba_id_name_language"),
        ),
    )
    op.create_index(
        "ix_wa_template_refused",
        "wa_template",
        ["changed_at"],
        unique=False,
        postgresql_where=sa.text("status in ('REJECTED', 'PAUSED', 'DISABLED')"),
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind in ('panic', 'failing', 'waiting', 'old', 'template')", name=op.f("ck_alert_kind_known")
        ),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_alert_channel_id_channel")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_alert_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    op.create_index(
        "ix_alert_history", "alert", ["organization_id", sa.literal_column("raised_at desc")], unique=False
    )
    op.create_index(
        "uq_alert_active",
        "alert",
        ["organization_id", "channel_id", "kind", "subject"],
        unique=True,
        postgresql_where=sa.text("cleared_at is null"),
    )
    op.create_table(
        "channel_flow",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("sends_per_minute", sa.Integer(), nullable=True),
        sa.Column("factor", sa.Float(), nullable=False),
        sa.Column("factor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("throttled_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("throttles", sa.Integer(), nullable=False),
        sa.Column("paused", sa.String(), nullable=False),
        sa.Column("paused_by_id", sa.BigInteger(), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("panic_minutes", sa.Integer(), nullable=False),
        sa.Column("thresholds", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("paused in ('', 'business', 'all')", name=op.f("ck_channel_flow_paused_known")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_channel_flow_channel_id_channel")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_channel_flow_organization_id_organization"),
        ),
        sa.ForeignKeyConstraint(
            ["paused_by_id"], ["user_account.id"], name=op.f("fk_channel_flow_paused_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_flow")),
        sa.UniqueConstraint("channel_id", name=op.f("uq_channel_flow_channel_id")),
    )
    op.create_table(
        "wa_panic",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("lanes", sa.String(), nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("numbers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("triggered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("triggered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("auto_resolve_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("probe_size", sa.Integer(), nullable=False),
        sa.Column("probe_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("resolve_note", sa.String(), nullable=False),
        sa.CheckConstraint("lanes in ('business', 'all')", name=op.f("ck_wa_panic_lanes_known")),
        sa.CheckConstraint("phase in ('halted', 'probing')", name=op.f("ck_wa_panic_phase_known")),
        sa.CheckConstraint(
            "reason in ('high_failure_rate', 'rate_limited', 'auth_failure', 'api_error', 'manual')",
            name=op.f("ck_wa_panic_reason_known"),
        ),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_wa_panic_channel_id_channel")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_wa_panic_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["user_account.id"], name=op.f("fk_wa_panic_resolved_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["triggered_by_id"], ["user_account.id"], name=op.f("fk_wa_panic_triggered_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wa_panic")),
    )
    op.create_index(
        "ix_wa_panic_history",
        "wa_panic",
        ["organization_id", "channel_id", sa.literal_column("triggered_at desc")],
        unique=False,
    )
    op.create_index(
        "uq_wa_panic_active",
        "wa_panic",
        ["channel_id"],
        unique=True,
        postgresql_where=sa.text("resolved_at is null"),
    )
    op.create_table(
        "alert_delivery",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("alert_id", sa.BigInteger(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("event in ('raised', 'cleared')", name=op.f("ck_alert_delivery_event_known")),
        sa.CheckConstraint(
            "state in ('queued', 'sent', 'failed')", name=op.f("ck_alert_delivery_state_known")
        ),
        sa.CheckConstraint("via in ('email', 'webhook')", name=op.f("ck_alert_delivery_via_known")),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_delivery_alert_id_alert")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_alert_delivery_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_delivery")),
        sa.UniqueConstraint("alert_id", "via", "event", name=op.f("uq_alert_delivery_alert_id_via_event")),
    )
    op.create_index(
        "ix_alert_delivery_due",
        "alert_delivery",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_table(
        "sms_message",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("provider_sid", sa.String(), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(), nullable=False),
        sa.Column("error_detail", sa.String(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("also_by_whatsapp_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "reason in ('undeliverable', 'not_delivered', 'panic', 'expired')",
            name=op.f("ck_sms_message_reason_known"),
        ),
        sa.CheckConstraint(
            "state in ('waiting', 'sending', 'unconfirmed', 'sent', 'delivered', 'failed', 'cancelled')",
            name=op.f("ck_sms_message_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_sms_message_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["wa_message.id"], name=op.f("fk_sms_message_message_id_wa_message")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_sms_message_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms_message")),
        sa.UniqueConstraint("message_id", name=op.f("uq_sms_message_message_id")),
    )
    op.create_index(
        "ix_sms_message_due",
        "sms_message",
        ["organization_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("state in ('waiting', 'sending', 'unconfirmed')"),
    )
    op.create_index("ix_sms_message_month", "sms_message", ["organization_id", "left_at"], unique=False)
    op.create_index(
        "uq_sms_message_provider_sid",
        "sms_message",
        ["organization_id", "provider_sid"],
        unique=True,
        postgresql_where=sa.text("provider_sid <> ''"),
    )
    op.create_index(
        "ix_sms_message_opted_out",
        "sms_message",
        ["organization_id", "recipient"],
        unique=False,
        postgresql_where=sa.text("error_code = '21610'"),
    )
    op.add_column("wa_message", sa.Column("priority", sa.Integer(), server_default="1", nullable=False))
    op.add_column("wa_message", sa.Column("send_at", sa.DateTime(timezone=True), nullable=True))
    add_filled("wa_outbound_queue", sa.Column("lane", sa.String(), server_default="reply", nullable=False))
    add_filled(
        "wa_outbound_queue", sa.Column("asked_after", sa.Integer(), server_default="0", nullable=False)
    )
    add_filled("wa_outbound_queue", sa.Column("priority", sa.Integer(), server_default="1", nullable=False))
    add_filled(
        "wa_outbound_queue", sa.Column("is_head", sa.Boolean(), server_default="false", nullable=False)
    )
    op.add_column(
        "wa_outbound_queue",
        sa.Column("enters_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    add_filled("wa_outbound_queue", sa.Column("hold_reason", sa.String(), server_default="", nullable=False))
    op.drop_index(
        op.f("ix_wa_outbound_queue_due"),
        table_name="wa_outbound_queue",
        postgresql_where="((state)::text <> 'sending'::text)",
    )
    op.drop_index(op.f("ix_wa_outbound_queue_order"), table_name="wa_outbound_queue")
    op.create_index(
        "ix_wa_outbound_queue_class",
        "wa_outbound_queue",
        ["channel_id", "state", "lane", "priority", "enters_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_wa_message_state_failures",
        "wa_message_state",
        ["organization_id", sa.literal_column("recorded_at desc")],
        unique=False,
        postgresql_where=sa.text("state in ('failed', 'unconfirmed')"),
    )
    op.create_index(
        "ix_wa_outbound_queue_claim",
        "wa_outbound_queue",
        ["channel_id", "lane", "priority", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("is_head and state = 'queued'"),
    )
    op.create_index(
        "ix_wa_outbound_queue_held",
        "wa_outbound_queue",
        ["conversation_id"],
        unique=False,
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index(
        "ix_wa_outbound_queue_look",
        "wa_outbound_queue",
        ["channel_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index(
        "ix_wa_outbound_queue_line",
        "wa_outbound_queue",
        ["conversation_id", "priority", "enters_at", "id"],
        unique=False,
        postgresql_where=sa.text("state <> 'held'"),
    )
    op.create_index(
        "ix_wa_outbound_queue_owed",
        "wa_outbound_queue",
        ["channel_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("state in ('sending', 'unconfirmed')"),
    )
    op.create_index(
        "uq_wa_outbound_queue_head",
        "wa_outbound_queue",
        ["conversation_id", "priority"],
        unique=True,
        postgresql_where=sa.text("is_head"),
    )
    op.add_column("wa_send_attempt", sa.Column("verdict", sa.String(), server_default="", nullable=False))
    op.create_index(
        "ix_wa_send_attempt_recent", "wa_send_attempt", ["channel_id", "started_at"], unique=False
    )
    op.create_index("ix_conversation_heard", "conversation", ["channel_id", "last_inbound_at"], unique=False)
    allow("wa_message", "state", STATES)
    allow("wa_message_state", "state", STATES)
    allow("wa_message_state", "source", SOURCES)
    allow(
        "wa_send_attempt", "verdict", ("", "success", "failure", "excused", "throttled", "denied", "barred")
    )
    allow("wa_outbound_queue", "state", ("queued", "sending", "unconfirmed", "held"))
    allow("wa_outbound_queue", "lane", ("reply", "business"))
    allow(
        "wa_outbound_queue",
        "hold_reason",
        ("", "window_closed", "template", "consent", "channel", "media"),
    )
    # A message changes its state four times: with room beside it on its page no index has to be told.
    op.execute("alter table wa_message set (fillfactor = 85)")
    give_places()


def give_places() -> None:
    """Put what waits into its line, in the order it was asked for, and mark the heads."""
    op.execute(
        """
        update wa_outbound_queue set enters_at = queued_at, lane = 'business'
        from wa_message where wa_message.id = message_id and wa_message.type = 'template'
        """
    )
    op.execute("update wa_outbound_queue set enters_at = queued_at where lane = 'reply'")
    op.execute(
        """
        update wa_outbound_queue queued set asked_after = greatest(0, coalesce(
            (select max(number) from wa_send_attempt where message_id = queued.message_id), 0) - attempts)
        """
    )
    op.execute(
        """
        update wa_outbound_queue set is_head = true where id in (
            select distinct on (conversation_id) id from wa_outbound_queue
            order by conversation_id, enters_at, id)
        """
    )


def downgrade() -> None:
    op.execute("alter table wa_message reset (fillfactor)")
    op.execute("update wa_message set state = 'queued' where state in ('sending', 'unconfirmed')")
    op.execute("update wa_message set state = 'failed' where state = 'cancelled'")
    op.execute("delete from wa_message_state where state in ('sending', 'unconfirmed', 'cancelled')")
    op.execute("update wa_message_state set source = 'answer' where source = 'engine'")
    op.execute("update wa_outbound_queue set state = 'queued' where state = 'held'")
    allow("wa_message", "state", FORMER_STATES)
    allow("wa_message_state", "state", FORMER_STATES)
    allow("wa_message_state", "source", FORMER_SOURCES)
    allow("wa_outbound_queue", "state", ("queued", "sending", "unconfirmed"))
    op.drop_index("ix_conversation_heard", table_name="conversation")
    op.drop_index("ix_wa_send_attempt_recent", table_name="wa_send_attempt")
    op.drop_column("wa_send_attempt", "verdict")
    op.drop_index(
        "uq_wa_outbound_queue_head", table_name="wa_outbound_queue", postgresql_where=sa.text("is_head")
    )
    op.drop_index(
        "ix_wa_outbound_queue_owed",
        table_name="wa_outbound_queue",
        postgresql_where=sa.text("state in ('sending', 'unconfirmed')"),
    )
    op.drop_index(
        "ix_wa_outbound_queue_line",
        table_name="wa_outbound_queue",
        postgresql_where=sa.text("state <> 'held'"),
    )
    op.drop_index(
        "ix_wa_outbound_queue_look",
        table_name="wa_outbound_queue",
        postgresql_where=sa.text("state = 'held'"),
    )
    op.drop_index(
        "ix_wa_outbound_queue_held",
        table_name="wa_outbound_queue",
        postgresql_where=sa.text("state = 'held'"),
    )
    op.drop_index(
        "ix_wa_outbound_queue_claim",
        table_name="wa_outbound_queue",
        postgresql_where=sa.text("is_head and state = 'queued'"),
    )
    op.drop_index("ix_wa_outbound_queue_class", table_name="wa_outbound_queue")
    op.drop_index(
        "ix_wa_message_state_failures",
        table_name="wa_message_state",
        postgresql_where=sa.text("state in ('failed', 'unconfirmed')"),
    )
    op.create_index(
        op.f("ix_wa_outbound_queue_order"),
        "wa_outbound_queue",
        ["channel_id", "conversation_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_wa_outbound_queue_due"),
        "wa_outbound_queue",
        ["due_at"],
        unique=False,
        postgresql_where="((state)::text <> 'sending'::text)",
    )
    op.drop_column("wa_outbound_queue", "hold_reason")
    op.drop_column("wa_outbound_queue", "asked_after")
    op.drop_column("wa_outbound_queue", "enters_at")
    op.drop_column("wa_outbound_queue", "is_head")
    op.drop_column("wa_outbound_queue", "priority")
    op.drop_column("wa_outbound_queue", "lane")
    op.drop_column("wa_message", "send_at")
    op.drop_column("wa_message", "priority")
    op.drop_index(
        "ix_sms_message_opted_out",
        table_name="sms_message",
        postgresql_where=sa.text("error_code = '21610'"),
    )
    op.drop_index(
        "uq_sms_message_provider_sid",
        table_name="sms_message",
        postgresql_where=sa.text("provider_sid <> ''"),
    )
    op.drop_index("ix_sms_message_month", table_name="sms_message")
    op.drop_index(
        "ix_sms_message_due",
        table_name="sms_message",
        postgresql_where=sa.text("state in ('waiting', 'sending', 'unconfirmed')"),
    )
    op.drop_table("sms_message")
    op.drop_index(
        "ix_alert_delivery_due", table_name="alert_delivery", postgresql_where=sa.text("state = 'queued'")
    )
    op.drop_table("alert_delivery")
    op.drop_index(
        "uq_wa_panic_active", table_name="wa_panic", postgresql_where=sa.text("resolved_at is null")
    )
    op.drop_index("ix_wa_panic_history", table_name="wa_panic")
    op.drop_table("wa_panic")
    op.drop_table("channel_flow")
    op.drop_index("uq_alert_active", table_name="alert", postgresql_where=sa.text("cleared_at is null"))
    op.drop_index("ix_alert_history", table_name="alert")
    op.drop_table("alert")
    op.drop_table("wa_template")
    op.drop_table("sms_account")
    op.drop_table("alert_address")
