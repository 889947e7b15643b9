"""``campotech-wa simulator``: only the simulated Meta of the demo's two organizations."""

import json
import os
from argparse import Namespace

from campotech_wa import demo
from campotech_wa.cli import place as places
from campotech_wa.cli import programs, start
from campotech_wa.cli.place import Place
from campotech_wa.supervision import folders


def run(_: Namespace) -> None:
    """Become the simulator."""
    place = places.from_environment()
    places.refuse_taken_ports(place, "SIMULATOR_PORT")
    folders.own(place.data_dir)
    write_configuration(place)
    program = programs.simulator(place, places.variables(place), start.simulator_file(place.data_dir))
    os.chdir(program.directory)
    os.execvpe(program.command[0], program.command, dict(program.environment))  # noqa: S606  (our own words)


def write_configuration(place: Place) -> None:
    """Write down what the simulator has to know; it holds credentials, if only the demo's."""
    path = start.simulator_file(place.data_dir)
    path.touch(mode=0o600)
    path.write_text(json.dumps(demo.simulator_config(place.loopback_url)))
