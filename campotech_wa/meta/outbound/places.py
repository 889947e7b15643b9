"""The object of a location (sending.md 1.4)."""

from typing import Annotated

from campotech_wa.meta.outbound.limits import NOT_EMPTY
from campotech_wa.meta.outbound.parts import Part
from campotech_wa.meta.outbound.values import degrees

_POLE = 90
_ANTIMERIDIAN = 180


class Location(Part):
    """A point on the map; the address is shown only beside a name."""

    latitude: Annotated[str, degrees(_POLE)]
    longitude: Annotated[str, degrees(_ANTIMERIDIAN)]
    name: Annotated[str, NOT_EMPTY] | None = None
    address: Annotated[str, NOT_EMPTY] | None = None
