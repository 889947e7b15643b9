"""When the front end has to be built again."""

from pathlib import Path

import pytest

from campotech_wa import frontend


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout whose front end was built."""
    for name in ("rxconfig.py", "campotech_wa/ui/page.py", "assets/logo.svg", "reflex.lock/package.json"):
        write(tmp_path / name, "before")
    write(tmp_path / ".web/build/client/index.html", "page")
    write(frontend.stamp_file(tmp_path), frontend.stamp_text(tmp_path, frontend.sources_digest(tmp_path)))
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_an_unchanged_checkout_needs_no_build(checkout: Path) -> None:
    assert frontend.is_current(checkout)


@pytest.mark.parametrize(
    "name",
    [
        "rxconfig.py",
        "campotech_wa/ui/page.py",
        "campotech_wa/new.py",
        "campotech_wa/ui/new.jsx",
        "assets/logo.svg",
        "reflex.lock/package.json",
    ],
)
def test_a_change_needs_a_build(checkout: Path, name: str) -> None:
    write(checkout / name, "after")

    assert not frontend.is_current(checkout)


def test_a_removed_source_needs_a_build(checkout: Path) -> None:
    (checkout / "campotech_wa/ui/page.py").unlink()

    assert not frontend.is_current(checkout)


def test_what_the_pages_are_not_made_from_needs_no_build(checkout: Path) -> None:
    write(checkout / "tests/test_page.py", "new")
    write(checkout / "campotech_wa/__pycache__/page.pyc", "new")

    assert frontend.is_current(checkout)


@pytest.mark.parametrize("name", ["build/client/index.html", "campotech.digest"])
def test_an_incomplete_build_is_no_build(checkout: Path, name: str) -> None:
    (checkout / ".web" / name).unlink()

    assert not frontend.is_current(checkout)


def test_the_lock_that_a_build_writes_belongs_to_that_build(checkout: Path) -> None:
    sources = frontend.sources_digest(checkout)
    write(checkout / "reflex.lock/package-lock.json", "written by npm")
    write(frontend.stamp_file(checkout), frontend.stamp_text(checkout, sources))

    assert frontend.is_current(checkout)
