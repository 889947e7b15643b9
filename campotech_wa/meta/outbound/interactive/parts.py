"""What interactive messages share: body, header, footer, and the web address under a button (sending.md 1.5)."""

from typing import Annotated, Literal

from pydantic import SerializeAsAny

from campotech_wa.meta.outbound import limits
from campotech_wa.meta.outbound.media import Media, NamedFile
from campotech_wa.meta.outbound.parts import Part, chosen_by
from campotech_wa.meta.outbound.values import Identifier, Link

Label = Annotated[str, limits.at_most(limits.BUTTON)]


class Body(Part):
    """The message itself."""

    text: Annotated[str, limits.at_most(limits.INTERACTIVE_BODY)]


class Footer(Part):
    """A line in small letters."""

    text: Annotated[str, limits.at_most(limits.FOOTER)]


class TextHeader(Part):
    """A line in bold letters."""

    type: Literal["text"]
    text: Annotated[str, limits.at_most(limits.HEADER)]
    sub_text: Annotated[str, limits.at_most(limits.HEADER)] | None = None


class ImageHeader(Part):
    """A picture above the message."""

    type: Literal["image"]
    image: Media


class VideoHeader(Part):
    """A video above the message."""

    type: Literal["video"]
    video: Media


class DocumentHeader(Part):
    """A document above the message."""

    type: Literal["document"]
    document: NamedFile


Header = Annotated[
    SerializeAsAny[TextHeader | ImageHeader | VideoHeader | DocumentHeader],
    chosen_by(
        "type", {"text": TextHeader, "image": ImageHeader, "video": VideoHeader, "document": DocumentHeader}
    ),
]
OnlyText = Annotated[SerializeAsAny[TextHeader], chosen_by("type", {"text": TextHeader})]
Picture = Annotated[
    SerializeAsAny[ImageHeader | VideoHeader],
    chosen_by("type", {"image": ImageHeader, "video": VideoHeader}),
]


class Interactive(Part):
    """An interactive message without its type and its action."""

    header: Header | None = None
    body: Body
    footer: Footer | None = None


class WebAddress(Part):
    """A button that opens a page."""

    display_text: Label
    url: Link


class OpenPage(Part):
    """The action of such a button."""

    name: Literal["cta_url"]
    parameters: WebAddress


class ProductItem(Part):
    """A product, by its id in the catalog."""

    product_retailer_id: Identifier
