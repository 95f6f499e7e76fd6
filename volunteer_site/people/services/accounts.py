"""What people change about themselves: password, profile, preferences, consents, and leaving."""

from datetime import datetime
from secrets import choice, token_hex, token_urlsafe

import sqlalchemy as sa
from blinker import Signal

from volunteer_site.core import audit, dates, versions
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.people import duties, passwords, queries
from volunteer_site.people.models import Consent, ConsentKind, Guardian, Person, Role
from volunteer_site.people.services import registration

CALENDAR_TOKEN_BYTES = 18
LETTERS, FIGURES = "abcdefghjkmnpqrstuvwxyz", "23456789"  # none that looks like another
NEEDED = (ConsentKind.NOTICE, ConsentKind.UNDER_14)

erasing = Signal("a person is being erased; sent inside the transaction with person_id and now")


class WrongPassword(Refusal):
    """The password that should confirm this is not theirs."""

    status = 422


class StillOnDuty(Refusal):
    """Somebody with a role hands it over before they leave."""


class ReasonNeeded(Refusal):
    """The data of minors are looked at only for a reason that is kept."""

    status = 422


class NotYours(Refusal):
    """Somebody else has to do this."""


class GuardianAgrees(Refusal):
    """Whether photos of a minor are shown is for their guardian to say (R41)."""


class NoticeStays(Refusal):
    """The notice is what the account rests on; to take it back is to leave."""


def set_password(
    person_id: int, password: str, *, now: datetime, must_change: bool = False
) -> None:
    """Give a person another password and end all their sessions.

    Raises WeakPassword. With `must_change` they choose their own at the next log-in (R54).
    """
    person = queries.get(person_id)
    passwords.check(password, name=person.name, phone=person.phone or "")
    if person.must_change_password_since and passwords.fits(person.password_hash, password):
        raise passwords.WeakPassword(_("This is the password you were given; choose another one."))
    person.password_hash = passwords.hashed(password)
    person.session_stamp = token_hex(4)
    person.must_change_password_since = now if must_change else None
    audit.record("password.update", person_id, object_kind="person", object_id=person_id)


def give_password(person_id: int, *, paths: tuple[str, ...], now: datetime, by_id: int) -> str:
    """Make a password that somebody tells a person who forgot theirs; used once (R54, W22).

    Whoever has a role can only be helped by an officer above it (`paths`); raises NotYours.
    """
    held = duties.roles_of(person_id)
    if any(not place.path.startswith(paths) for role, place in held if role.ended_at is None):
        raise NotYours(_("Only the district office can give a new password to staff."))
    if queries.get(person_id).phone is None:
        raise NotYours(_("Somebody without a phone number cannot log in; add the number first."))
    password = "".join(choice(LETTERS) for _n in range(4)).title()
    password += "-" + "".join(choice(FIGURES) for _n in range(4))
    set_password(person_id, password, now=now, must_change=True)
    audit.record("password.give", by_id, object_kind="person", object_id=person_id)
    return password


def disclose(person: Person, reason: str, *, now: datetime, by_id: int) -> None:
    """Write down that staff looked at somebody's phone; for minors only with a reason (R50)."""
    if queries.is_minor(person.birth_date, dates.local_date(now)) and not reason:
        raise ReasonNeeded(
            _("To see the data of somebody under 18, write down what you need them for.")
        )
    audit.record("person.disclose", by_id, object_kind="person", object_id=person.id, note=reason)


def check_password(person_id: int, password: str) -> None:
    """Raise WrongPassword unless this is the person's password."""
    if not passwords.fits(queries.get(person_id).password_hash, password):
        raise WrongPassword(_("This is not your password. Type the one you log in with."))


def give_consent(
    person_id: int, kind: str, version: str, *, now: datetime, given_by: str = "self"
) -> None:
    """Write down that a person agrees to one thing, with the version of the text (R46, R47).

    Raises GuardianAgrees for what a minor cannot agree to alone (R41).
    """
    born = queries.get(person_id).birth_date
    if kind == ConsentKind.PUBLISH_PHOTO and queries.is_minor(born, dates.local_date(now)):
        raise GuardianAgrees(
            _(
                "Under 18, a guardian agrees that photos are shown: on their own account, under "
                "“My data”, with the name and phone you gave as theirs."
            )
        )
    given = Consent(person_id=person_id, kind=kind, version=version, given_at=now)
    given.given_by = given_by
    _keep(given, by_id=person_id)


