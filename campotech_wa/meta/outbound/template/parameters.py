"""What is put into the header and the body of a template (sending.md 3.1)."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SerializeAsAny

from campotech_wa.meta.outbound import limits
from campotech_wa.meta.outbound.faults import fault
from campotech_wa.meta.outbound.media import Media, NamedFile
from campotech_wa.meta.outbound.parts import Part, all_alike, all_different, chosen_by
from campotech_wa.meta.outbound.places import Location
from campotech_wa.meta.outbound.values import Identifier, Whole, number_as_text

_NAME = re.compile(r"[a-z0-9_]+", re.ASCII)
_GAPS = re.compile(r"[\n\r\t]| {5}")


def _one_line(text: str) -> str:
    if _GAPS.search(text):
        raise fault("white_space", limit=4)
    return text


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise fault("bad_name")
    return text


Words = Annotated[str, limits.at_most(limits.TEMPLATE_BODY), AfterValidator(_one_line)]
"""The text of a parameter: one line, without wide gaps."""


class TextParameter(Part):
    """A text, by position or by name."""

    type: Literal["text"]
    parameter_name: Annotated[str, AfterValidator(_name)] | None = None
    text: Words

    def words(self) -> str:
        """Return what will stand in the template."""
        return self.text


class Amount(Part):
    """An amount of money; what is shown is its fallback."""

    fallback_value: Words
    code: Annotated[str, limits.NOT_EMPTY]
    amount_1000: Whole


class CurrencyParameter(Part):
    """An amount, in the old way that Meta still reads."""

    type: Literal["currency"]
    parameter_name: Annotated[str, AfterValidator(_name)] | None = None
    currency: Amount

    def words(self) -> str:
        """Return what will stand in the template."""
        return self.currency.fallback_value


class Moment(Part):
    """A date; what is shown is its fallback, whatever the rest says."""

    fallback_value: Words
    calendar: str | None = None
    day_of_week: Annotated[str, BeforeValidator(number_as_text)] | None = None
    year: Whole | None = None
    month: Whole | None = None
    day_of_month: Whole | None = None
    hour: Whole | None = None
    minute: Whole | None = None


class DateParameter(Part):
    """A date, in the old way that Meta still reads."""

    type: Literal["date_time"]
    parameter_name: Annotated[str, AfterValidator(_name)] | None = None
    date_time: Moment

    def words(self) -> str:
        """Return what will stand in the template."""
        return self.date_time.fallback_value


BodyParameter = TextParameter | CurrencyParameter | DateParameter
_WORDS: dict[str, type[Part]] = {
    "text": TextParameter,
    "currency": CurrencyParameter,
    "date_time": DateParameter,
}


class ImageParameter(Part):
    """A picture."""

    type: Literal["image"]
    image: Media


class VideoParameter(Part):
    """A video."""

    type: Literal["video"]
    video: Media


class GifParameter(Part):
    """A silent video that repeats; only for marketing."""

    type: Literal["gif"]
    gif: Media


class DocumentParameter(Part):
    """A document."""

    type: Literal["document"]
    document: NamedFile


class LocationParameter(Part):
    """A point on the map."""

    type: Literal["location"]
    location: Location


class CatalogProduct(Part):
    """A product of a catalog."""

    product_retailer_id: Identifier
    catalog_id: Identifier


class ProductParameter(Part):
    """A product."""

    type: Literal["product"]
    product: CatalogProduct


HeaderParameter = (
    BodyParameter
    | ImageParameter
    | VideoParameter
    | GifParameter
    | DocumentParameter
    | LocationParameter
    | ProductParameter
)
_HEADERS: dict[str, type[Part]] = {
    **_WORDS,
    "image": ImageParameter,
    "video": VideoParameter,
    "gif": GifParameter,
    "document": DocumentParameter,
    "location": LocationParameter,
    "product": ProductParameter,
}


_SHOWN = {
    "text": ("text",),
    "currency": ("currency", "fallback_value"),
    "date_time": ("date_time", "fallback_value"),
}
"""Where the words of a parameter stand."""


def _short(parameters: list[HeaderParameter]) -> list[HeaderParameter]:
    for position, parameter in enumerate(parameters):
        count = limits.units(parameter.words()) if isinstance(parameter, BodyParameter) else 0
        if count > limits.HEADER:
            below = (position, *_SHOWN[parameter.type])
            raise fault("too_long", limit=limits.HEADER, count=count, below=below)
    return parameters


class Header(Part):
    """What stands at the top: one parameter, be it text, a file or a place."""

    type: Literal["header"]
    parameters: Annotated[
        list[Annotated[SerializeAsAny[HeaderParameter], chosen_by("type", _HEADERS, any_case=True)]],
        Field(min_length=1, max_length=1),
        AfterValidator(_short),
    ]


class CardHeader(Part):
    """What stands at the top of a card."""

    type: Literal["header"]
    parameters: Annotated[
        list[
            Annotated[
                SerializeAsAny[ImageParameter | VideoParameter | ProductParameter],
                chosen_by(
                    "type",
                    {"image": ImageParameter, "video": VideoParameter, "product": ProductParameter},
                    any_case=True,
                ),
            ]
        ],
        Field(min_length=1, max_length=1),
    ]


def _is_named(parameter: BodyParameter) -> bool:
    return parameter.parameter_name is not None


def _parameter_name(parameter: BodyParameter) -> str | None:
    return parameter.parameter_name


def _fits(parameters: list[BodyParameter]) -> list[BodyParameter]:
    count = sum(limits.units(parameter.words()) for parameter in parameters)
    if count > limits.TEMPLATE_BODY:
        raise fault("too_long", limit=limits.TEMPLATE_BODY, count=count)
    return parameters


class Body(Part):
    """What stands in the text: all parameters by position, or all by name."""

    type: Literal["body"]
    parameters: Annotated[
        list[Annotated[SerializeAsAny[BodyParameter], chosen_by("type", _WORDS, any_case=True)]],
        Field(min_length=1),
        all_alike(_is_named, "parameter_name"),
        all_different(_parameter_name, "parameter_name"),
        AfterValidator(_fits),
    ]
