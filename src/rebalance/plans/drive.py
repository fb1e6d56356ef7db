"""Whether a file lies on a drive of another machine, where programs cannot share memory and locks may be ignored."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

REMOTE = frozenset({"9p", "afs", "ceph", "cifs", "fuse.sshfs", "glusterfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"})
"""Kinds of file system, as Linux names them."""

MOUNTS = Path("/proc/self/mounts")
"""What is mounted where, on Linux."""

DRIVE_REMOTE = 4
"""What Windows answers about the letter of a network drive."""


def remote(file: Path, mounts: Path = MOUNTS) -> bool:
    """Whether the file lies, or would lie, on a network drive, as far as the system tells."""
    place = file.absolute()
    if sys.platform == "win32":
        return place.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == DRIVE_REMOTE
    try:
        rows = [row.split() for row in mounts.read_text("utf-8", "surrogateescape").splitlines()]
    except OSError:  # another system: the database's own checks remain
        return False
    resolved = Path(os.path.realpath(place))
    holding = [(len(where), kind) for _what, where, kind, *_more in rows if resolved.is_relative_to(_plain(where))]
    return max(holding, default=(0, ""))[1] in REMOTE


def _plain(folder: str) -> str:
    r"""The folder's name, in which a blank was written as \040."""
    return folder.replace("\\040", " ")
