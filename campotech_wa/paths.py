"""Where the checkout is: Reflex, Alembic and the front end work from its root."""

from pathlib import Path

from campotech_wa.errors import ConfigurationError

ROOT = Path(__file__).resolve().parent.parent


def checkout() -> Path:
    """Return the root of the checkout that this package runs from."""
    if not (ROOT / "rxconfig.py").exists():
        raise ConfigurationError(f"{ROOT} is no checkout of CampoTech WA: rxconfig.py is missing.")
    return ROOT
