"""Room for a file that is on its way: downloaded, uploaded or converted, and not yet kept."""

import tempfile
from typing import BinaryIO

from campotech_wa import settings
from campotech_wa.errors import StorageUnavailable


def new() -> BinaryIO:
    """Return a new file without a name: whatever happens to the process, nothing of it stays behind.

    Raises:
        StorageUnavailable: the data folder can not be written to.
    """
    folder = settings.get().data_dir / "scratch"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return tempfile.TemporaryFile(dir=folder)
    except OSError as fault:
        raise StorageUnavailable(f"The data folder can not be written to: {fault.strerror}.") from fault
