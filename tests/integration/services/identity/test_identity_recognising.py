"""One person is one customer, however Meta names them; two people are never made one."""

import pytest

from campotech_wa.domain.ids import BusinessScopedUserId, ChannelId, OrganizationId, WaId
from campotech_wa.meta.inbound.items import Person
from tests.integration.desk import ANA, BETO, change, one, rows
from tests.integration.services.identity.acquaintance import (
    THEIRS,
    customers,
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

LANDLINE = "541131234567"
"""The digits of Ana's mobile without the 9 of a mobile."""

AR1, AR2 = "AR.1", "AR.2"


def former() -> list[tuple[int, str]]:
    found = rows("select customer_id, wa_id from former_number order by id")
    return [(row["customer_id"], row["wa_id"]) for row in found]


class TestFirstContact:
    def test_a_number_makes_a_confirmed_customer_and_a_link(self) -> None:
        customer_id = met(person(ANA, name="Ana Gómez"))

        assert customers() == [
            {
                "id": customer_id,
                "wa_id": ANA,
                "confirmed": True,
                "profile_name": "Ana Gómez",
                "contact_name": "",
            }
        ]
        assert links() == [(customer_id, ANA, None)]

    def test_a_user_id_alone_makes_one_too(self) -> None:
        customer_id = met(person(None, AR1, username="ana.gomez"))

        assert numbers() == [None]
        assert links() == [(customer_id, None, AR1)]
        assert one("select username from customer_link") == "ana.gomez"

    def test_nobody_is_nobody(self) -> None:
        with pytest.raises(ValueError, match="without any id"):
            met(Person(name="Ana"))

        assert customers() == []

    def test_texts_that_can_not_be_stored_are_mended(self) -> None:
        met(Person(user_id=BusinessScopedUserId("AR.\x001"), name="A\ud800\x00" + "a" * 300))

        assert one("select user_id from customer_link") == "AR.\ufffd1"
        assert one("select profile_name from customer") == ("A\ufffd\ufffd" + "a" * 300)[:256]

    def test_the_same_ids_in_another_organization_are_another_customer(self) -> None:
        ours = met(person(ANA, AR1))

        theirs = met(person(ANA, AR1), THEIRS)

        assert ours != theirs
        assert rows("select organization_id from customer order by id") == [
            {"organization_id": 1},
            {"organization_id": 2},
        ]


class TestKnownPeople:
    def test_come_back_as_the_same_customer_by_either_id(self) -> None:
        customer_id = met(person(ANA, AR1))

        assert met(person(ANA)) == met(person(None, AR1)) == met(person(ANA, AR1)) == customer_id
        assert links() == [(customer_id, ANA, AR1)]

    def test_get_a_new_name_and_keep_the_old_one_when_none_comes(self) -> None:
        met(person(ANA, name="Ana"))
        met(person(ANA, name="Ana Gómez"))
        met(person(ANA, name=" "))

        assert customers()[0]["profile_name"] == "Ana Gómez"

    def test_what_meta_leaves_out_is_not_forgotten(self) -> None:
        full = Person(WaId(ANA), BusinessScopedUserId(AR1), "AR.ENT.1", "ana", "Ana", "hash")
        met(full)

        met(person(None, AR1))

        [link] = rows("select wa_id, parent_user_id, username, identity_key_hash from customer_link")
        assert tuple(link.values()) == (ANA, "AR.ENT.1", "ana", "hash")

    def test_a_user_id_that_comes_later_joins_the_number(self) -> None:
        customer_id = met(person(ANA))

        assert met(person(ANA, AR1)) == met(person(None, AR1)) == customer_id
        assert links() == [(customer_id, ANA, AR1)]

    def test_a_number_that_comes_later_joins_the_user_id(self) -> None:
        customer_id = met(person(None, AR1))

        assert met(person(ANA, AR1)) == met(person(ANA)) == customer_id
        assert numbers() == [ANA]
        assert links() == [(customer_id, ANA, AR1)]

    def test_a_known_number_with_another_user_id_is_a_strangers_by_now(self) -> None:
        first = met(person(ANA, AR1))
        thread = writes(first)

        stranger = met(person(ANA, AR2, name="Otra"))

        assert stranger != first
        assert {row["id"]: row["wa_id"] for row in customers()} == {first: None, stranger: ANA}
        assert (former(), links()) == ([(first, ANA)], [(first, None, AR1), (stranger, ANA, AR2)])
        assert met(person(ANA)) == met(person(None, AR2)) == stranger
        assert writes(met(person(None, AR1))) == thread

    def test_a_channel_of_the_same_organization_has_its_own_link(self) -> None:
        customer_id = met(person(ANA, AR1))
        change(
            "insert into channel select id + 100, organization_id, name, display_phone_number,"
            " phone_number_id || '9', waba_id, webhook_key || '9', verify_token, app_secret, access_token,"
            " now(), app_id, info from channel where id = 1"
        )

        there = met(person(ANA, AR2), {"organization_id": OrganizationId(1), "channel_id": ChannelId(101)})

        assert there == customer_id

    def test_a_new_number_of_a_known_user_id_replaces_the_old_one(self) -> None:
        customer_id = met(person(ANA, AR1))

        assert met(person(BETO, AR1)) == customer_id
        assert numbers() == [BETO]
        assert former() == [(customer_id, ANA)]
        assert links() == [(customer_id, BETO, AR1)]

    def test_a_stranger_with_a_former_number_is_not_taken_for_whoever_had_it(self) -> None:
        customer_id = met(person(ANA, AR1))
        met(person(BETO, AR1))

        stranger = met(person(ANA, AR2, name="Otra"))

        assert stranger != customer_id
        assert [row["profile_name"] for row in customers()] == ["Ana", "Otra"]


class TestTypedNumbers:
    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ("11 3123-4567", ANA),
            ("011 15 3123 4567", ANA),
            ("11 3123-4567", LANDLINE),
            ("+52 55 1234 5678", "5215512345678"),
            ("+52 1 55 1234 5678", "525512345678"),
            ("+55 31 99876-5432", "553198765432"),
            ("+55 31 9876 5432", "5531998765432"),
        ],
    )
    def test_are_joined_by_what_meta_shows(self, written: str, shown: str) -> None:
        typed = spelt(written)

        assert met(person(shown)) == typed
        assert [(row["wa_id"], row["confirmed"]) for row in customers()] == [(shown, True)]
        assert former() == []

    @pytest.mark.parametrize(
        ("written", "shown"),
        [("+54 9 11 3123 4567", LANDLINE), ("+55 11 93123-4567", "551131234567"), ("11 3123-4567", BETO)],
    )
    def test_are_left_alone_by_somebody_else(self, written: str, shown: str) -> None:
        typed = spelt(written)

        assert met(person(shown)) != typed
        assert [row["confirmed"] for row in customers()] == [False, True]

    def test_stand_for_whom_meta_has_shown_in_another_spelling(self) -> None:
        customer_id = met(person(LANDLINE))

        assert spelt("11 3123-4567") == customer_id
        assert numbers() == [LANDLINE]

    def test_once_marked_as_a_mobile_no_longer_stand_for_a_fixed_line(self) -> None:
        typed = spelt("11 3123-4567")

        assert spelt("011 15 3123 4567") == typed
        assert met(person(LANDLINE)) != typed

    def test_two_ids_that_meta_has_shown_stay_two_people(self) -> None:
        assert met(person(ANA)) != met(person(LANDLINE))


