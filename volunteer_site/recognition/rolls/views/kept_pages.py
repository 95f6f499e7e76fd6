"""Whole public pages, kept: only the form token and the visitor's name differ between visitors.

A page is made once with two marks in their place; each answer fills them in. A browser that has
the same page already is told so with 304.
"""

import hashlib
import secrets
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any

from flask import Response, make_response, render_template, request, session
from markupsafe import escape

from volunteer_site.core import words
from volunteer_site.core.cache import kept
from volunteer_site.core.forms import form_token
from volunteer_site.people.session import Visitor, visitor

MOST = 64
TOKEN, NAME = f"token-{secrets.token_hex(12)}", f"name-{secrets.token_hex(12)}"

Context = Callable[[], dict[str, Any]]


def answer(template: str, key: Hashable, context: Context) -> Response:
    """Return the page for this visitor; `key` says everything that the context depends on."""
    person = visitor()
    if request.query_string or "_flashes" in session:  # the page says more than is kept
        return make_response(render_template(template, **context()))
    page, digest = _page(template, key, context, person)
    tag = _tag(digest, person)
    if "csrf_token" in session and request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        name = str(escape(person.name)) if person else ""
        response = Response(page.replace(TOKEN, form_token()).replace(NAME, name))
        tag = _tag(digest, person)  # the first visit has given the session its secret
    response.set_etag(tag, weak=True)
    return response


def _page(
    template: str, key: Hashable, context: Context, person: Visitor | None
) -> tuple[str, bytes]:
    large = person.large_text if person else bool(session.get("large_text"))
    looks = (words.locale(), large, person and (person.is_staff, person.is_officer))

    def make() -> tuple[str, bytes]:
        nameless = replace(person, name=NAME) if person else None
        page = render_template(template, **context(), visitor=nameless, csrf_token=lambda: TOKEN)
        return page, hashlib.blake2b(page.encode(), digest_size=12).digest()

    return kept("pages", MOST).get((template, key, looks), make)  # type: ignore[no-any-return]


def _tag(digest: bytes, person: Visitor | None) -> str:
    """Return what tells this page for this session from every other."""
    own = f"{session.get('csrf_token', '')} {person.id if person else ''} {person and person.name}"
    return hashlib.blake2b(digest + own.encode(), digest_size=12).hexdigest()
