"""A customer with a new number or user id keeps their thread; a stranger with the old number is not them."""

from datetime import UTC, datetime

import pytest

from campotech_wa.domain.ids import CustomerId
from campotech_wa.meta.inbound.items import ContactEntry, Person, Preference, Renumbered
from campotech_wa.services import identity
from campotech_wa.store.transaction import transaction
from tests.integration.desk import ANA, BETO, one, rows
from tests.integration.services.identity.acquaintance import (
    NOON,
    OURS,
    THEIRS,
    customers,
    everything,
    links,
    merged,
    met,
    numbers,
    person,
    spelt,
    undone,
    writes,
)

pytestmark = pytest.mark.usefixtures("desk")

NOBODY = Person()


def change_of(before: Person, after: Person, *, at: datetime | None = NOON) -> CustomerId | None:
    with transaction() as tx:
        return identity.renumber(tx.session, Renumbered(before, after, at), **OURS)


def nameless(wa_id: str | None = None, user_id: str | None = None) -> Person:
    return person(wa_id, user_id, name="")


def former() -> list[tuple[int, str]]:
    found = rows("select customer_id, wa_id from former_number order by id")
    return [(row["customer_id"], row["wa_id"]) for row in found]


class TestANewNumber:
    def test_keeps_customer_thread_and_name(self) -> None:
        ana = met(person(ANA, "AR.1"))
        thread = writes(ana)

        assert change_of(nameless(ANA), nameless(BETO)) == ana
        assert writes(met(nameless(BETO))) == thread
        assert customers() == [
            {"id": ana, "wa_id": BETO, "confirmed": True, "profile_name": "Ana", "contact_name": ""}
        ]
        assert former() == [(ana, ANA)]
        assert links() == [(ana, BETO, "AR.1")]

    def test_leaves_the_old_one_to_strangers(self) -> None:
        ana = met(person(ANA))
        change_of(nameless(ANA), nameless(BETO))

        stranger = met(person(ANA, name="Otra"))

        assert stranger != ana
        assert spelt("11 3123 4567") == stranger

    def test_told_again_does_not_touch_the_stranger_who_has_the_old_one_by_now(self) -> None:
        met(person(ANA))
        change_of(nameless(ANA), nameless(BETO))
        met(person(ANA, name="Otra"))
        before = everything()

        assert change_of(nameless(ANA), nameless(BETO)) is None
        assert everything() == before

    def test_told_again_after_the_next_change_does_not_bring_the_old_one_back(self) -> None:
        met(person(ANA, "AR.1"))
        change_of(nameless(ANA, "AR.1"), nameless(BETO, "AR.1"))
        met(person("5491140000000", "AR.1"))

        change_of(nameless(ANA, "AR.1"), nameless(BETO, "AR.1"))

        assert numbers() == ["5491140000000"]

    def test_of_nobody_we_know_changes_nothing(self) -> None:
        assert change_of(nameless(ANA), nameless(BETO)) is None
        assert change_of(NOBODY, nameless(BETO)) is None
        assert customers() == []

    def test_with_a_new_user_id_replaces_both(self) -> None:
        ana = met(person(ANA, "AR.1"))

        change_of(nameless(ANA, "AR.1"), nameless(BETO, "AR.2"))

        assert links() == [(ana, BETO, "AR.2")]
        assert met(nameless(None, "AR.2")) == ana

    def test_with_a_new_user_id_replaces_both_also_if_the_old_one_is_not_told(self) -> None:
        ana = met(person(ANA, "AR.1"))

        change_of(nameless(ANA), nameless(BETO, "AR.2"))

        assert links() == [(ana, BETO, "AR.2")]
        assert met(nameless(None, "AR.2")) == met(nameless(BETO)) == ana

    def test_in_one_organization_changes_none_in_another(self) -> None:
        met(person(ANA), THEIRS)

        assert change_of(nameless(ANA), nameless(BETO)) is None
        assert numbers() == [ANA]


