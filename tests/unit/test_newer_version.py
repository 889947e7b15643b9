"""The banner over a page that is out of date speaks the person's language."""

from pathlib import Path

import pytest
from reflex_base import constants

from campotech_wa.newer_version import translate
from campotech_wa.reflex_source import STATE_MODULE


@pytest.fixture
def state_module() -> str:
    """Return the module as the installed Reflex ships it."""
    return (Path(constants.Templates.Dirs.WEB_TEMPLATE) / STATE_MODULE).read_text()


def test_the_installed_reflex_takes_the_words(state_module: str) -> None:
    changed = translate(state_module)

    assert '"There is a new version of this page." : "Hay una versión nueva de esta página."' in changed
    assert '"Reload" : "Volver a cargar"' in changed
    assert "A new version of this app is available." not in changed


def test_the_words_are_changed_once(state_module: str) -> None:
    changed = translate(state_module)

    assert translate(changed) == changed


def test_a_reflex_with_another_banner_is_refused() -> None:
    with pytest.raises(ValueError, match="does not read as expected"):
        translate('banner.append("Something newer exists.");')
