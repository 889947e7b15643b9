"""Who acts is told by a session or a key, and by nothing else; guessing is slowed down."""

import pytest
from sqlalchemy import event

from campotech_wa.domain.access import Actor, Role
from campotech_wa.domain.ids import OrganizationId, UserId
from campotech_wa.errors import InvalidInput, NotAuthenticated, Throttled
from campotech_wa.services import people
from campotech_wa.services.people import Login
from campotech_wa.store.database import engine
from campotech_wa.store.transaction import transaction
from tests.integration.desk import change, listening, one, rows

EMAIL, PASSWORD = "agente@climasur.test", "demo-agente-1"

pytestmark = pytest.mark.usefixtures("desk")


def log_in(email: str = EMAIL, password: str = PASSWORD, *, address: str = "192.0.2.1") -> Login:
    return people.log_in(email, password, address=address)


def fail(times: int, email: str = EMAIL, *, address: str = "192.0.2.1") -> None:
    for _ in range(times):
        with pytest.raises(NotAuthenticated):
            log_in(email, "wrong", address=address)


class TestLogin:
    def test_the_right_password_opens_a_session(self) -> None:
        opened = log_in()

        actor = people.actor_of_session(opened.token)
        assert (actor.organization_id, actor.user_id, actor.role) == (1, 2, Role.AGENT)
        assert (actor.locale, actor.timezone) == ("es-AR", "America/Argentina/Buenos_Aires")

    def test_an_address_is_read_as_people_write_it(self) -> None:
        assert log_in(f"  {EMAIL.upper()} ").token

    def test_the_token_itself_is_kept_nowhere(self) -> None:
        opened = log_in()

        [session] = rows("select * from login_session")
        assert opened.token not in str(session)
        assert opened.token.encode() != session["digest"]

    @pytest.mark.parametrize(
        ("email", "password"),
        [
            (EMAIL, "wrong"),
            (EMAIL, ""),
            (EMAIL, PASSWORD.upper()),
            (EMAIL, "\x00"),
            (EMAIL, PASSWORD + " "),
            ("nobody@climasur.test", PASSWORD),
            ("", ""),
            ("\x00", PASSWORD),
            ("admin@climasur.test", PASSWORD),
        ],
    )
    def test_anything_else_is_refused_in_the_same_way(self, email: str, password: str) -> None:
        with pytest.raises(NotAuthenticated) as refused:
            log_in(email, password)

        assert str(refused.value) == ""
        assert one("select count(*) from login_session") == 0

    @pytest.mark.usefixtures("disabled")
    def test_a_disabled_person_stays_outside(self) -> None:
        with pytest.raises(NotAuthenticated):
            log_in()

    def test_a_disabled_persons_session_is_over(self) -> None:
        opened = log_in()

        change("update user_account set disabled_at = now() where email = :email", email=EMAIL)

        with pytest.raises(NotAuthenticated):
            people.actor_of_session(opened.token)


@pytest.fixture
def disabled(desk: None) -> None:
    change("update user_account set disabled_at = now() where email = :email", email=EMAIL)


class TestThrottle:
    def test_ten_failures_close_an_account_even_for_the_right_password(self) -> None:
        fail(10)

        with pytest.raises(Throttled) as throttled:
            log_in(address="198.51.100.7")

        assert throttled.value.retry_after.total_seconds() > 0

    def test_other_accounts_stay_open(self) -> None:
        fail(10)

        assert log_in("admin@climasur.test", "demo-admin-1").token

    def test_fifty_failures_close_an_address_for_every_account(self) -> None:
        fail(1, "nobody@climasur.test")
        change(
            "insert into login_attempt (subject, at) select subject, at from login_attempt, generate_series(1, 49)"
        )
        change("delete from login_attempt where id in (select min(id) from login_attempt)")

        with pytest.raises(Throttled):
            log_in()
        assert log_in(address="198.51.100.7").token

    def test_after_a_quarter_of_an_hour_it_is_open_again(self) -> None:
        fail(10)

        change("update login_attempt set at = at - interval '16 minutes'")

        assert log_in().token

    def test_neither_account_nor_address_stands_in_the_table(self) -> None:
        fail(1)

        assert all(EMAIL.encode() not in row["subject"] for row in rows("select subject from login_attempt"))


class TestSession:
    @pytest.mark.parametrize("token", ["", "x", "\x00", "ñ"])
    def test_an_unknown_token_is_nobodys(self, token: str) -> None:
        with pytest.raises(NotAuthenticated):
            people.actor_of_session(token)

    def test_it_ends_by_itself(self) -> None:
        opened = log_in()

        change("update login_session set expires_at = now() - interval '1 second'")

        with pytest.raises(NotAuthenticated):
            people.actor_of_session(opened.token)

    def test_logging_out_ends_one_session(self) -> None:
        here, there = log_in(), log_in()

        people.log_out(here.token)
        people.log_out(here.token)
        people.log_out("unknown")

        with pytest.raises(NotAuthenticated):
            people.actor_of_session(here.token)
        assert people.actor_of_session(there.token)

    def test_logging_out_everywhere_ends_each_of_that_person(self) -> None:
        here, there = log_in(), log_in()
        colleague = log_in("admin@climasur.test", "demo-admin-1")

        people.log_out_everywhere(people.actor_of_session(here.token))

        for token in (here.token, there.token):
            with pytest.raises(NotAuthenticated):
                people.actor_of_session(token)
        assert people.actor_of_session(colleague.token)

    def test_open_pages_are_told_when_it_is_over_and_not_before(self) -> None:
        opened = log_in()
        before: list[object] = []
        with listening() as told:

            def at_commit(_: object) -> None:
                before.append(told(0.2))

            event.listen(engine(), "commit", at_commit)
            try:
                people.log_out(opened.token)
            finally:
                event.remove(engine(), "commit", at_commit)

            assert before == [None]
            assert told() == {"organization_id": 1, "conversation_id": None}


class TestKey:
    def test_a_key_acts_for_its_organization_in_its_role(self) -> None:
        actor = people.actor_of_key("demo-api-key-2")

        assert (actor.organization_id, actor.user_id, actor.role) == (2, None, Role.ADMIN)

    def test_a_key_is_an_agents_unless_told_otherwise(self) -> None:
        with transaction() as tx:
            people.create_key(tx.session, OrganizationId(2), name="shop", key="a-shops-key")

        assert people.actor_of_key("a-shops-key").role is Role.AGENT

    @pytest.mark.parametrize("key", ["", "demo-api-key-3", "demo-api-key-1 ", "\x00", "ñ"])
    def test_any_other_is_nobodys(self, key: str) -> None:
        with pytest.raises(NotAuthenticated):
            people.actor_of_key(key)

    def test_a_revoked_one_is_nobodys(self) -> None:
        change("update api_key set revoked_at = now() where organization_id = 1")

        with pytest.raises(NotAuthenticated):
            people.actor_of_key("demo-api-key-1")


class TestLocale:
    def test_the_chosen_language_is_the_next_sessions(self) -> None:
        agent = Actor(OrganizationId(1), Role.AGENT, UserId(2))

        people.choose_locale(agent, "en")

        assert log_in().locale == "en"

    def test_one_that_the_product_does_not_speak_is_refused(self) -> None:
        with pytest.raises(InvalidInput):
            people.choose_locale(Actor(OrganizationId(1), Role.AGENT, UserId(2)), "fr")

    def test_a_key_has_no_language(self) -> None:
        people.choose_locale(Actor(OrganizationId(1), Role.AGENT), "en")

        assert {row["locale"] for row in rows("select locale from user_account")} == {"es-AR"}
