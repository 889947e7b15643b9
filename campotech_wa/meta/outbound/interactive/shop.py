"""Products of a catalog: one, several, or all of it (sending.md 1.5)."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from campotech_wa.meta.outbound import limits
from campotech_wa.meta.outbound.faults import fault
from campotech_wa.meta.outbound.interactive.parts import Body, Footer, Interactive, OnlyText, ProductItem
from campotech_wa.meta.outbound.parts import Part
from campotech_wa.meta.outbound.values import Identifier

MOST_PRODUCTS = 30
"""In the whole message, however many sections it has."""
MOST_SECTIONS = 10


class Shelf(Part):
    """Products under a title."""

    title: Annotated[str, limits.at_most(limits.SECTION)] | None = None
    product_items: Annotated[list[ProductItem], Field(min_length=1)]


def _shelves(shelves: list[Shelf]) -> list[Shelf]:
    for position, shelf in enumerate(shelves):
        if len(shelves) > 1 and shelf.title is None:
            raise fault("missing", below=(position, "title"))
    count = sum(len(shelf.product_items) for shelf in shelves)
    if count > MOST_PRODUCTS:
        raise fault("too_many", limit=MOST_PRODUCTS, count=count)
    return shelves


Shelves = Annotated[list[Shelf], Field(min_length=1, max_length=MOST_SECTIONS), AfterValidator(_shelves)]


class ProductAction(Part):
    """Which product of which catalog."""

    catalog_id: Identifier
    product_retailer_id: Identifier


class Product(Part):
    """One product; it brings its own picture, so there is no header, and its body may be missing."""

    type: Literal["product"]
    body: Body | None = None
    footer: Footer | None = None
    action: ProductAction


class ProductListAction(Part):
    """Which products of which catalog."""

    catalog_id: Identifier
    sections: Shelves


class ProductList(Part):
    """Several products under a header of text."""

    type: Literal["product_list"]
    header: OnlyText
    body: Body
    footer: Footer | None = None
    action: ProductListAction


class Thumbnail(Part):
    """The product whose picture stands for the catalog."""

    thumbnail_product_retailer_id: Identifier


class CatalogAction(Part):
    """The button to the catalog."""

    name: Literal["catalog_message"]
    parameters: Thumbnail


class Catalog(Interactive):
    """The whole catalog."""

    type: Literal["catalog_message"]
    action: CatalogAction
