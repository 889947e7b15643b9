"""The simulator stands alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from campotech_wa import simulator

SOURCES = sorted(Path(simulator.__file__).parent.rglob("*.py"))


def imported_modules(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_the_simulator_imports_nothing_from_the_rest_of_the_product() -> None:
    ours = {
        name
        for source in SOURCES
        for name in imported_modules(source)
        if name.startswith(("campotech_wa", "."))
    }

    assert SOURCES
    assert {name for name in ours if not name.startswith("campotech_wa.simulator")} == set()


def test_the_phone_page_loads_nothing_from_elsewhere() -> None:
    static = Path(simulator.__file__).parent / "static"
    loading = re.compile(r"""(src=|from |import |url\(|fetch\(|<link[^>]*href=)["'(`]*(https?:)?//""")

    outside = [file.name for file in static.iterdir() if loading.search(file.read_text(encoding="utf-8"))]

    assert outside == []


def test_the_phone_page_never_writes_html() -> None:
    static = Path(simulator.__file__).parent / "static"
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")

    for script in static.glob("*.js"):
        assert not any(word in script.read_text(encoding="utf-8") for word in forbidden), script.name
