"""The press: what a sheet or a picture says goes in, the bytes of a PDF or a PNG come out."""

import hashlib
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from volunteer_site.printouts.fonts import font_folders, printable

HERE = Path(__file__).parent
PATIENCE = 60  # seconds
_one_by_one = Lock()  # typesetting takes 100 MB and more: one sheet after the other


def set_in_type(name: str, content: dict[str, Any]) -> bytes:
    """Return a template of `typst/` filled with `content` as PDF/A; raises CalledProcessError."""
    return _press("pdf", name, content)


def picture(name: str, content: dict[str, Any]) -> bytes:
    """Return a one-page template of `typst/` as PNG; one of its points makes one pixel.

    Raises CalledProcessError if it cannot be set.
    """
    return _press("png", name, content)


def preview(name: str, content: dict[str, Any]) -> bytes:
    """Return the first page of a template of `typst/` as a small PNG, some 450 pixels wide.

    Raises CalledProcessError if it cannot be set.
    """
    return _press("preview", name, content)


@cache
def edition() -> str:
    """Return what changes whenever a template changes, so that nobody keeps an old sheet."""
    digest = hashlib.sha256()
    for template in sorted((HERE / "typst").glob("*.typ")):
        digest.update(template.read_bytes())
    return digest.hexdigest()[:12]


def _press(form: Literal["pdf", "png", "preview"], name: str, content: dict[str, Any]) -> bytes:
    sheet = printable(json.dumps(content, ensure_ascii=False))
    program, template = HERE / "typeset.py", HERE / "typst" / name
    command = [sys.executable, "-P", str(program), form, str(template), *map(str, font_folders())]
    with _one_by_one:
        return subprocess.run(  # noqa: S603 -- our own program, the data on its standard input
            command, input=sheet.encode(), stdout=subprocess.PIPE, check=True, timeout=PATIENCE
        ).stdout