class TestUserIdAndNumberOfTwo:
    def test_are_one_person_and_the_one_known_longer_stays(self) -> None:
        hidden = met(person(None, AR1, name="Ana G."))
        numbered = met(person(ANA))

        assert met(person(ANA, AR1)) == hidden
        assert numbers() == [ANA]
        assert one("select merged_into_id from customer where id = :id", id=numbered) == hidden
        assert one("select reason from customer_merge") == "same_user_id"

    def test_the_number_known_longer_stays_likewise(self) -> None:
        numbered = met(person(ANA))
        met(person(None, AR1))

        assert met(person(ANA, AR1)) == numbered
        assert numbers() == [ANA]

    def test_whoever_was_absorbed_is_found_by_every_id(self) -> None:
        hidden = met(person(None, AR1))
        met(person(ANA))
        met(person(ANA, AR1))

        assert met(person(ANA)) == met(person(None, AR1)) == spelt("11 3123 4567") == hidden

    def test_a_number_with_a_user_id_of_its_own_is_recycled_and_only_moves(self) -> None:
        first, second = met(person(ANA, AR1)), met(person(BETO, AR2, name="Beto"))

        assert met(person(ANA, AR2, name="Beto")) == second
        assert {row["id"]: row["wa_id"] for row in customers()} == {first: None, second: ANA}
        assert former() == [(first, ANA), (second, BETO)]
        assert one("select count(*) from customer_merge") == 0
        assert met(person(None, AR1)) == first

    def test_are_not_merged_again_once_a_person_has_parted_them(self) -> None:
        numbered = met(person(ANA))
        hidden = met(person(None, AR1))
        met(person(ANA, AR1))
        undone(one("select id from customer_merge"))

        assert met(person(ANA, AR1)) == hidden
        assert met(person(ANA)) == numbered
        assert one("select count(*) from customer_merge") == 1


