"""One line a request: what was asked and how it went; never who, never what was typed."""

import logging
import re
import secrets
from time import perf_counter

from flask import Flask, Response, g, request
from flask.logging import default_handler

log = logging.getLogger("volunteer_site.requests")
GIVEN_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


def init_app(app: Flask) -> None:
    """Write the site's own log lines to standard error and give every request an id."""
    site = logging.getLogger("volunteer_site")
    site.setLevel(app.config["LOG_LEVEL"])
    if default_handler not in site.handlers and not app.config["TESTING"]:
        site.addHandler(default_handler)
    app.before_request_funcs.setdefault(None, []).insert(0, _begin)
    app.after_request(_end)


def _begin() -> None:
    given = request.environ.get("HTTP_X_REQUEST_ID", "")  # in `headers` what is missing is costly
    g.request_id = given if GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
    g.began = perf_counter()


def _end(response: Response) -> Response:
    request_id = g.get("request_id", "-")
    response.headers["X-Request-Id"] = request_id
    milliseconds = (perf_counter() - g.get("began", perf_counter())) * 1000
    rule = request.url_rule.rule if request.url_rule else "-"
    log.info(
        "%s %s %s %d %.1fms", request_id, request.method, rule, response.status_code, milliseconds
    )
    return response
