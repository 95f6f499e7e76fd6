"""Who may do what. A route that declares nothing is closed to everybody."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

View = TypeVar("View", bound=Callable[..., Any])

login = LoginManager()
login.session_protection = None  # phones change networks; a changed password ends sessions
login._session_identifier_generator = str  # noqa: SLF001 -- no device in the cookie


def public(view: View) -> View:
    """Open a route to everybody, logged in or not."""
    return _declare(view, "public")


def members_only(view: View) -> View:
    """Open a route to everybody who has logged in."""
    return _declare(view, "members")


def role(*names: str) -> Callable[[View], View]:
    """Open a route to those who hold one of these roles at some organisation."""
    return lambda view: _declare(view, *names)


def access_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """Return who may use the view: public, members, or the names of roles."""
    return getattr(view, "access", ())


class Actor(Protocol):
    """Who is logged in, as much of them as modules below `people` need."""

    id: int

    def paths(self, *names: str) -> tuple[str, ...]:
        """Return the paths of the organisations at which they hold one of these roles."""


def acting() -> Actor:
    """Return who is logged in; for routes that are not public, in modules below `people`."""
    return current_user  # type: ignore[no-any-return]


def init_app(app: Flask) -> None:
    """Check every request before its view runs."""
    login.init_app(app)
    app.before_request(_check_access)


def _declare(view: View, *access: str) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def _check_access() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    access = access_of(current_app.view_functions[request.endpoint])
    if "public" in access:
        return None
    if not access:
        abort(403)
    if not current_user.is_authenticated:
        return _ask_to_log_in()
    if "members" not in access and not current_user.has_role(*access):
        abort(403)
    return None


def _ask_to_log_in() -> ResponseReturnValue:
    address = url_for("sessions.new", next=_where_to_return())
    if "HX-Request" in request.headers:
        response = make_response("", 401)
        response.headers["HX-Redirect"] = address
        return response
    return redirect(address, code=303)


def _where_to_return() -> str:
    """Return the page to show after log-in: this one, or the one that held the form."""
    if request.method == "GET" and "HX-Request" not in request.headers:
        return request.full_path.rstrip("?")
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.host:
        return "/"
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


def safe_next(address: str | None) -> str:
    """Return `address` if it is a path on this site, else the first page."""
    address = address or ""
    parts = urlsplit(address)
    clean = (
        address.startswith("/") and not address.startswith(("//", "/\\")) and "\\" not in address
    )
    return address if clean and not parts.netloc and not parts.scheme else "/"
