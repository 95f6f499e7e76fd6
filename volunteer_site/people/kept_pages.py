"""Whole pages and parts of pages, made once for all who see the same; what differs is filled in.

A page is rendered with marks where the form token, the visitor's name and other pieces belong,
and kept as the text between the marks. An answer puts the pieces in: that costs a hundredth of
rendering the board again. What a page depends on has to be in its key.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any

from flask import Response, render_template, request, session
from markupsafe import Markup, escape

from volunteer_site.core import forms, words
from volunteer_site.core.cache import kept
from volunteer_site.people.session import Visitor, visitor

MOST = 96  # pages of some 25 kB
MOST_PARTS = 512
MARK = secrets.token_hex(12)  # nobody can write this into a page
BETWEEN = re.compile(f"{MARK}-([a-z]+)-")

Context = Callable[[], Mapping[str, Any]]


def hole(name: str) -> Markup:
    """Return the mark for a piece that each answer fills in."""
    return Markup(f"{MARK}-{name}-")  # noqa: S704 -- letters only


def answer(
    template: str, key: Hashable, context: Context, tag: str = "", **pieces: str
) -> Response:
    """Return the page for this visitor; `key` says everything that the context depends on.

    Each of `pieces` is HTML; the template finds its mark under the same name. A page without
    pieces, or with a `tag` that changes when they do, tells a browser that has it so with 304.
    """
    person = visitor()
    if "_flashes" in session:  # the page says more than is kept
        marked = {name: Markup(piece) for name, piece in pieces.items()}  # noqa: S704
        return Response(render_template(template, **(dict(context()) | marked)))
    parts, digest = _page(template, key, context, person, tuple(pieces))
    if pieces and not tag:
        return Response(_filled(parts, person, pieces))
    digest += tag.encode()
    known = _has(_tag(digest, person))
    response = Response(status=304) if known else Response(_filled(parts, person, pieces))
    response.set_etag(_tag(digest, person), weak=True)  # the first visit gave the session a secret
    return response


def part(template: str, key: Hashable, context: Context) -> Markup:
    """Return a part of a page for this visitor, kept like a page."""

    def make() -> list[str]:
        return BETWEEN.split(_with_marks(template, context))

    parts = kept("parts", MOST_PARTS).get((template, key, words.locale()), make)
    return Markup(_filled(parts, None, {}))  # noqa: S704 -- rendered by the template


def _page(
    template: str, key: Hashable, context: Context, person: Visitor | None, names: tuple[str, ...]
) -> tuple[list[str], bytes]:
    large = person.large_text if person else bool(session.get("large_text"))
    looks = (words.locale(), large, person and (person.is_staff, person.is_officer))

    def make() -> tuple[list[str], bytes]:
        nameless = replace(person, name=str(hole("name"))) if person else None
        marks = {name: hole(name) for name in names} | {"visitor": nameless}
        page = _with_marks(template, lambda: dict(context()) | marks)
        return BETWEEN.split(page), hashlib.blake2b(page.encode(), digest_size=12).digest()

    asked = (template, key, looks, request.full_path, names)
    return kept("pages", MOST).get(asked, make)  # type: ignore[no-any-return]


def _with_marks(template: str, context: Context) -> str:
    with forms.instead_of_token(hole("token")):  # also for parts that the context is made of
        return render_template(template, **context())


def _filled(parts: list[str], person: Visitor | None, pieces: Mapping[str, str]) -> str:
    """Put the pieces between the text; every second of `parts` is the name of one."""
    known = {**pieces, "name": escape(person.name if person else "")}
    if "token" in parts:
        known["token"] = forms.form_token()
    whole = parts.copy()
    whole[1::2] = [known[name] for name in parts[1::2]]
    return "".join(whole)


def _has(tag: str) -> bool:
    asked = request.environ.get("HTTP_IF_NONE_MATCH")
    return bool(asked) and "csrf_token" in session and request.if_none_match.contains_weak(tag)


def _tag(digest: bytes, person: Visitor | None) -> str:
    """Return what tells this page for this session from every other."""
    own = f"{session.get('csrf_token', '')} {person.id if person else ''} {person and person.name}"
    return hashlib.blake2b(digest + own.encode(), digest_size=12).hexdigest()
