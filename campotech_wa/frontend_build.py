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
        _link_browser_files(root)
        prerequisites.get_compiled_app(prerender_routes=True, use_rich=False, trigger="export")
        reflex_build.setup_frontend(root)
        reflex_build.build()
        frontend.stamp_file(root).write_text(frontend.stamp_text(root, sources))


def _link_browser_files(root: Path) -> None:
    """Put what runs in the browser where the build looks, as ``rx.asset`` does with a single file."""
    folder = Path("campotech_wa", "ui", "components", "browser")
    linked = root / "assets" / "external" / folder
    linked.mkdir(parents=True, exist_ok=True)
    for source in sorted((root / folder).glob("*.js*")):
        link = linked / source.name
        if not (link.is_symlink() and link.resolve() == source.resolve()):
            link.unlink(missing_ok=True)
            link.symlink_to(source)


if __name__ == "__main__":
    build()
