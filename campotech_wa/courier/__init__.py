"""Carry an alert out of the product: by e-mail, or to a web address of the organization's."""

from campotech_wa.errors import CampotechError


class Undelivered(CampotechError):
    """It did not arrive; the text says why, and holds no secret."""
