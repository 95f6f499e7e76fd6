"""Who is using the site. The only file that touches Flask-Login's `current_user`.

Every request needs the visitor, so one statement of plain columns fetches them with their roles.
"""

from dataclasses import dataclass
from datetime import UTC
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask, current_app, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import UserMixin, current_user, login_user

from volunteer_site.core import clock, text, words
from volunteer_site.core.access import access_of, login
from volunteer_site.core.look import Look
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.deeds import deed, thing
from volunteer_site.people.models import Person, Role, RoleName

A_MINUTE = 60


@dataclass(frozen=True)
class HeldRole:
    """A role that the visitor holds now, at an organisation and below it."""

    name: str
    organisation_id: int
    path: str


@dataclass(frozen=True)
class Visitor(UserMixin):  # type: ignore[misc]
    """The logged-in person, as much of them as every page needs."""

    id: int
    name: str
    session_stamp: str
    community_id: int | None
    unit_id: int | None
    large_text: bool
    roles: tuple[HeldRole, ...]

    def get_id(self) -> str:
        """Return what the session keeps: the id, and a stamp that a new password changes."""
        return f"{self.id}.{self.session_stamp}"

    def has_role(self, *names: str) -> bool:
        """Tell whether the visitor holds one of these roles anywhere."""
        return any(held.name in names for held in self.roles)

    def paths(self, *names: str) -> tuple[str, ...]:
        """Return the paths of the organisations at which the visitor holds one of these roles."""
        return tuple(held.path for held in self.roles if held.name in names)

    @property
    def is_staff(self) -> bool:
        """Tell whether the desk is theirs to use."""
        return self.has_role(RoleName.COORDINATOR, RoleName.LIAISON)

    @property
    def is_officer(self) -> bool:
        """Tell whether the district office is theirs to use."""
        return self.has_role(RoleName.OFFICER)


_row = Look(
    sa.select(
        Person.id,
        Person.name,
        Person.session_stamp,
        Person.community_id,
        Person.unit_id,
        Person.large_text_since.is_not(None),
        Role.name,
        Role.organisation_id,
        Organisation.path,
    )
    .outerjoin(Role, sa.and_(Role.person_id == Person.id, Role.ended_at.is_(None)))
    .outerjoin(Organisation, Organisation.id == Role.organisation_id)
    .where(Person.id == sa.bindparam("person_id"), Person.erased_at.is_(None))
)


def find(person_id: int) -> Visitor | None:
    """Return the person as a visitor, or None if there is no such person."""
    rows = _row(person_id=person_id)
    if not rows:
        return None
    found = rows[0]
    roles = tuple(HeldRole(*row[6:]) for row in rows if row[6] is not None)
    return Visitor(*found[:6], roles)


def known(person_id: int) -> Visitor:
    """Return the person as a visitor; for people who are known to be there."""
    person = find(person_id)
    assert person is not None, "there is no such person"  # noqa: S101
    return person


@login.user_loader  # type: ignore[untyped-decorator]
def _load(kept: str) -> Visitor | None:
    person_id, _dot, stamp = kept.partition(".")
    if not person_id.isdecimal() or len(person_id) > 18:  # noqa: PLR2004 -- what fits a number
        return None
    found = find(int(person_id))
    if found is None or found.session_stamp != stamp:
        return None
    return None if found.roles and _idle_too_long() else found


def _idle_too_long() -> bool:
    """Tell whether somebody with a role did nothing for so long that they must log in again (R54).

    The moment of the last request is kept in the session, a minute's precision being enough.
    """
    now = int(clock.now().replace(tzinfo=UTC).timestamp())
    seen = session.get("seen", now)
    if now - seen > current_app.config["STAFF_IDLE_MINUTES"] * 60:
        return True
    if "seen" not in session or now - seen >= A_MINUTE:
        session["seen"] = now
    return False


def was_idle() -> bool:
    """Tell whether this browser's session ended because nobody used it."""
    return visitor() is None and "_user_id" in session and "seen" in session


def visitor() -> Visitor | None:
    """Return the logged-in person, or None for an anonymous visitor."""
    return current_user._get_current_object() if current_user.is_authenticated else None  # noqa: SLF001


def current_person() -> Visitor:
    """Return the logged-in person; for routes that are not public."""
    person = visitor()
    assert person is not None, "the route is public"  # noqa: S101
    return person


def log_in(person: Visitor, locale: str) -> None:
    """Begin a session for `person`, on a fresh session so that nothing is carried over."""
    session.clear()
    session.permanent = True
    session["locale"] = locale
    login_user(person)


def log_out() -> None:
    """End the session on this device; language and size of type stay as they were."""
    kept = {name: session[name] for name in ("locale", "large_text") if name in session}
    session.clear()
    session.update(kept)


def ask_first(pages: list[str]) -> None:
    """Lead the person to these pages before any other that only they may see."""
    if pages:
        session["first"] = pages


def asked(page: str) -> None:
    """Say that one of these pages is done with."""
    rest = [one for one in session.pop("first", []) if one != page]
    ask_first(rest)


def _first_things_first() -> ResponseReturnValue | None:
    if "first" not in session or request.endpoint is None or visitor() is None:
        return None
    view = current_app.view_functions[request.endpoint]
    if "public" in access_of(view) or request.blueprint in {"passwords", "consents", "sessions"}:
        return None
    return redirect(_leading_on(session["first"][0]), code=303)


def _leading_on(page: str) -> str:
    """Return the address of a page that leads on to where the person was going."""
    going = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return f"{page}?{urlencode({'next': going})}"


def init_app(app: Flask) -> None:
    """Give every template the visitor, the language and the size of type."""
    app.before_request(_first_things_first)
    app.jinja_env.filters.update(deed=deed, thing=thing, mask_phone=text.mask_phone)

    @app.context_processor
    def _frame() -> dict[str, object]:
        person = visitor()
        return {
            "visitor": person,
            "locale": words.locale(),
            "large_text": person.large_text if person else bool(session.get("large_text")),
            "site_name": app.config["SITE_NAME"],
        }
