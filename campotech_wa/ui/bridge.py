"""The one hop from the event loop to a thread: the core is synchronous, the pages are not."""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


async def in_thread(use_case: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a use case without holding up the tabs of this process."""
    return await asyncio.to_thread(use_case, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class Sitting:
    """The key under which is read who sits at a tab."""

    session: str = field(repr=False)


class Read(Protocol):
    """A way to call a use case that reads; ``key`` names what is read, for readers that share."""

    async def __call__(self, key: Hashable, use_case: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        """Call the use case in a thread, or wait for somebody who is calling it."""
        ...


async def directly(key: Hashable, use_case: Callable[..., R], *args: Any, **kwargs: Any) -> R:  # noqa: ARG001
    """Read from the database now: for a person who acts, and must see what they did."""
    return await in_thread(use_case, *args, **kwargs)
