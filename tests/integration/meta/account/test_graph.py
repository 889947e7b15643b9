"""One request about an account ends in one object, or in the failure that says what may be done next."""

import hashlib
import hmac

import pytest

from campotech_wa.errors import MetaBusy, MetaRefused, MetaUnconfirmed
from campotech_wa.meta.account.graph import Graph
from tests.conftest import free_port
from tests.integration.scripted_graph import JsonObject, ScriptedGraph, graph_saying

TOKEN, SECRET = "an-access-token", "an-app-secret"


def opened(graph: ScriptedGraph, *, secret: str = "") -> Graph:
    return Graph(graph.url, "v25.0", TOKEN, app_secret=secret)


def page(*names: str, after: str = "", more: bool = False) -> JsonObject:
    paging: JsonObject = {"cursors": {"before": "b", "after": after}}
    if more:
        paging["next"] = "https://attacker.example/steal?access_token=x"
    return {"data": [{"name": name} for name in names], "paging": paging}


class TestRequest:
    def test_it_names_the_version_and_shows_the_token(self) -> None:
        with graph_saying({"id": "1"}) as graph, opened(graph) as line:
            assert line.get("1", fields="id,name") == {"id": "1"}

        [heard] = graph.heard
        assert (heard.method, heard.path, heard.query) == ("GET", "/v25.0/1", {"fields": "id,name"})
        assert heard.authorization == f"Bearer {TOKEN}"

    def test_with_the_app_secret_it_proves_that_it_knows_it(self) -> None:
        with graph_saying({}) as graph, opened(graph, secret=SECRET) as line:
            line.post("1", "register", body={"pin": "123456"})

        proof = hmac.new(SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
        assert graph.heard[0].query == {"appsecret_proof": proof}
        assert graph.heard[0].body == {"pin": "123456"}

    def test_an_id_can_not_lead_elsewhere(self) -> None:
        with graph_saying({}) as graph, opened(graph) as line:
            line.get("../me?x=1", "edge")

        assert graph.heard[0].path == "/v25.0/..%2Fme%3Fx%3D1/edge"


class TestAnswer:
    def test_a_refusal_is_the_catalogues(self) -> None:
        refusal = {"error": {"code": 100, "error_subcode": 2388299, "message": "no", "fbtrace_id": "A1"}}

        with graph_saying((400, refusal)) as graph, opened(graph) as line, pytest.raises(MetaRefused) as told:
            line.post("1")

        assert (told.value.code, told.value.trace) == (2388299, "A1")

    @pytest.mark.parametrize("body", ["", "<html>Sorry</html>", "[]", "null", '"x"', "[" * 100_000])
    def test_a_success_that_is_no_object_is_none(self, body: str) -> None:
        with graph_saying(body) as graph, opened(graph) as line, pytest.raises(MetaUnconfirmed):
            line.post("1")

    @pytest.mark.parametrize("status", [302, 404, 502])
    def test_a_page_from_the_edge_leaves_a_change_open_and_a_reading_for_later(self, status: int) -> None:
        with graph_saying((status, "<html>Sorry</html>")) as graph, opened(graph) as line:
            with pytest.raises(MetaUnconfirmed):
                line.post("1")
            with pytest.raises(MetaBusy):
                line.get("1")

    def test_nothing_is_asked_twice(self) -> None:
        with graph_saying((500, "")) as graph, opened(graph) as line, pytest.raises(MetaUnconfirmed):
            line.delete("1", body={"a": 1})

        assert [(heard.method, heard.body) for heard in graph.heard] == [("DELETE", {"a": 1})]

    def test_a_connection_that_is_refused_is_safe_to_try_again(self) -> None:
        with Graph(f"http://127.0.0.1:{free_port()}", "v25.0", TOKEN) as line, pytest.raises(MetaBusy):
            line.post("1")

    def test_an_answer_that_breaks_off_leaves_a_change_open(self) -> None:
        with graph_saying({}) as graph:
            url = graph.url
        with Graph(url.replace("127.0.0.1", "[::1]"), "v25.0", TOKEN) as line, pytest.raises(MetaBusy):
            line.get("1")


class TestPages:
    def test_every_page_is_read_by_its_cursor_and_never_by_its_address(self) -> None:
        pages = page("a", "b", after="c1", more=True), page("c", after="c2", more=True), page("d", after="c3")

        with graph_saying(*pages) as graph, opened(graph) as line:
            names = [item["name"] for item in line.pages("1", "edge", fields="name")]

        assert names == ["a", "b", "c", "d"]
        assert [heard.query.get("after") for heard in graph.heard] == [None, "c1", "c2"]
        assert {heard.query["fields"] for heard in graph.heard} == {"name"}

    def test_a_cursor_that_does_not_move_ends_it(self) -> None:
        with graph_saying(page("a", after="c1", more=True)) as graph, opened(graph) as line:
            assert len(list(line.pages("1", "edge"))) == 2

    @pytest.mark.parametrize("answer", [{}, {"data": None}, {"data": []}, {"data": "x", "paging": []}])
    def test_a_list_of_no_known_shape_is_empty(self, answer: JsonObject) -> None:
        with graph_saying(answer) as graph, opened(graph) as line:
            assert list(line.pages("1", "edge")) == []

    def test_an_item_that_is_no_object_is_an_empty_one(self) -> None:
        with graph_saying({"data": ["x", {"name": "a"}]}) as graph, opened(graph) as line:
            assert list(line.pages("1", "edge")) == [{}, {"name": "a"}]
