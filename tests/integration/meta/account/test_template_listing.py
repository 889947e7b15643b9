"""All templates of an account are listed, or none: what is missing would be taken for gone."""

import pytest

from campotech_wa.errors import MetaBusy, MetaRefused
from campotech_wa.meta.account import templates
from campotech_wa.meta.account.graph import Graph
from campotech_wa.meta.account.templates import Template
from tests.integration.scripted_graph import JsonObject, ScriptedGraph, graph_saying

NO_SUCH_FIELD = (400, {"error": {"code": 100, "message": "(#100) Tried accessing nonexisting field"}})


def listed(graph: ScriptedGraph) -> tuple[Template, ...]:
    with Graph(graph.url, "v25.0", "token") as line:
        return templates.listing(line, "2")


def page(*names: str, after: str = "", more: bool = False) -> JsonObject:
    data = [{"id": "1", "name": name, "language": "es_AR"} for name in names]
    return {"data": data, "paging": {"cursors": {"after": after}} | ({"next": "https://x"} if more else {})}


def test_every_page_is_asked_for_with_every_field() -> None:
    with graph_saying(page("a", "b", after="c1", more=True), page("c", after="c2")) as graph:
        assert [each.name for each in listed(graph)] == ["a", "b", "c"]

    assert {heard.path for heard in graph.heard} == {"/v25.0/2/message_templates"}
    assert [heard.query.get("after") for heard in graph.heard] == [None, "c1"]
    assert "rejected_reason" in graph.heard[0].query["fields"]


def test_what_has_no_field_of_ours_is_its_definition_without_addresses_that_expire() -> None:
    header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://cdn/x"]}}
    told = {"name": "a", "quality_score": {"score": "RED", "date": 1}, "components": [header], "brand_new": 1}

    with graph_saying({"data": [told]}) as graph:
        [found] = listed(graph)

    assert found.quality_score.score == "RED"
    assert found.definition == {
        "components": [{"type": "HEADER", "format": "IMAGE", "example": {}}],
        "brand_new": 1,
    }


def test_a_field_that_meta_dropped_does_not_hide_the_others() -> None:
    with graph_saying(NO_SUCH_FIELD, page("a")) as graph:
        assert [each.name for each in listed(graph)] == ["a"]

    assert len(graph.heard[1].query["fields"]) < len(graph.heard[0].query["fields"])


def test_what_is_refused_for_another_reason_is_not_asked_twice() -> None:
    with graph_saying((400, {"error": {"code": 190, "message": "no"}})) as graph, pytest.raises(MetaRefused):
        listed(graph)

    assert len(graph.heard) == 1


@pytest.mark.parametrize(
    "broken",
    [{}, {"data": None}, {"data": "x"}, page("b", after="", more=True), page("b", after="c1", more=True)],
)
def test_a_list_that_breaks_off_is_none(broken: JsonObject) -> None:
    with graph_saying(page("a", after="c1", more=True), broken) as graph, pytest.raises(MetaBusy):
        listed(graph)


@pytest.mark.parametrize("odd", ["x", 5, None, {"name": 5, "quality_score": "RED", "components": "x"}])
def test_a_template_of_an_odd_shape_reads_as_one(odd: object) -> None:
    with graph_saying({"data": [odd]}) as graph:
        [found] = listed(graph)

    assert found.quality_score.score == ""
