"""List, create and delete an account's templates (sending.md, 3.2 to 3.4)."""

import re
import secrets
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from campotech_wa.simulator.checks.part import Part
from campotech_wa.simulator.errors import GraphError, refusal
from campotech_wa.simulator.nodes.fields import page, selected
from campotech_wa.simulator.nodes.office import SUCCESS, Office, parameters
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.world.templates import APPROVED, CATEGORIES, Template

ALREADY_THERE = 2388024
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_DEFAULTS = ("name", "parameter_format", "components", "language", "status", "category", "id")
_NEVER_TOLD = (
    "sub_category",
    "previous_category",
    "correct_category",
    "message_send_ttl_seconds",
    "cta_url_link_tracking_opted_out",
    "library_template_name",
    "rejection_info",
    "degrees_of_freedom_spec",
)
"""Fields that exist, and that an ordinary template's node leaves out."""
MOST_TEMPLATES = 6000
_EXACT = ("language", "status", "category")


class TemplateRoutes:
    """GET, POST and DELETE message_templates; what is created is approved at once."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[Route]:
        """Answer the routes."""
        path = "/{version}/{node_id}/message_templates"
        return [
            Route(path, self.create, methods=["POST"]),
            Route(path, self.delete, methods=["DELETE"]),
            Route(path, self.show),
        ]

    async def show(self, request: Request) -> JSONResponse:
        """List the templates that match, with the fields that were asked for."""
        known = await self._known(request)
        listed = [describe(request, each) for each in known if _matches(each, request)]
        answer = page(request, listed)
        if "summary" in request.query_params:
            answer["summary"] = _summary(known)
        return JSONResponse(answer)

    async def create(self, request: Request) -> JSONResponse:
        """Add a template in a language that its name does not have yet."""
        known = await self._known(request)
        template = read(await parameters(request))
        if any((each.name, each.language) == (template.name, template.language) for each in known):
            raise _already_there()
        known.append(template)
        return JSONResponse({"id": template.id, "status": template.status, "category": template.category})

    async def delete(self, request: Request) -> JSONResponse:
        """Delete a name in every language, or one template by `hsm_id`."""
        known = await self._known(request)
        asked = await parameters(request)
        name, only = asked.optional_text("name"), asked.optional_text("hsm_id")
        doomed = [each for each in known if (only or each.name) == (each.id if only else name)]
        if not doomed:
            raise refusal(100, "No template has this name or hsm_id.")
        known[:] = [each for each in known if each not in doomed]
        return JSONResponse(SUCCESS)

    async def _known(self, request: Request) -> list[Template]:
        return self._office.world.templates(await self._office.account(request))


def read(asked: Part) -> Template:
    """Answer the template that a request describes."""
    name = asked.text("name", most=512)
    if not _NAME.fullmatch(name):
        raise refusal(131009, "Param name must be lower-case letters, digits and underscores.")
    return Template(
        id=str(10**15 + secrets.randbelow(10**15)),
        name=name,
        language=asked.text("language").replace("-", "_"),
        category=asked.choice("category", CATEGORIES),
        components=[each.values for each in asked.parts("components")],
        status=asked.optional_text("status") or APPROVED,
        parameter_format=(asked.optional_text("parameter_format") or "POSITIONAL").upper(),
    )


def describe(request: Request, template: Template) -> JsonObject:
    """Answer the template's node with the fields that were asked for."""
    known = {**dict.fromkeys(_NEVER_TOLD), **template.view()}
    return selected(request, known, _DEFAULTS, "WhatsAppMessageTemplate")


def _summary(known: Sequence[Template]) -> JsonObject:
    return {
        "total_count": len(known),
        "message_template_count": len(known),
        "message_template_limit": MOST_TEMPLATES,
        "are_translations_complete": True,
    }


def _matches(template: Template, request: Request) -> bool:
    query = request.query_params
    exact = all(query.get(key, getattr(template, key)) == getattr(template, key) for key in _EXACT)
    return exact and query.get("name", "") in template.name


def _already_there() -> GraphError:
    error = refusal(100, "Content in this language already exists.")
    error.subcode = ALREADY_THERE
    return error
