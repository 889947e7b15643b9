"""Turn this process into another program that ends with its parent, under another account if asked.

Run as a script (``python -I -S launch.py …``) between fork and exec: it must not import the package, and
nothing of it may run in a forked copy of a process that has threads.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_SET_NAME = 15
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2
"""See ``man 2 prctl``, ``man 2 capset`` and ``man 7 capabilities``."""

Words = ctypes.c_uint32 * 6
"""Two times effective, permitted, inheritable: the layout of version 3."""


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Have the kernel send a signal to this process when its parent ends, however it ends (Linux only)."""
    if sys.platform == "linux":
        _libc().prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def name_thread(name: str) -> None:
    """Show a name of our own in process lists (Linux only, 15 characters)."""
    if sys.platform == "linux":
        _libc().prctl(PR_SET_NAME, name.encode(), 0, 0, 0)


def become(uid: int, gid: int, *, see_all_folders: bool) -> None:
    """Give up root for another account, optionally keeping the right to pass through closed folders."""
    keep = _folder_capability() if see_all_folders and sys.platform == "linux" else None
    if keep is not None:
        _libc().prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if keep is not None:
        _set_only(keep)
        _libc().prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, keep, 0, 0)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _folder_capability() -> int | None:
    """Name the weakest capability at hand that opens folders: containers often drop the first one."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    words = Words()
    _libc().capget(header, words)
    permitted = words[1]
    return next((cap for cap in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE) if permitted >> cap & 1), None)


def _set_only(capability: int) -> None:
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _libc().capset(header, Words(*[1 << capability] * 3, 0, 0, 0))


def main(arguments: list[str]) -> None:
    """Read ``parent signal uid gid see_all_folders -- program …``; a uid of -1 keeps the account."""
    parent, number, uid, gid, see_all_folders = (int(word) for word in arguments[:5])
    command = arguments[6:]
    if uid >= 0:
        become(uid, gid, see_all_folders=bool(see_all_folders))
    die_with_parent(number)  # after the change of account, which clears it
    if os.getppid() != parent:
        sys.exit(1)  # the parent ended before the kernel knew of us
    os.execvp(command[0], command)  # noqa: S606  (the command comes from our own code)


if __name__ == "__main__":
    main(sys.argv[1:])
