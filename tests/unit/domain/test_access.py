"""Admins may do everything, agents answer customers; nobody else exists."""

import pytest

from campotech_wa.domain.access import Actor, Permission, Role
from campotech_wa.domain.ids import OrganizationId
from campotech_wa.errors import NotAllowed


def actor(role: Role) -> Actor:
    return Actor(OrganizationId(1), role)


class TestActor:
    @pytest.mark.parametrize("permission", Permission)
    def test_an_admin_may_do_everything(self, permission: Permission) -> None:
        assert actor(Role.ADMIN).may(permission)

    @pytest.mark.parametrize("permission", [Permission.READ, Permission.REPLY])
    def test_an_agent_reads_and_answers(self, permission: Permission) -> None:
        actor(Role.AGENT).require(permission)

        assert actor(Role.AGENT).may(permission)

    def test_an_agent_does_not_operate(self) -> None:
        with pytest.raises(NotAllowed, match="agent does not include operate"):
            actor(Role.AGENT).require(Permission.OPERATE)

    def test_an_actor_can_not_be_changed(self) -> None:
        with pytest.raises(AttributeError):
            actor(Role.AGENT).role = Role.ADMIN  # pyright: ignore[reportAttributeAccessIssue]
