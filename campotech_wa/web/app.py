"""The FastAPI application that stands in front of the pages."""

from importlib.metadata import version

from fastapi import FastAPI

from campotech_wa.web import auth, health, problems, v1, webhook


def create() -> FastAPI:
    """Build the application; Reflex mounts its pages behind it."""
    app = FastAPI(
        title="CampoTech WA",
        version=version("campotech-wa"),
        openapi_url="/api/openapi.json",
        docs_url="/api/docs",
        redoc_url=None,
    )
    problems.install(app)
    for router in (webhook.router, auth.router, health.router, v1.router):
        app.include_router(router)
    return app