class TestMergedNumbers:
    def test_both_numbers_lead_to_the_survivor_and_stay_as_they_are(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO, name="Beto"))
        merged(ana, beto)

        assert met(person(BETO)) == met(person(ANA)) == ana
        assert numbers() == [ANA]
        assert one("select wa_id from customer where id = :id", id=beto) == BETO

    def test_each_account_keeps_its_own_name(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO, name="Beto"))
        hidden = met(person(None, AR1, name="Oculta"))
        for other in (beto, hidden):
            merged(ana, other)

        met(person(BETO, name="Beto Paz"))
        met(person(None, AR1, name="Ana Oculta"))
        met(person(ANA, name="Ana Gómez"))

        names = {row["id"]: row["profile_name"] for row in rows("select id, profile_name from customer")}
        assert names == {ana: "Ana Gómez", beto: "Beto Paz", hidden: "Oculta"}

    def test_a_known_user_id_that_comes_with_an_absorbed_number_joins_the_survivor(self) -> None:
        carla, beto = met(person("5491140000000", name="Carla")), met(person(BETO, name="Beto"))
        merged(carla, beto)
        hidden = met(person(None, AR1))

        assert met(person(BETO, AR1)) == carla
        assert met(person(None, AR1)) == met(person(BETO)) == carla
        assert one("select merged_into_id from customer where id = :id", id=hidden) == carla
        assert one("select wa_id from customer where id = :id", id=beto) == BETO

    def test_a_first_user_id_of_an_absorbed_number_is_the_survivors_too(self) -> None:
        ana, beto = met(person(ANA, AR1)), met(person(BETO))
        merged(ana, beto)

        assert met(person(BETO, AR2)) == met(person(None, AR2)) == ana
        assert former() == []

    def test_a_recycled_number_of_the_absorbed_leaves_the_survivor(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO, AR1))
        merged(ana, beto)

        stranger = met(person(BETO, AR2))

        assert stranger not in {ana, beto}
        assert met(person(ANA)) == met(person(None, AR1)) == ana
        assert former() == [(ana, BETO)]

    def test_the_next_message_opens_no_second_thread(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO))
        thread = writes(ana)
        writes(beto)
        merged(ana, beto)

        assert writes(met(person(BETO))) == writes(beto) == thread
