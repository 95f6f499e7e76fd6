"""Uploads beside the backups: a file that is named by its content is copied once and never changes.

Every backup in a folder shares the copies in its `uploads`, so a month of nightly backups holds
each photo once. A copy is as young as the last backup that has it, and goes with that backup.
"""

import os
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from volunteer_site.core.uploads import FOLDER, NAME

A_DAY = 24 * 60 * 60  # seconds; what came from another machine has the times of that copying


def save(kept: Path, backup: Path) -> int:
    """Copy what is not yet beside the backup; return how many files are there for it.

    Copies that only backups had which are not in the folder any more are removed.
    """
    copies = backup.parent / FOLDER
    count = _copy(kept, copies)
    backups = (path for path in backup.parent.iterdir() if path.is_file())
    _remove_older(copies, min((path.stat().st_mtime for path in backups), default=0.0))
    return count


def bring_back(backup: Path, kept: Path) -> int:
    """Copy back what is missing on the site; what is there stays. Return how many were beside it.

    A copy whose content is not what its name says is left out.
    """
    return _copy(backup.parent / FOLDER, kept)


def _copy(source: Path, target: Path) -> int:
    count = 0
    for path in _files(source):
        there = target / path.name[:2] / path.name
        if there.exists():
            os.utime(there)
        elif _sound(path):
            there.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = there.with_name(f".{there.name}.partial")
            shutil.copyfile(path, draft)
            draft.chmod(0o600)
            draft.replace(there)
        count += there.exists()
    return count


def _remove_older(copies: Path, oldest: float) -> None:
    for path in _files(copies):
        if path.stat().st_mtime < oldest - A_DAY:
            path.unlink()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("??/*")) if NAME.fullmatch(path.name))


def _sound(path: Path) -> bool:
    return sha256(path.read_bytes()).hexdigest() == path.stem
