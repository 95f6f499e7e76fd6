"""What the site says when it has to refuse, and when something broke."""

import logging

from flask import Flask, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from volunteer_site.core.words import gettext as _

log = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024


def N_(message: str) -> str:  # noqa: N802 -- the name that message extraction looks for
    """Mark `message` for translation; it is translated when it is shown."""
    return message


WORDS = {
    400: (
        N_("Not understood"),
        N_("The site did not understand this request. Go back and try again."),
    ),
    401: (N_("Please log in"), N_("This page is for people who have logged in.")),
    403: (
        N_("Not for you"),
        N_("Your account may not open this page. If you think it should, ask the district office."),
    ),
    404: (
        N_("Not found"),
        N_("There is nothing at this address. It may have been mistyped, or the page is gone."),
    ),
    405: (
        N_("Not understood"),
        N_("This address cannot be used in that way. Go back and try again."),
    ),
    409: (
        N_("That did not work"),
        N_("Somebody else changed this in the meantime. Reload the page and look again."),
    ),
    413: (
        N_("Too large"),
        N_(
            "What you sent is too large. The limit is %(most)d MB; send less, or a smaller picture."
        ),
    ),
    422: (
        N_("Please correct the form"),
        N_("Something in the form is not right. Go back and correct it."),
    ),
    429: (
        N_("Too many tries"),
        N_("You have tried too often. Wait a quarter of an hour and try again."),
    ),
    500: (
        N_("Something broke"),
        N_("This is our fault, not yours. Nothing was changed; please try again in a moment."),
    ),
}


class Refusal(Exception):
    """A rule of the site was not met.

    The message says the rule, the value and what to do next, and is shown to the visitor;
    `link` is the (address, words) of the next step, if one page is the next step.
    """

    status = 409

    def __init__(self, message: str, *, link: tuple[str, str] | None = None) -> None:
        super().__init__(message)
        self.link = link


class NotFound(Refusal):
    """There is no such thing, or it is not the visitor's to see."""

    status = 404


def init_app(app: Flask) -> None:
    """Show every refusal and every error in the site's own words."""
    app.register_error_handler(Refusal, _show_refusal)
    app.register_error_handler(CSRFError, _show_expired)
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(Exception, _show_breakdown)


def _show_refusal(refusal: Refusal) -> ResponseReturnValue:
    title = _("Not found") if refusal.status == NotFound.status else _("That did not work")
    return _page(refusal.status, title, str(refusal), refusal.link)


def _show_expired(_error: CSRFError) -> ResponseReturnValue:
    message = _("This form has expired. Go back, reload the page and send it again.")
    return _page(400, _("Please send it again"), message)


def _show_http_error(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:  # noqa: PLR2004 -- a redirect
        return error
    title, message = _words_for(code)
    response = make_response(_page(code, title, message))
    if error.response is None:
        for name, value in error.get_headers():
            if name not in {"Content-Type", "Content-Length"}:
                response.headers[name] = value
    return response


def _show_breakdown(error: Exception) -> ResponseReturnValue:
    log.exception("request %s broke", g.get("request_id"), exc_info=error)
    try:
        return _page(500, *_words_for(500))
    except Exception:  # the layout itself may be what broke
        log.exception("the error page broke too")
        return "<!doctype html><title>500</title><h1>500</h1>", 500


def _words_for(code: int) -> tuple[str, str]:
    """Return the title and the sentence for a status; what is not listed is read as 400 or 500."""
    if code in WORDS:
        title, sentence = WORDS[code]
    else:
        title, sentence = WORDS[400 if code < 500 else 500]  # noqa: PLR2004
    most = g.get("most_bytes") or request.max_content_length or 0
    return _(title), _(sentence, most=most // MEGABYTE)


def _page(
    status: int, title: str, message: str, link: tuple[str, str] | None = None
) -> ResponseReturnValue:
    asked_by_htmx = "HX-Request" in request.headers
    page = "core/notice.htmx.html" if asked_by_htmx else "core/refusal.html"
    words = {"title": title, "message": message, "link": link, "tone": "bad"}
    response = make_response(render_template(page, status=status, **words), status)
    response.vary.add("HX-Request")
    if asked_by_htmx:
        response.headers["HX-Reswap"] = "none"  # keep the target; only the notice changes
    return response
