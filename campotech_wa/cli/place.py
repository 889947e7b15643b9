"""Where a run lives: its folder, its ports, and the variables of the processes that it starts."""

import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from campotech_wa import frontend
from campotech_wa.errors import ConfigurationError

CONFIGURED = (
    "CAMPOTECH_SECRET_KEY",
    "DATABASE_URL",
    "REDIS_URL",
    "CAMPOTECH_MEDIA_STORE",
    "CAMPOTECH_S3_ACCESS_KEY",
    "CAMPOTECH_S3_SECRET_KEY",
    "CAMPOTECH_PUBLIC_URL",
    "CAMPOTECH_GRAPH_URL",
    "CAMPOTECH_GRAPH_VERSION",
    "CAMPOTECH_SMS_URL",
)
"""What the demo never takes from its surroundings: known passwords have no place in a configured database."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folder and the ports of a run."""

    data_dir: Path
    host: str
    port: int
    simulator_port: int

    @property
    def url(self) -> str:
        """The address to open on this machine."""
        return f"http://localhost:{self.port}"

    @property
    def loopback_url(self) -> str:
        """The address that other processes of this machine call."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::", "localhost"} else self.host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def simulator_url(self) -> str:
        """The address of the simulated Meta and of the customer's phone."""
        return f"http://localhost:{self.simulator_port}"


def from_environment() -> Place:
    """Read the folder and the ports.

    Raises:
        ConfigurationError: a port is not usable.
    """
    return Place(
        data_dir=Path(os.environ.get("DATA_DIR") or ".data").expanduser().resolve(),
        host=os.environ.get("CAMPOTECH_HOST") or "127.0.0.1",
        port=_port("PORT", 8000),
        simulator_port=_port("SIMULATOR_PORT", 8090),
    )


def read_dotenv() -> None:
    """Take over the variables of ``.env`` in the working folder; what is set already wins."""
    for name, value in dotenv_values(Path.cwd() / ".env").items():
        os.environ.setdefault(name, value or "")


def variables(place: Place) -> dict[str, str]:
    """Return the variables of every process of ours, resolved: they work from another folder."""
    ours = {"PORT": str(place.port), "DATA_DIR": str(place.data_dir), "CAMPOTECH_HOST": place.host}
    return {**os.environ, **frontend.runtime_environment(), **ours, "PYTHONUNBUFFERED": "1"}


def demo_variables(place: Place) -> dict[str, str]:
    """Return the variables of the demo's processes, whatever is configured around it."""
    surroundings = {name: value for name, value in variables(place).items() if name not in CONFIGURED}
    simulator = f"http://127.0.0.1:{place.simulator_port}"
    return surroundings | {
        "CAMPOTECH_SECRET_KEY": _demo_key(place.data_dir / "secret.key"),
        "CAMPOTECH_GRAPH_URL": simulator,
        "CAMPOTECH_SMS_URL": simulator,
    }


def without_secrets(environment: dict[str, str]) -> dict[str, str]:
    """Return what a process gets that is not ours to trust, such as the simulated Meta."""
    return {name: value for name, value in environment.items() if name not in CONFIGURED}


def refuse_taken_ports(place: Place, *names: str) -> None:
    """Make sure that the ports of these variables are free.

    Raises:
        ConfigurationError: one is taken, or may not be used.
    """
    if "SIMULATOR_PORT" in names and place.port == place.simulator_port:
        raise ConfigurationError(
            f"PORT and SIMULATOR_PORT are both {place.port}. Choose two different ports."
        )
    for name in names:
        host, port = (place.host, place.port) if name == "PORT" else ("127.0.0.1", place.simulator_port)
        _refuse_taken(host, port, name)


def _refuse_taken(host: str, port: int, name: str) -> None:
    """Bind it for a moment, without sharing: our own servers share their port with whoever lets them."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except PermissionError:
        raise ConfigurationError(
            f"Port {port} is reserved for root. Choose another one: {name}=8000."
        ) from None
    except socket.gaierror:
        raise ConfigurationError(f"CAMPOTECH_HOST is not an address of this machine: {host}.") from None
    except OSError as error:
        raise ConfigurationError(
            f"Port {port} can not be used ({error.strerror}): {_advice(name, port)}"
        ) from None


def _advice(name: str, port: int) -> str:
    return f"stop the program that has it, or choose another port, such as {name}={port + 1}."


def _port(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:  # noqa: PLR2004  (the last port there is)
        raise ConfigurationError(f"{name} is not a port: {text}. Choose a number from 1 to 65535.")
    return int(text)


def _demo_key(path: Path) -> str:
    """Return the demo's own key, made at its first start: sessions and stored secrets outlive a restart."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
