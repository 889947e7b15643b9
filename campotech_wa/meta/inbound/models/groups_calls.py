"""Groups and calls, as far as they are told of (sections 6.6 and 6.8)."""

from pydantic import Field

from campotech_wa.meta.inbound.models.base import Fault, Shape
from campotech_wa.meta.inbound.models.statuses import Status
from campotech_wa.meta.inbound.models.value import MessagingValue
from campotech_wa.meta.shapes import JsonObject


class Session(Shape):
    """What the two ends of a call agree on."""

    sdp_type: str | None = None
    sdp: str | None = None


class Call(Shape):
    """One event of a call; the docs spell its status in several ways, once as a list (section 6.6)."""

    id: str | None = None
    sender: str | None = Field(default=None, alias="from")
    to: str | None = None
    from_user_id: str | None = None
    to_user_id: str | None = None
    event: str | None = None
    timestamp: int | None = None
    direction: str | None = None
    status: str | list[str] | None = None
    start_time: int | None = None
    end_time: int | None = None
    duration: int | None = None
    session: Session | None = None
    deeplink_payload: str | None = None
    cta_payload: str | None = None
    biz_opaque_callback_data: str | None = None
    errors: list[Fault] = Field(default_factory=list[Fault])


class CallsValue(MessagingValue):
    """``calls``: calls, and how those that we made went (section 6.6)."""

    calls: list[Call] = Field(default_factory=list[Call])
    statuses: list[Status] = Field(default_factory=list[Status])
    errors: list[Fault] = Field(default_factory=list[Fault])


class Participant(Shape):
    """Somebody in a group, or whom we asked to be: ``input`` is what we wrote."""

    wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None
    input: str | None = None
    errors: list[Fault] = Field(default_factory=list[Fault])


class GroupPicture(Shape):
    """The picture of a group, and whether it could be changed."""

    mime_type: str | None = None
    sha256: str | None = None
    update_successful: bool | None = None
    errors: list[Fault] = Field(default_factory=list[Fault])


class GroupWords(Shape):
    """The subject or the description of a group, and whether it could be changed."""

    text: str | None = None
    update_successful: bool | None = None
    errors: list[Fault] = Field(default_factory=list[Fault])


class Group(Shape):
    """What happened to a group: ``type`` says which of the others is there (section 6.8)."""

    timestamp: int | None = None
    group_id: str | None = None
    type: str | None = None
    request_id: str | None = None
    subject: str | None = None
    description: str | None = None
    invite_link: str | None = None
    join_approval_mode: str | None = None
    added_participants: list[Participant] = Field(default_factory=list[Participant])
    removed_participants: list[Participant] = Field(default_factory=list[Participant])
    failed_participants: list[Participant] = Field(default_factory=list[Participant])
    initiated_by: str | None = None
    reason: str | None = None
    join_request_id: str | None = None
    wa_id: str | None = None
    user_id: str | None = None
    profile_picture: GroupPicture | None = None
    group_subject: GroupWords | None = None
    group_description: GroupWords | None = None
    errors: list[Fault] = Field(default_factory=list[Fault])


class GroupsValue(MessagingValue):
    """The four fields of groups: their lifecycle, participants, settings and status (section 6.8)."""

    groups: list[Group] = Field(default_factory=list[Group])


class AutomaticEventsValue(MessagingValue):
    """``automatic_events``: conversions that Meta detected; their shape is not known (sections 6.2 and 8)."""

    automatic_events: list[JsonObject] = Field(default_factory=list[JsonObject])
