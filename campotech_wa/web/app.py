"""The FastAPI application that stands in front of the pages."""

from importlib.metadata import version

from fastapi import FastAPI
from fastapi_swagger import patch_fastapi  # pyright: ignore[reportMissingTypeStubs]

from campotech_wa.web import (
    account,
    auth,
    customers,
    health,
    media,
    messages,
    panic,
    problems,
    sms,
    templates,
    v1,
    webhook,
)


def create() -> FastAPI:
    """Build the application; Reflex mounts its pages behind it."""
    app = FastAPI(
        title="CampoTech WA",
        version=version("campotech-wa"),
        openapi_url="/api/openapi.json",
        docs_url=None,
        swagger_ui_oauth2_redirect_url=None,
        redoc_url=None,
        routes=list(webhook.routes),
    )
    problems.install(app)
    # Served from the package: FastAPI's own page would load its script from another host.
    patch_fastapi(app, docs_url="/api/docs", redirect_from_root_to_docs=False)
    for router in (
        auth.router,
        health.router,
        v1.router,
        messages.router,
        account.router,
        customers.router,
        panic.router,
        templates.router,
        media.pages,
        media.products,
        sms.router,
    ):
        app.include_router(router)
    return app
