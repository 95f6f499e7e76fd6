"""Uploads beside the backups: a file that is named by its content is copied once and never changes.

Every backup in a folder shares the copies in its `uploads`, so a year of nightly backups holds
each photo once.
"""

import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from volunteer_site.core.uploads import FOLDER, NAME


def save(kept: Path, backup: Path) -> int:
    """Copy what is not yet beside the backup; return how many files are there for it."""
    return _copy(kept, backup.parent / FOLDER)


def bring_back(backup: Path, kept: Path) -> int:
    """Copy back what is missing on the site; what is there stays. Return how many were beside it.

    A copy whose content is not what its name says is left out.
    """
    return _copy(backup.parent / FOLDER, kept)


def _copy(source: Path, target: Path) -> int:
    count = 0
    for path in _files(source):
        there = target / path.name[:2] / path.name
        if not there.exists() and _sound(path):
            there.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = there.with_name(f".{there.name}.partial")
            shutil.copyfile(path, draft)
            draft.chmod(0o600)
            draft.replace(there)
        count += there.exists()
    return count


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("??/*")) if NAME.fullmatch(path.name))


def _sound(path: Path) -> bool:
    return sha256(path.read_bytes()).hexdigest() == path.stem
