"""Products read who a customer is, make two customers one, and part them again."""

from typing import Any

import pytest

from tests.integration.desk import ANA, BETO, change, hear, one, rows, text
from tests.integration.services.identity.acquaintance import OURS, THEIRS, met, person, spelt, writes
from tests.integration.web.caller import KEY, OTHER_KEY, call, get

pytestmark = pytest.mark.usefixtures("desk")

LANDLINE = "541131234567"
TEMPLATE: dict[str, Any] = {"type": "template", "template": {"name": "turno", "language": {"code": "es_AR"}}}


def do(path: str, key: dict[str, str] = KEY, **body: Any) -> Any:
    return call("POST", f"/api/v1{path}", headers=key, json=body or None)


def send(**to: str) -> Any:
    return call("POST", "/api/v1/messages", headers=KEY, json={**to, **TEMPLATE})


class TestReading:
    def test_a_customer_has_their_ids_and_their_links(self) -> None:
        customer_id = met(person(ANA, "AR.1", username="ana.gomez"))

        answer = get(f"/customers/{customer_id}").json()

        [link] = answer.pop("links")
        assert answer == {
            "id": customer_id,
            "name": "Ana",
            "wa_id": ANA,
            "contact_name": "",
            "is_confirmed": True,
            "username": "ana.gomez",
            "marketing_preference": "",
            "merged_into_id": None,
            "former_numbers": [],
            "merges": [],
            "duplicates": [],
        }
        assert (link["phone_number_id"], link["user_id"], link["wa_id"]) == ("100000000000001", "AR.1", ANA)

    def test_a_conversation_names_its_customer(self) -> None:
        hear(text(sender=None, from_user_id="AR.1"))
        change("update customer_link set username = 'ana.gomez'")

        [conversation] = get("/conversations").json()["data"]

        assert conversation["customer"] == {
            "id": one("select id from customer"),
            "name": "Ana Gómez",
            "wa_id": None,
            "username": "ana.gomez",
            "user_id": "AR.1",
        }

    def test_former_numbers_are_told(self) -> None:
        customer_id = met(person(ANA, "AR.1"))
        met(person(BETO, "AR.1"))

        [former] = get(f"/customers/{customer_id}").json()["former_numbers"]

        assert former["wa_id"] == ANA

    def test_mobile_and_fixed_line_of_the_same_digits_are_possible_duplicates(self) -> None:
        mobile, fixed = met(person(ANA)), met(person(LANDLINE, name="Oficina"))
        met(person(LANDLINE), THEIRS)

        answer = get(f"/customers/{mobile}").json()

        assert answer["duplicates"] == [{"id": fixed, "name": "Oficina", "wa_id": LANDLINE}]

    @pytest.mark.parametrize("key", [KEY, OTHER_KEY])
    def test_nobody_else_is_shown(self, key: dict[str, str]) -> None:
        customer_id = met(person(ANA), OURS if key is OTHER_KEY else THEIRS)

        assert get(f"/customers/{customer_id}", key).status_code == 404
        assert get("/customers/999", key).status_code == 404


class TestSearching:
    @pytest.mark.parametrize("q", ["ana.go", "@ana.gomez", "@", "AR.1", "11 3123 4567", "31234567", "Ana"])
    def test_finds_by_username_user_id_and_a_number_they_had(self, q: str) -> None:
        here = writes(met(person(ANA, "AR.1", username="Ana.Gomez")))
        met(person(BETO, "AR.1"))
        writes(met(person("5491140000000", name="Carla")))

        found = [row["id"] for row in get("/conversations", q=q).json()["data"]]

        assert found == ([] if q == "@" else [here])

    def test_finds_whoever_was_merged_by_any_number(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO))
        here = writes(ana)
        do(f"/customers/{ana}/merge", other_id=beto)

        assert [row["id"] for row in get("/conversations", q="0351 15 512 3456").json()["data"]] == [here]

    def test_finds_a_mexican_in_either_spelling(self) -> None:
        here = writes(met(person("5215512345678")))

        assert [row["id"] for row in get("/conversations", q="+52 55 1234 5678").json()["data"]] == [here]


