"""Build the front end for production: ``python -m campotech_wa.frontend_build`` in ``node.environment()``."""

from pathlib import Path

from reflex.utils import build as reflex_build
from reflex.utils import frontend_skeleton, path_ops, prerequisites
from reflex_base import constants
from reflex_base.environment import environment

from campotech_wa import frontend


def build() -> None:
    """Install the packages that the lock names and build, unless somebody else just did.

    This is ``reflex export`` without its ``reflex init``, which edits .gitignore and downloads bun.
    """
    root = Path.cwd()
    environment.REFLEX_COMPILE_CONTEXT.set(constants.CompileContext.EXPORT)
    prerequisites.initialize_reflex_user_directory()
    with path_ops.file_lock(prerequisites.get_web_dir()):
        if frontend.is_current(root):
            return
        sources = frontend.sources_digest(root)
        frontend.stamp_file(root).unlink(missing_ok=True)
        if prerequisites.needs_reinit():
            frontend_skeleton.initialize_web_directory()
        prerequisites.get_compiled_app(prerender_routes=True, use_rich=False, trigger="export")
        reflex_build.setup_frontend(root)
        reflex_build.build()
        frontend.stamp_file(root).write_text(frontend.stamp_text(root, sources))


if __name__ == "__main__":
    build()
