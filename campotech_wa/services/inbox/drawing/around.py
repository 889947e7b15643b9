"""What stands around a content: the advertisement it came from, the product it asks about, errors (webhooks.md 3)."""

from dataclasses import replace

from campotech_wa.blocks import Advertisement, Block, Notice
from campotech_wa.domain import walk, web_links
from campotech_wa.domain.walk import Content
from campotech_wa.services.inbox.drawing.picture import Picture
from campotech_wa.services.inbox.drawing.words import say

_MEDIA_LOST = 131052
"""The download of the customer's file failed at Meta (errors.md)."""


def with_surroundings(picture: Picture, kind: str, envelope: Content, locale: str) -> Picture:
    """Add to a picture what its envelope tells."""
    before = [*filter(None, (_advertisement(envelope, locale), _product(envelope, locale)))]
    after = _errors(kind, envelope, locale)
    if not before and not after:
        return picture
    return replace(picture, above=(*before, *picture.above), below=(*picture.below, *after))


def _advertisement(envelope: Content, locale: str) -> Block | None:
    referral = walk.mapping(envelope, "referral")
    if not referral:
        return None
    is_post = walk.text(referral, "source_type") == "post"
    return Advertisement(
        title=say("from_post" if is_post else "from_ad", locale),
        headline=walk.text(referral, "headline"),
        body=walk.text(referral, "body")[:300],
        url=web_links.web(walk.text(referral, "source_url")),
    )


def _product(envelope: Content, locale: str) -> Block | None:
    product = walk.words(envelope, "context", "referred_product", "product_retailer_id")
    return Notice(say("asks_product", locale), product[:120]) if product else None


def _errors(kind: str, envelope: Content, locale: str) -> list[Block]:
    """Tell of errors inside a message; that a type is not supported says its own notice already."""
    errors = walk.items(envelope, "errors") if kind != "unsupported" else []
    return [_error(each, locale) for each in errors[:3]]


def _error(error: Content, locale: str) -> Notice:
    if walk.words(error, "code") == str(_MEDIA_LOST):
        return Notice(say("too_large", locale))
    detail = (
        walk.text(error, "error_data", "details") or walk.text(error, "title") or walk.text(error, "message")
    )
    return Notice(say("trouble", locale), detail[:300])
