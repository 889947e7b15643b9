"""Change Reflex's own module of the pages: its source goes in, and comes out with one passage replaced."""

STATE_MODULE = "utils/state.js"


def replaced(source: str, passage: str, replacement: str) -> str:
    """Return the module with the change, once.

    Raises:
        ValueError: this version of Reflex reads otherwise; the change needs a new look.
    """
    if replacement in source:
        return source
    if source.count(passage) != 1:
        raise ValueError(f"{STATE_MODULE} does not read as expected: not exactly one {passage.strip()!r}.")
    return source.replace(passage, replacement)
