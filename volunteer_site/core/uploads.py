"""Photos and papers that people hand in as evidence: taken, cleaned, kept, and shown again.

A picture is decoded and written anew as a small JPEG, so that neither where it was taken nor
anything hidden in the file is kept. A PDF is kept as it is and only ever handed out as a file to
save. What is kept is named by its content, lies in `instance/uploads` and is reached only through
a page that has asked who wants it: keep the name in a `name_column` of your own row, and give it
to `send`. What no such column names any more goes at night (`core.upload_sweep`).
"""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, TypeVar

from flask import Flask, current_app, g, request, send_file
from flask.typing import ResponseReturnValue
from sqlalchemy import orm
from werkzeug.datastructures import FileStorage

from volunteer_site.core.errors import NotFound, Refusal
from volunteer_site.core.words import gettext as _

View = TypeVar("View", bound=Callable[..., Any])

MEGABYTE = 1024 * 1024
MOST_BYTES = 12 * MEGABYTE  # a phone's photo has 4 to 8
MOST_REQUEST = 64 * MEGABYTE  # what is larger than a file may be is refused beside its field
MOST_PDF = 5 * MEGABYTE
MOST_PIXELS = 64_000_000  # of a JPEG, which is decoded small; of others a third
LONGEST_SIDE = 1600
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
FOLDER = "uploads"
NAMES_UPLOADS = "names_uploads"
NAME = re.compile(r"[0-9a-f]{64}\.(jpg|pdf)")
ALONE = (  # the page that a browser itself makes around a picture has styles in it
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'"
)


class Unfit(Refusal):
    """What was handed in cannot be taken; the sentence says why and what would do."""

    status = 422


def name_column(**more: Any) -> orm.MappedColumn[Any]:
    """Declare a column with the name of what is kept; what stands in none is gone in two days."""
    return orm.mapped_column(info={NAMES_UPLOADS: True}, **more)


def takes_uploads(view: View) -> View:
    """Let a view receive a file; it keeps 12 MiB, and refuses up to 64 with the form filled in.

    What arrives lies on disk and not in memory until it has been looked at.
    """
    view.takes_uploads = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    """Raise the limit for the views that take uploads, before anything reads the form."""
    app.before_request(_raise_limit)


def _raise_limit() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_uploads", False) and request.mimetype == "multipart/form-data":
        request.max_content_length = MOST_REQUEST
        g.most_bytes = MOST_BYTES


def take(given: FileStorage | None) -> str:
    """Check and keep what was handed in; return the name it is kept by. Raises Unfit.

    The same content twice is one file. Call it before the write transaction: it takes a while.
    """
    content = _read(given)
    if content.startswith(b"%PDF-"):
        return _keep(_checked_pdf(content), "pdf")
    return _keep(_clean_picture(content), "jpg")


def take_square(given: FileStorage | None, side: int) -> str:
    """Check and keep a picture (never a PDF), cut to a square of `side` pixels; return its name.

    Raises Unfit. Call it before the write transaction: it takes a while.
    """
    content = _read(given)
    if content.startswith(b"%PDF-"):
        raise Unfit(_not_a_picture())
    return _keep(_clean_picture(content, side), "jpg")


def read(name: str) -> bytes:
    """Return what is kept by this name; the caller has checked who asks. Raises NotFound."""
    path = _path(name)
    if not path.is_file():
        raise NotFound(_("This file is not there any more; ask who keeps the site's backups."))
    return path.read_bytes()


def send(name: str) -> ResponseReturnValue:
    """Hand out what is kept by this name; the caller has checked who asks. Raises NotFound."""
    content = read(name)
    picture = name.endswith(".jpg")
    response = send_file(
        BytesIO(content),
        mimetype="image/jpeg" if picture else "application/pdf",
        as_attachment=not picture,
        download_name=f"{name[:12]}{Path(name).suffix}",
        etag=name,
    )
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def folder() -> Path:
    """Return where uploads are kept: in `instance/`, or where several machines share them."""
    return Path(current_app.config.get("UPLOADS_FOLDER") or f"{current_app.instance_path}/{FOLDER}")


def _path(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise NotFound(_("There is no such file."))
    return folder() / name[:2] / name


def _read(given: FileStorage | None) -> bytes:
    if given is None or not given.filename:
        raise Unfit(_("Choose a photo or a PDF."))
    content = given.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unfit(_too_large(MOST_BYTES))
    if not content:
        raise Unfit(_("The file is empty. Choose another one, or take the photo again."))
    return content


def _checked_pdf(content: bytes) -> bytes:
    if len(content) > MOST_PDF:
        raise Unfit(_too_large(MOST_PDF))
    if b"%%EOF" not in content[-1024:]:
        raise Unfit(_("This PDF is not complete. Save it again, or take a photo of the paper."))
    return content


def _clean_picture(content: bytes, square: int = 0) -> bytes:
    """Return the picture as a small JPEG, upright, without anything else that was in the file.

    With `square` its middle is cut out, so many pixels wide and high.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 -- when needed

    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            _check_pixels(picture)
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _as_jpeg(ImageOps.fit(upright, (square, square)) if square else upright)
    except UnidentifiedImageError:
        raise Unfit(_not_a_picture() if square else _neither()) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit(_too_many_pixels()) from None
    except (OSError, SyntaxError, ValueError, IndexError) as error:
        raise Unfit(
            _("The picture cannot be read; the file is damaged. Take the photo again.")
        ) from error


def _check_pixels(picture: Any) -> None:
    width, height = picture.size
    most = MOST_PIXELS if picture.format == "JPEG" else MOST_PIXELS // 3
    if width * height > most:
        raise Unfit(_too_many_pixels())


def _as_jpeg(picture: Any) -> bytes:
    """Write a picture anew from its pixels alone, see-through parts white."""
    from PIL import Image  # noqa: PLC0415 -- when needed

    if picture.mode in {"RGBA", "LA", "PA", "P"}:
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", layer.size, "white")
        picture.paste(layer, mask=layer.getchannel("A"))
    plain = Image.new("RGB", picture.size)
    plain.paste(picture.convert("RGB"))
    written = BytesIO()
    plain.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _keep(content: bytes, kind: str) -> str:
    """Write the content under its digest, whole or not at all; only the site may read it.

    What is there already becomes young again, so that it is not swept before a row names it.
    """
    name = f"{sha256(content).hexdigest()}.{kind}"
    path = _path(name)
    with suppress(FileNotFoundError):
        os.utime(path)
        return name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft:
        _write(draft, content)
    Path(draft.name).replace(path)
    return name


def _write(draft: IO[bytes], content: bytes) -> None:
    draft.write(content)
    draft.flush()
    os.fsync(draft.fileno())


def _neither() -> str:
    return _(
        "This is neither a photo (JPEG, PNG, WebP) nor a PDF. Take a photo of it, or a "
        "screenshot, and choose that."
    )


def _not_a_picture() -> str:
    return _(
        "This is not a picture (JPEG, PNG, WebP). Take a photo of the drawing, or a screenshot, "
        "and choose that."
    )


def _too_large(most: int) -> str:
    return _(
        "The file is too large; the limit is %(most)d MB. Take the photo with a lower resolution, "
        "or make a screenshot of it.",
        most=most // MEGABYTE,
    )


def _too_many_pixels() -> str:
    return _(
        "The picture has too many pixels. Take the photo with a lower resolution, or make a "
        "screenshot of it."
    )
