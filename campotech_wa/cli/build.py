"""``campotech-wa build``: the front end."""

import subprocess
from argparse import Namespace

from campotech_wa import frontend, node
from campotech_wa.cli.console import say
from campotech_wa.errors import ConfigurationError
from campotech_wa.paths import checkout


def run(_: Namespace) -> None:
    """Build the front end, unless the last build was made from the same sources."""
    if frontend.is_current(checkout()):
        say("The front end is built already.")
        return
    done = subprocess.run(frontend.BUILD, env=node.environment(), cwd=checkout(), check=False)  # noqa: S603
    if done.returncode:
        raise ConfigurationError("The front end could not be built: see above.")
