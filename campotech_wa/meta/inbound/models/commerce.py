"""What a customer orders from the catalog (section 3)."""

from decimal import Decimal

from pydantic import Field

from campotech_wa.meta.inbound.models.base import Content, Shape


class OrderedProduct(Shape):
    """A line of an order. The price comes as a whole number, a fraction or a text."""

    product_retailer_id: str | None = None
    quantity: int | None = None
    item_price: Decimal | None = None
    currency: str | None = None


class Order(Content):
    """A cart that was sent (section 3)."""

    product_items: list[OrderedProduct] = Field(default_factory=list[OrderedProduct])
    catalog_id: str | None = None
    text: str | None = None
