"""Add up what a customer orders; prices are decimals, whatever JSON made of them (webhooks.md 3)."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from campotech_wa.blocks import Item, Purchase
from campotech_wa.domain import walk
from campotech_wa.domain.locale import SPANISH
from campotech_wa.domain.walk import Content

_TOO_MUCH = Decimal(10) ** 12
"""No price: what is larger is shown as it came, and not added up."""

_MOST_ITEMS = 50


def purchase(products: Sequence[Content], locale: str) -> Purchase:
    """Return the lines of an order and their total, where all prices are of one currency."""
    currencies = {walk.text(each, "currency") for each in products}
    totals = [_total(each) for each in products]
    known = [total for total in totals if total is not None]
    has_sum = len(currencies) == 1 and len(known) == len(totals)
    currency = currencies.pop() if has_sum else ""
    return Purchase(
        items=tuple(_item(each, locale) for each in products[:_MOST_ITEMS]),
        total=money(sum(known, Decimal()), currency, locale) if has_sum else "",
    )


def _item(product: Content, locale: str) -> Item:
    currency = walk.text(product, "currency")
    price, total = _decimal(product, "item_price"), _total(product)
    return Item(
        name=walk.words(product, "product_retailer_id")[:120] or "—",
        quantity=walk.words(product, "quantity")[:12],
        price=money(price, currency, locale) if price is not None else walk.words(product, "item_price")[:24],
        total=money(total, currency, locale) if total is not None else "",
    )


def _total(product: Content) -> Decimal | None:
    price, quantity = _decimal(product, "item_price"), _decimal(product, "quantity")
    return None if price is None or quantity is None else price * quantity


def _decimal(product: Content, key: str) -> Decimal | None:
    try:
        number = Decimal(walk.words(product, key))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < _TOO_MUCH else None


def money(amount: Decimal, currency: str, locale: str) -> str:
    """Write an amount as it is written in a language: ``ARS 1.234,50``."""
    written = f"{amount:,.2f}"
    if locale == SPANISH:
        written = written.translate(str.maketrans(",.", ".,"))
    return f"{currency[:8]} {written}".strip()