class TestMerging:
    def test_returns_who_remains_with_the_merge(self) -> None:
        mobile, fixed = met(person(ANA)), met(person(LANDLINE, name="Oficina"))

        answer = do(f"/customers/{mobile}/merge", other_id=fixed).json()

        [merge] = answer["merges"]
        assert (answer["id"], answer["duplicates"]) == (mobile, [])
        assert (merge["reason"], merge["undone_at"]) == ("person", None)
        assert merge["absorbed"] == {"id": fixed, "name": "Oficina", "wa_id": LANDLINE}
        assert get(f"/customers/{fixed}").json()["merged_into_id"] == mobile

    def test_undone_they_are_two_and_no_longer_suspected(self) -> None:
        mobile, fixed = met(person(ANA)), met(person(LANDLINE))
        [merge] = do(f"/customers/{mobile}/merge", other_id=fixed).json()["merges"]

        answer = do(f"/merges/{merge['id']}/undo").json()

        assert (answer["id"], answer["duplicates"]) == (mobile, [])
        assert answer["merges"][0]["undone_at"] is not None
        assert get(f"/customers/{fixed}").json()["merged_into_id"] is None

    def test_what_can_not_be_is_said(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO))
        [merge] = do(f"/customers/{ana}/merge", other_id=beto).json()["merges"]

        again = do(f"/customers/{ana}/merge", other_id=beto)
        do(f"/merges/{merge['id']}/undo")
        twice = do(f"/merges/{merge['id']}/undo")
        self_ = do(f"/customers/{ana}/merge", other_id=ana)

        assert [answer.status_code for answer in (again, twice, self_)] == [422, 422, 422]
        assert [answer.json()["code"] for answer in (again, twice, self_)] == [
            "already_merged",
            "already_undone",
            "already_merged",
        ]

    def test_another_organization_merges_and_parts_nobody_here(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO))
        carla = met(person(ANA), THEIRS)
        before = rows("select * from customer order by id")

        refused = [
            do(f"/customers/{ana}/merge", OTHER_KEY, other_id=beto),
            do(f"/customers/{ana}/merge", other_id=carla),
            do(f"/customers/{carla}/merge", other_id=ana),
        ]
        [merge] = do(f"/customers/{ana}/merge", other_id=beto).json()["merges"]
        refused.append(do(f"/merges/{merge['id']}/undo", OTHER_KEY))

        assert [answer.status_code for answer in refused] == [404, 404, 404, 404]
        do(f"/merges/{merge['id']}/undo")
        assert rows("select * from customer order by id") == before

    @pytest.mark.parametrize("body", [{}, {"other_id": 0}, {"other_id": 2**63}, {"other_id": 2, "x": 1}])
    def test_a_body_with_a_fault_is_refused(self, body: dict[str, Any]) -> None:
        ana = met(person(ANA))

        answer = call("POST", f"/api/v1/customers/{ana}/merge", headers=KEY, json=body)

        assert answer.status_code == 422


class TestSendingToThem:
    def test_a_user_id_is_a_recipient(self) -> None:
        customer_id = met(person(None, "AR.1"))

        answer = send(recipient="AR.1")

        assert (answer.status_code, answer.json()["wa_id"]) == (202, None)
        assert one("select customer_id from conversation") == customer_id

    def test_a_number_counts_before_a_user_id(self) -> None:
        met(person(None, "AR.1"))

        answer = send(to=f"+{BETO}", recipient="AR.1")

        assert answer.json()["wa_id"] == BETO

    @pytest.mark.parametrize("recipient", ["AR.2", "", "hola"])
    def test_a_user_id_nobody_has_is_refused(self, recipient: str) -> None:
        met(person(None, "AR.1"))
        met(person(None, "AR.2"), THEIRS)

        answer = send(recipient=recipient)

        assert (answer.status_code, answer.json()["code"]) == (422, "recipient_unknown")
        assert one("select count(*) from conversation") == 0

    def test_a_user_id_given_as_a_number_is_sent_to_the_right_field(self) -> None:
        answer = send(to="AR.13491208655302741918")

        assert answer.status_code == 422
        assert "send it as recipient" in answer.json()["detail"]

    def test_a_typed_number_keeps_what_else_it_may_mean(self) -> None:
        spelt("+54 9 351 512 3456")
        send(to="11 3123-4567")

        other = rows("select wa_id, other_wa_id from customer order by id")
        assert [tuple(row.values()) for row in other] == [(BETO, None), (ANA, LANDLINE)]
