"""Check messages that show products of a catalog."""

from campotech_wa.simulator.checks.part import Part
from campotech_wa.simulator.errors import refusal

MOST_PRODUCTS = 30
MOST_SECTIONS = 10


def check_catalog(action: Part) -> None:
    """Check the whole catalog, with the picture of one product perhaps."""
    action.choice("name", ("catalog_message",))
    if action.has("parameters"):
        action.part("parameters").optional_text("thumbnail_product_retailer_id")


def check_product(action: Part) -> None:
    """Check one product."""
    action.text("catalog_id")
    action.text("product_retailer_id")


def check_list(action: Part) -> None:
    """Check several products of one catalog."""
    action.text("catalog_id")
    check_sections(action)


def check_sections(owner: Part) -> None:
    """Check products in sections that have titles, at least where there are several."""
    sections = owner.parts("sections", least=1, most=MOST_SECTIONS)
    products: list[Part] = []
    for section in sections:
        if len(sections) > 1 or section.has("title"):
            section.text("title", most=24)
        products += section.parts("product_items", least=1)
    for product in products:
        product.text("product_retailer_id")
    if len(products) > MOST_PRODUCTS:
        limit = f"must have at most {MOST_PRODUCTS} products in total."
        raise refusal(131009, f"Param {owner.name('sections')} {limit}")
