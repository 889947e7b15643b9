"""The object of a template message (sending.md 3.1).

Whether names, languages and counts fit the template itself is the business of whoever knows its definition.
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

from campotech_wa.meta.outbound import limits
from campotech_wa.meta.outbound.faults import fault
from campotech_wa.meta.outbound.parts import Part
from campotech_wa.meta.outbound.template.components import Components

_NAME = re.compile(r"[a-z0-9_]+", re.ASCII)


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise fault("bad_name")
    return text


class Language(Part):
    """The language of the definition, exactly: ``es`` is not ``es_AR``."""

    policy: Literal["deterministic"] | None = None
    code: Annotated[str, limits.NOT_EMPTY]


class Template(Part):
    """Which template, in which language, and what is put into it."""

    name: Annotated[str, limits.at_most(limits.TEMPLATE_NAME), AfterValidator(_name)]
    language: Language
    components: Components | None = None
