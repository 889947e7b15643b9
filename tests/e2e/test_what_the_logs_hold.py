"""After everything that the tests of this folder did: the logs tell what happened, and nothing of what was said."""

from tests.e2e.browsing import Browsing
from tests.e2e.house import House
from tests.e2e.world import FIRST, SECOND, World

PROVOKED = ('"event not processed"', '"reflex.state:', '"reflex_base.vars.base"', '"engineio.server"')
"""What the tests themselves caused: a message without sender, Reflex's own handlers called by strangers with
nonsense, a websocket of another origin."""

BASE64_OF_54911 = "NTQ5MT"
"""A wamid holds the customer's number, written so."""


def test_the_logs_hold_no_text_name_number_or_secret(demo: House, world: World, tabs: Browsing) -> None:
    said = "\n".join(demo.logs().values())
    rows = world.get("/conversations", limit=100).json()["data"]
    session = tabs.session(FIRST.admin)

    assert len(said) > 1000
    numbers = {row["customer"]["wa_id"] for row in rows}
    secrets = {each.channel[name] for each in (FIRST, SECOND) for name in ("access_token", "app_secret")}
    words = {"Clienta", "pwned", "Buenas", "wamid.", BASE64_OF_54911, session, "not-the-password"}
    assert [word for word in sorted(numbers | secrets | words) if word in said] == []


def test_no_program_broke_off_with_a_traceback(demo: House) -> None:
    lines = [
        line for name, text in demo.logs().items() if "postgres" not in name for line in text.splitlines()
    ]

    errors = [line for line in lines if "Traceback" in line or '"level": "error"' in line]

    assert [line for line in errors if not any(each in line for each in PROVOKED)] == []
