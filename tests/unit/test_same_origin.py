"""The change that lets one build of the pages serve every address."""

from pathlib import Path

import pytest
from reflex_base import constants

from campotech_wa.reflex_source import STATE_MODULE
from campotech_wa.same_origin import SAME_ORIGIN, point_at_page


@pytest.fixture
def state_module() -> str:
    """Return the module as the installed Reflex ships it."""
    return (Path(constants.Templates.Dirs.WEB_TEMPLATE) / STATE_MODULE).read_text()


def test_the_installed_reflex_takes_the_change(state_module: str) -> None:
    changed = point_at_page(state_module)

    assert changed != state_module
    assert changed.count(SAME_ORIGIN) == 1
    assert changed.index("export const getBackendURL") < changed.index(SAME_ORIGIN)


def test_the_change_is_made_once(state_module: str) -> None:
    changed = point_at_page(state_module)

    assert point_at_page(changed) == changed


def test_a_reflex_that_reads_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match="does not read as expected"):
        point_at_page("export const getBackendURL = (url_str) => new URL(url_str);")
