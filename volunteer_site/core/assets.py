"""Static files: one style sheet, hashed names, compressed once, kept for a year by browsers.

At the start the files of `static/` are laid under their hashed names into `instance/assets/`,
from where WhiteNoise serves them.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

ADDRESS = "/static/"
SHEETS = ("base", "layout", "components")  # these first, then one a module
PAPER = ("print", "sheet", "checking", "ledger", "shop")  # only where one prints
WORK = ("charts", "desk", "organisations")  # only those who have a desk get these
HONOURS = ("rolls", "wall", "designs", "stars", "deeds", "certificates", "year")  # as asked for
KEPT = ("kept",)  # only the door's page as phones keep it
HASHED = re.compile(r"^.+\.[0-9a-f]{10}\.[a-z0-9]+$")


def init_app(app: Flask) -> None:
    """Lay out the files and give templates `asset(path)` and `style_sheet`."""
    source, target = Path(app.root_path) / "static", Path(app.instance_path) / "assets"
    names = _lay_out(source, target)
    app.extensions["assets"] = names
    app.jinja_env.globals["asset"] = lambda path: ADDRESS + names[path]
    served = WhiteNoise(
        app.wsgi_app,
        root=str(target),
        prefix=ADDRESS,
        max_age=60,
        immutable_file_test=lambda _path, url: bool(HASHED.match(url)),
        allow_all_origins=False,
    )
    app.wsgi_app = served  # type: ignore[method-assign]


def _lay_out(source: Path, target: Path) -> dict[str, str]:
    sheets = {
        "css/site.css": _of_every_page(source),
        "css/paper.css": PAPER,
        "css/work.css": WORK,
        "css/honours.css": HONOURS,
        "css/kept.css": KEPT,
    }
    names = {
        name: _place(target, name, _style_sheet(source / "css", stems))
        for name, stems in sheets.items()
    }
    for path in sorted(p for p in source.rglob("*") if p.is_file() and p.suffix != ".css"):
        name = path.relative_to(source).as_posix()
        names[name] = _place(target, name, path.read_bytes())
    return names


def _of_every_page(source: Path) -> tuple[str, ...]:
    stems = {path.stem for path in (source / "css").glob("*.css")}
    return (*SHEETS, *sorted(stems - {*SHEETS, *PAPER, *WORK, *HONOURS, *KEPT}))


def _style_sheet(folder: Path, stems: tuple[str, ...]) -> bytes:
    """Join the modules' sheets into one, so that a first visit costs one round trip."""
    parts = [folder / f"{stem}.css" for stem in stems]
    text = "\n".join(path.read_text(encoding="utf-8") for path in parts if path.exists())
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text).encode()


def _place(target: Path, name: str, content: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{ending}"
    path = target / hashed
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content)
        for _compressed in Compressor(quiet=True, log=lambda _words: None).compress(str(path)):
            pass
    return hashed


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all, as another worker may be doing the same."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)
