"""Say whether the built front end is the one that the sources on disk would give, and name its build."""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import distributions
from pathlib import Path

SOURCES = (
    "rxconfig.py",
    "assets/**/*",
    "campotech_wa/**/*.py",
    "campotech_wa/ui/**/*.js",
    "campotech_wa/ui/**/*.jsx",
)
LOCK = ("reflex.lock/*.json",)
PACKAGES = ("reflex", "nodejs")
"""The beginnings of the names of the packages whose versions shape the build."""

BUILD = (sys.executable, "-m", "campotech_wa.frontend_build")
"""Runs in a process of its own: Reflex keeps global state and compiles for one environment."""


def is_current(root: Path) -> bool:
    """Say whether the build on disk was made from the sources on disk."""
    stamp, page = stamp_file(root), root / ".web" / "build" / "client" / "index.html"
    return stamp.exists() and stamp.read_text() == stamp_text(root, sources_digest(root)) and page.exists()


def stamp_text(root: Path, sources: str) -> str:
    """Return what a build from these sources leaves behind; the build itself may have written the lock."""
    return f"{sources} {_digest(_files(root, LOCK))}"


def sources_digest(root: Path) -> str:
    """Name the sources and versions that a build is made from."""
    return _digest((*_files(root, SOURCES), *_versions()))


def stamp_file(root: Path) -> Path:
    """Return the file that holds the digest of the last complete build."""
    return root / ".web" / "campotech.digest"


def runtime_environment() -> dict[str, str]:
    """Return what Reflex reads from the environment in every process of ours."""
    return {
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_DIR": str(reflex_folder()),
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_TELEMETRY_ENABLED": "false",
    }


def reflex_folder() -> Path:
    """Keep Reflex's locks and caches beside the packages they belong to, not in somebody's home."""
    return Path(sys.prefix) / "share" / "reflex"


def _digest(parts: Iterable[tuple[str, bytes]]) -> str:
    sha = hashlib.sha256()
    for name, content in parts:
        sha.update(f"{name}\0{len(content)}\0".encode() + content)
    return sha.hexdigest()


def _files(root: Path, patterns: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    paths = sorted({path for pattern in patterns for path in root.glob(pattern) if _is_source(path)})
    return ((str(path.relative_to(root)), path.read_bytes()) for path in paths)


def _is_source(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def _versions() -> Iterator[tuple[str, bytes]]:
    found = sorted((package.name.lower(), package.version) for package in distributions())
    return ((name, version.encode()) for name, version in found if name.startswith(PACKAGES))
