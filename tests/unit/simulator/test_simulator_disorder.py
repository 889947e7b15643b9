"""How statuses get lost, come twice, late, or one behind the next."""

from random import Random

from campotech_wa.simulator.disorder import Disorder, Plan

DICE = Random(7)  # noqa: S311 - they are to be guessed


def disorder(plan: Plan) -> Disorder:
    found = Disorder(DICE)
    found.order(plan)
    return found


def test_in_order_every_status_is_posted_once_and_at_once() -> None:
    assert Disorder(DICE).delays() == (0.0,)


def test_a_lost_status_is_never_posted() -> None:
    subject = disorder(Plan(lose_share=1.0, duplicate_share=1.0))

    assert subject.delays() == ()
    assert subject.view()["hits"] == {"lost": 1, "duplicated": 0, "reordered": 0}


def test_a_doubled_status_is_posted_again_within_the_reach_of_the_disorder() -> None:
    first, again = disorder(Plan(duplicate_share=1.0, reorder_ms=200, delay_ms=100)).delays()

    assert first == 0.1
    assert 0.1 <= again <= 0.3


def test_a_reordered_status_is_held_back() -> None:
    assert disorder(Plan(reorder_share=1.0, reorder_ms=300)).delays() == (0.3,)


def test_each_share_strikes_about_so_many() -> None:
    subject = disorder(Plan(lose_share=0.1, duplicate_share=0.2, reorder_share=0.3))

    posts = [len(subject.delays()) for _ in range(5000)]

    assert 400 < posts.count(0) < 600
    assert 800 < posts.count(2) < 1000


def test_a_new_plan_begins_to_count_anew() -> None:
    subject = disorder(Plan(lose_share=1.0))
    subject.delays()

    subject.order(Plan(lose_share=1.0))

    assert subject.view()["hits"] == {"lost": 0, "duplicated": 0, "reordered": 0}
