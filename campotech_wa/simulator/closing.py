"""Let whatever waits for long end at once when the simulator stops."""

import asyncio
from contextlib import suppress


class Closing:
    """A pause or an endless answer that ignored it would hold up the server's exit."""

    def __init__(self) -> None:
        self._begun = asyncio.Event()

    @property
    def begun(self) -> bool:
        """Tell whether the simulator is stopping."""
        return self._begun.is_set()

    def begin(self) -> None:
        """Wake everybody who pauses."""
        self._begun.set()

    async def pause(self, seconds: float) -> None:
        """Sleep, but no longer than the simulator lives."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._begun.wait(), seconds)
