"""Who may do what: the roles, their permissions, and the actor that every use case is handed."""

from dataclasses import dataclass
from enum import StrEnum

from campotech_wa.domain.ids import OrganizationId, UserId
from campotech_wa.errors import NotAllowed


class Role(StrEnum):
    """What a person is in an organization."""

    ADMIN = "admin"
    AGENT = "agent"


class Permission(StrEnum):
    """What a use case may ask for."""

    READ = "read"
    REPLY = "reply"
    OPERATE = "operate"
    """See the health of channels and replay dead letters."""


_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission),
    Role.AGENT: frozenset({Permission.READ, Permission.REPLY}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, on behalf of which organization; made from a session or an API key, never from a payload.

    ``user_id`` is None for an API key.
    """

    organization_id: OrganizationId
    role: Role
    user_id: UserId | None = None
    name: str = ""
    organization_name: str = ""
    locale: str = "es-AR"
    timezone: str = "America/Argentina/Buenos_Aires"

    def may(self, permission: Permission) -> bool:
        """Tell whether the role includes the permission."""
        return permission in _GRANTS[self.role]

    def require(self, permission: Permission) -> None:
        """Stop unless the role includes the permission.

        Raises:
            NotAllowed: it does not.
        """
        if not self.may(permission):
            raise NotAllowed(f"The role {self.role} does not include {permission}.")
