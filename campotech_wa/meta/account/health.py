"""What stands in the way of sending, by Meta's own account (sending.md 4, health_status)."""

from typing import Annotated

from campotech_wa.meta.account.fields import Answer, Text, Texts, ToObjects, Whole

AVAILABLE, LIMITED, BLOCKED = "AVAILABLE", "LIMITED", "BLOCKED"


class Cause(Answer):
    """Why an entity is blocked."""

    error_code: Whole = 0
    error_description: Text = ""
    possible_solution: Text = ""


class Entity(Answer):
    """One of those whom sending depends on: the number, the WABA, the business, the app, a template."""

    entity_type: Text = ""
    id: Text = ""
    can_send_message: Text = ""
    additional_info: Texts = ()
    """Why it is limited."""
    errors: Annotated[tuple[Cause, ...], ToObjects] = ()


class Health(Answer):
    """Whether messages can be sent, and who stands in the way."""

    can_send_message: Text = ""
    entities: Annotated[tuple[Entity, ...], ToObjects] = ()

    def obstructing(self) -> tuple[Entity, ...]:
        """Return whoever limits or blocks."""
        return tuple(entity for entity in self.entities if entity.can_send_message in (LIMITED, BLOCKED))
