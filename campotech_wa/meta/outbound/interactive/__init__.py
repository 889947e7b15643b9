"""Interactive messages, each type with its own model (sending.md 1.5).

Payments (``order_details``, ``order_status``) are for India, Brazil and Singapore, and not among them.
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import SerializeAsAny

from campotech_wa.meta.outbound.interactive.buttons import Buttons
from campotech_wa.meta.outbound.interactive.calls import CallPermissionRequest, VoiceCall
from campotech_wa.meta.outbound.interactive.carousel import Carousel
from campotech_wa.meta.outbound.interactive.flow import Flow
from campotech_wa.meta.outbound.interactive.requests import (
    AddressRequest,
    ContactRequest,
    LocationRequest,
    PageButton,
)
from campotech_wa.meta.outbound.interactive.rows import PickList
from campotech_wa.meta.outbound.interactive.shop import Catalog, Product, ProductList
from campotech_wa.meta.outbound.parts import Part, chosen_by

MODELS: Mapping[str, type[Part]] = {
    "address_message": AddressRequest,
    "button": Buttons,
    "call_permission_request": CallPermissionRequest,
    "carousel": Carousel,
    "catalog_message": Catalog,
    "cta_url": PageButton,
    "flow": Flow,
    "list": PickList,
    "location_request_message": LocationRequest,
    "product": Product,
    "product_list": ProductList,
    "request_contact_info": ContactRequest,
    "voice_call": VoiceCall,
}
"""By the name that stands in ``interactive.type``."""

AnyInteractive = Annotated[SerializeAsAny[Part], chosen_by("type", MODELS)]
