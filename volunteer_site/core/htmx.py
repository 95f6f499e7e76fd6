"""Every action answers htmx with a fragment and a plain browser with a page."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue


def answer(fragment: str, *, otherwise: str, message: str, **context: Any) -> ResponseReturnValue:
    """After a change: send `fragment`, or flash `message` and go to `otherwise`."""
    if not asked():
        return done(otherwise, message)
    return show(fragment, message=message, tone="good", **context)


def done(address: str, message: str, tone: str = "good") -> ResponseReturnValue:
    """After a change that leads to another page: say `message` there."""
    flash(message, tone)
    if asked():
        response = make_response("", 200)
        response.headers["HX-Redirect"] = address
        return response
    return redirect(address, code=303)


def send(fragment: str, *, status: int = 200) -> ResponseReturnValue:
    """Send htmx a fragment that is HTML already."""
    response = Response(fragment, status)
    response.headers.add("Vary", "HX-Request")
    return response


def show(fragment: str, *, status: int = 200, **context: Any) -> ResponseReturnValue:
    """Send `fragment`, alone for htmx and inside the site's layout otherwise."""
    page = fragment if asked() else "core/alone.html"
    response = make_response(render_template(page, fragment=fragment, **context), status)
    response.vary.add("HX-Request")
    return response


def asked() -> bool:
    """Tell whether htmx sent this request and wants only a part of the page."""
    return "HTTP_HX_REQUEST" in request.environ  # quicker than to look through the headers
