"""Turn what can go wrong around us into one sentence that says what to do."""

import errno

from campotech_wa.cli import console
from campotech_wa.errors import InvalidInput
from campotech_wa.supervisor import ProgramError

NO_ROOM = ("No space left on device", "ENOSPC", "Disk quota exceeded")

FULL = "The disk is full{where}. Free some space, or set DATA_DIR to a folder on another disk."
CLOSED = "{where} can not be written ({reason}). Set DATA_DIR to a folder that you may write to."


def sentence(error: Exception) -> str:
    """Say what happened and what to do about it."""
    match error:
        case ProgramError():
            return _program(error)
        case InvalidInput():
            return error.detail
        case OSError():
            return _system(error)
        case _:
            return FULL.format(where="") if _is_full([str(error)]) else str(error)


def _program(error: ProgramError) -> str:
    """Prefer the sentence that one of our own commands said before it ended."""
    if _is_full(error.lines):
        return FULL.format(where="")
    last = error.lines[-1] if error.lines else ""
    return last.removeprefix(console.SPEAKER) if last.startswith(console.SPEAKER) else str(error)


def _system(error: OSError) -> str:
    where = str(error.filename or "")
    reason = error.strerror or str(error)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return FULL.format(where=f": {where}" if where else "")
    if (
        error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOENT}
        and where
    ):
        return CLOSED.format(where=where, reason=reason)
    return f"{where}: {reason}." if where else f"{reason}."


def _is_full(lines: list[str]) -> bool:
    return any(mark in line for line in lines for mark in NO_ROOM)
