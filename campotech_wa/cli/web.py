"""``campotech-wa web``: only the web server."""

from argparse import Namespace

from campotech_wa import frontend, settings, webserver
from campotech_wa.cli import place as places
from campotech_wa.cli.attach import attached
from campotech_wa.errors import ConfigurationError
from campotech_wa.paths import checkout


def run(_: Namespace) -> None:
    """Serve pages, websocket and HTTP routes."""
    place = places.from_environment()
    if not frontend.stamp_file(checkout()).exists():
        raise ConfigurationError("The front end is not built. Run: campotech-wa build")
    with attached(place):
        places.refuse_taken_ports(place, "PORT")
        webserver.serve(settings.get())
