"""The session cookie: read and checked once, then known again by all its letters.

A browser sends the same cookie with every request, signature and all; what was found in it does
not change, so only its age is looked at again.
"""

from time import time
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature

from volunteer_site.core.cache import Kept

MOST = 2_000  # cookies of some 300 bytes


class Cookies(SecureCookieSessionInterface):
    """Flask's own signed sessions, with a memory."""

    def __init__(self) -> None:
        self._known = Kept(MOST)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Return what the cookie says; nothing if it is not ours, or too old."""
        cookie = request.cookies.get(self.get_cookie_name(app))
        if not cookie or not app.secret_key:
            return self.session_class()
        try:
            said, signed_at = self._known.get(
                (app.secret_key, cookie), lambda: self._read(app, cookie)
            )
        except BadSignature:
            return self.session_class()
        if time() - signed_at > app.permanent_session_lifetime.total_seconds():
            return self.session_class()
        return self.session_class({name: _own(value) for name, value in said.items()})

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie if it has to change; else say only that the page depends on it."""
        if session.modified or not session or self.should_set_cookie(app, session):
            super().save_session(app, session, response)
        elif session.accessed:
            response.headers.add("Vary", "Cookie")  # as Flask, without reading it apart again

    def _read(self, app: Flask, cookie: str) -> tuple[dict[str, Any], float]:
        signer = self.get_signing_serializer(app)
        assert signer is not None, "the site has a secret key"  # noqa: S101
        said, signed_at = signer.loads(cookie, return_timestamp=True)
        return said, signed_at.timestamp()


def _own(value: Any) -> Any:
    """Return a copy of what a request may change in place."""
    return value.copy() if isinstance(value, list | dict) else value


def init_app(app: Flask) -> None:
    """Read sessions in this way."""
    app.session_interface = Cookies()