class TestANewNumberThatIsAnothers:
    def test_makes_the_two_one(self) -> None:
        ana, known_there = met(person(ANA)), met(person(BETO, name="Ana nueva"))
        here, there = writes(ana, minute=1), writes(known_there, minute=2)

        assert change_of(nameless(ANA), nameless(BETO)) == ana
        assert numbers() == [BETO]
        assert former() == [(ana, ANA)]
        assert one("select merged_into_id from conversation where id = :id", id=there) == here
        assert one("select reason from customer_merge") == "changed_number"
        assert met(nameless(BETO)) == ana

    def test_can_be_undone_to_what_was(self) -> None:
        met(person(ANA))
        met(person(BETO, name="Otra"))
        before = everything()
        change_of(nameless(ANA), nameless(BETO))

        undone(one("select id from customer_merge"))

        after = everything()
        seen = [row.pop("seen_at") for row in (*before["customer_link"], *after["customer_link"])]
        assert all(seen)
        assert after == before

    def test_whom_meta_knows_by_another_user_id_is_recycled_and_only_moves(self) -> None:
        ana, beto = met(person(ANA, "AR.1")), met(person(BETO, "AR.2", name="Beto"))

        change_of(nameless(ANA, "AR.1"), nameless(BETO, "AR.3"))

        assert {row["id"]: row["wa_id"] for row in customers()} == {ana: BETO, beto: None}
        assert links() == [(ana, BETO, "AR.3"), (beto, None, "AR.2")]
        assert met(nameless(None, "AR.2")) == beto

    def test_whom_meta_knows_by_the_new_user_id_is_the_same_person(self) -> None:
        ana, known_there = met(person(ANA, "AR.1")), met(person(BETO, "AR.2"))

        change_of(nameless(ANA, "AR.1"), nameless(BETO, "AR.2"))

        assert met(nameless(None, "AR.2")) == met(nameless(BETO)) == ana
        assert one("select merged_into_id from customer where id = :id", id=known_there) == ana

    def test_whom_somebody_has_parted_from_them_stays_another(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO))
        undone(merged(ana, beto))

        change_of(nameless(ANA), nameless(BETO))

        assert {row["id"]: row["wa_id"] for row in customers()} == {ana: BETO, beto: None}

    def test_of_somebody_merged_changes_that_number_and_not_the_survivors(self) -> None:
        ana, office = met(person(ANA)), met(person("541143123456"))
        merged(ana, office)

        change_of(nameless("541143123456"), nameless("541143129999"))

        assert met(nameless("541143129999")) == met(nameless(ANA)) == ana
        assert numbers() == [ANA]
        assert met(nameless("541143123456")) != ana


class TestANewUserId:
    def test_replaces_the_old_one_without_any_number(self) -> None:
        ana = met(person(None, "AR.1"))
        thread = writes(ana)

        change_of(nameless(None, "AR.1"), nameless(None, "AR.2"))

        assert writes(met(nameless(None, "AR.2"))) == thread
        assert links() == [(ana, None, "AR.2")]

    def test_that_somebody_has_makes_the_two_one(self) -> None:
        ana, hidden = met(person(ANA, "AR.1")), met(person(None, "AR.2"))

        change_of(nameless(ANA, "AR.1"), nameless(ANA, "AR.2"))

        assert met(nameless(None, "AR.1")) == ana
        assert met(nameless(None, "AR.2")) in {ana, hidden}


class TestTheAddressBook:
    def note(self, who: Person, name: str, *, is_removed: bool = False) -> None:
        with transaction() as tx:
            identity.note_contact(tx.session, ContactEntry(who, name, is_removed, NOON), **OURS)

    def test_names_a_customer(self) -> None:
        met(person(ANA))

        self.note(nameless(ANA), "Ana (Palermo)\x00")

        assert customers()[0]["contact_name"] == "Ana (Palermo)\ufffd"
        assert customers()[0]["profile_name"] == "Ana"

    def test_forgets_the_name_with_the_entry(self) -> None:
        met(person(ANA))
        self.note(nameless(ANA), "Ana (Palermo)")

        self.note(nameless(ANA), "", is_removed=True)

        assert customers()[0]["contact_name"] == ""

    def test_names_somebody_before_they_write_and_confirms_no_number(self) -> None:
        self.note(nameless("541131234567"), "Ana (Palermo)")
        before = customers()

        ana = met(person(ANA, name="Ana"))

        assert [row["confirmed"] for row in before] == [False]
        assert customers() == [
            {
                "id": ana,
                "wa_id": ANA,
                "confirmed": True,
                "profile_name": "Ana",
                "contact_name": "Ana (Palermo)",
            }
        ]

    def test_an_entry_that_was_never_there_makes_nobody(self) -> None:
        self.note(nameless(ANA), "", is_removed=True)
        self.note(nameless("5491"), "Nadie")
        self.note(NOBODY, "Nadie")

        assert customers() == []


class TestMarketing:
    def note(self, value: str, at: datetime | None = NOON) -> CustomerId:
        with transaction() as tx:
            wish = Preference(person(ANA), value, at, {})
            return identity.note_preference(tx.session, wish, **OURS)

    def wish(self) -> tuple[str, datetime]:
        [row] = rows("select marketing_preference, marketing_preference_at from customer")
        return row["marketing_preference"], row["marketing_preference_at"]

    @pytest.mark.parametrize(
        ("value", "kept"),
        [("stop", "stop"), ("resume", "resume"), ("signup", "signup"), ("pause", "stop"), ("", "stop")],
    )
    def test_a_word_nobody_knows_counts_as_stop(self, value: str, kept: str) -> None:
        self.note(value)

        assert self.wish() == (kept, NOON)

    def test_an_older_wish_does_not_undo_a_newer_one(self) -> None:
        self.note("stop")
        self.note("resume", datetime(2026, 1, 1, tzinfo=UTC))

        assert self.wish() == ("stop", NOON)

    def test_is_that_of_a_customer_who_never_wrote(self) -> None:
        assert self.note("stop", None) == met(person(ANA))
