"""What gunicorn serves while measuring: the site, and beside it what it is compared with.

`/bench/constant/` is a bare Flask route that answers 20 kB; `/bench/cold/` is the board with
nothing kept from the request before; `/bench/noop` is a form that a logged-in visitor sends and
that writes nothing.
"""

from typing import Any

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from volunteer_site import create_app
from volunteer_site.core.access import members_only

CONSTANT = "/bench/constant/"
COLD = "/bench/cold/"
NOOP = "/bench/noop"
ANSWER = "<!doctype html><title>20 kB</title>" + "x" * 20_000


def bare() -> Flask:
    """Return an app that does nothing but answer 20 kB."""
    app = Flask("bare", static_folder=None)
    app.add_url_rule("/", view_func=lambda: ANSWER, endpoint="constant")
    return app


def measured() -> Any:
    """Return the site with the addresses above."""
    site = create_app()
    site.add_url_rule(NOOP, view_func=members_only(_nothing), methods=["POST"], endpoint="noop")
    return DispatcherMiddleware(site, {CONSTANT.rstrip("/"): bare(), COLD.rstrip("/"): _cold(site)})


def _nothing() -> str:
    return ""


def _cold(site: Flask) -> Any:
    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        site.extensions.pop("kept", None)
        environ["SCRIPT_NAME"] = environ["SCRIPT_NAME"].removesuffix(COLD.rstrip("/"))
        return site(environ, start_response)

    return answer
