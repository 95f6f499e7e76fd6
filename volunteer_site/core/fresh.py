"""Pages that a browser need not load again while they show the same (304)."""

from hashlib import blake2b

from flask import Response, make_response, request, session
from flask_wtf.csrf import generate_csrf


def answer(page: str) -> Response:
    """Send a page with a tag of what it says; whoever has it already is told so, in a few bytes.

    The token of the page's forms is written anew each time, so what counts is the secret of the
    session behind it.
    """
    secret = session.get("csrf_token", "")
    said = page.replace(generate_csrf(), secret).encode() + secret.encode()
    response = make_response(page)
    response.set_etag(blake2b(said, digest_size=12).hexdigest())
    response.make_conditional(request)
    return response
