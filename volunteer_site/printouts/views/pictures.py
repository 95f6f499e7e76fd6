"""How a picture for a group of friends is handed out: set once while it says the same."""

import hashlib
import json
from io import BytesIO
from typing import Any

from flask import send_file
from flask.typing import ResponseReturnValue

from volunteer_site.core.cache import kept
from volunteer_site.printouts import press

MOST = 16  # pictures kept of each template, of some 300 kB; with a photo up to 2 MB


def answer(template: str, content: dict[str, Any], name: str) -> ResponseReturnValue:
    """Return a template of `typst/` filled with `content` as PNG, to be saved under this name."""
    key = json.dumps(content, ensure_ascii=False)
    file = kept(template, MOST).get(key, lambda: press.picture(template, content))
    return send_file(
        BytesIO(file),
        mimetype="image/png",
        download_name=f"{name}.png",
        etag=hashlib.sha256(file).hexdigest()[:24],
    )