def give_photo_consent(child_id: int, version: str, *, by_id: int, now: datetime) -> None:
    """Write down that a guardian agrees that photos of their child are shown (R41)."""
    given = Consent(person_id=child_id, kind=ConsentKind.PUBLISH_PHOTO, version=version)
    given.given_at, given.given_by = now, "guardian"
    _keep(given, by_id=by_id)


def withdraw_consent(
    person_id: int, kind: str, *, now: datetime, guardian_id: int | None = None
) -> None:
    """Write down that a person, or their guardian for them, no longer agrees.

    Names and photos disappear from pages at once (R40).
    """
    if kind in NEEDED:
        raise NoticeStays(
            _("Without this consent there can be no account. You can delete your account instead.")
        )
    if _withdraw(person_id, kind, now):
        versions.bump("names")
        _noted("consent.withdraw", person_id, kind, by_id=guardian_id or person_id)


def change_profile(
    person_id: int, *, phone: str, community_id: int | None, unit_id: int | None
) -> None:
    """Change where somebody lives and works and which phone they use.

    Raises AlreadyRegistered or PhoneFull.
    """
    person = queries.get(person_id)
    registration.check_phone(phone, person.name, person.birth_date, person_id=person_id)
    person.phone, person.community_id, person.unit_id = phone, community_id, unit_id
    audit.record("person.update", person_id, object_kind="person", object_id=person_id)


def prefer(
    person_id: int,
    *,
    locale: str | None = None,
    large_text: bool | None = None,
    position: bool | None = None,
    now: datetime,
) -> None:
    """Keep the language or the size of type somebody chose, or whether to see their place (R74)."""
    person = queries.get(person_id)
    if locale is not None:
        person.locale = locale
    if large_text is not None:
        person.large_text_since = now if large_text else None
    if position is not None:
        person.position_shown_since = now if position else None


def erase(person_id: int, *, now: datetime) -> None:
    """Remove everything that says who somebody is; their hours stay, without a name (R45)."""
    person = queries.get(person_id)
    on_duty = sa.select(Role.id).where(Role.person_id == person_id, Role.ended_at.is_(None))
    if db.session.scalar(on_duty.limit(1)) is not None:
        raise StillOnDuty(
            _("You still have a role. Ask the district office to end it first, then try again.")
        )
    erasing.send(person_id=person_id, now=now)
    person.name, person.pinyin, person.initials = "*", "", ""
    person.phone = person.birth_date = person.password_hash = person.calendar_token = None
    person.community_id = person.unit_id = person.must_change_password_since = None
    person.number, person.session_stamp = f"X{person.id:08}", token_hex(4)
    person.erased_at = now
    db.session.execute(sa.delete(Guardian).where(Guardian.person_id == person_id))
    open_ones = sa.update(Consent).where(
        Consent.person_id == person_id, Consent.withdrawn_at.is_(None)
    )
    db.session.execute(open_ones.values(withdrawn_at=now))
    versions.bump("names")
    audit.record("person.erase", person_id, object_kind="person", object_id=person_id)


def calendar_token(person_id: int, *, renew: bool = False) -> str:
    """Return the secret in the address of a person's calendar, made when it is first needed.

    With `renew` it is another one, and the address that was known until now is dead.
    """
    person = queries.get(person_id)
    if person.calendar_token is None or renew:
        person.calendar_token = token_urlsafe(CALENDAR_TOKEN_BYTES)
        audit.record("calendar.share", person_id, object_kind="person", object_id=person_id)
    return person.calendar_token


def _keep(given: Consent, *, by_id: int) -> None:
    """Keep a consent; the same again changes nothing, another version replaces the older one."""
    held = sa.select(Consent.id).where(
        Consent.person_id == given.person_id,
        Consent.kind == given.kind,
        Consent.version == given.version,
        Consent.withdrawn_at.is_(None),
    )
    if db.session.scalar(held) is not None:
        return
    _withdraw(given.person_id, given.kind, given.given_at)
    db.session.add(given)
    versions.bump("names")
    _noted("consent.give", given.person_id, given.kind, by_id=by_id)


def _noted(what: str, person_id: int, kind: str, *, by_id: int) -> None:
    audit.record(what, by_id, object_kind="person", object_id=person_id, note=kind)


def _withdraw(person_id: int, kind: str, now: datetime) -> bool:
    held = sa.update(Consent).where(
        Consent.person_id == person_id, Consent.kind == kind, Consent.withdrawn_at.is_(None)
    )
    ended = db.session.execute(held.values(withdrawn_at=now))
    return bool(ended.rowcount)  # type: ignore[attr-defined]
