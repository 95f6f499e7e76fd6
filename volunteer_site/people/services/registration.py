"""Becoming a volunteer: the rules about age, consent and shared phones."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from secrets import token_hex

import sqlalchemy as sa

from volunteer_site.core import audit, dates, pinyin, text, turns
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.people import passwords, queries
from volunteer_site.people.models import Consent, ConsentKind, Guardian, LoginAttempt, Person

YOUNGEST = 8  # R49
OWN_CONSENT = 14  # R49: younger ones need a second consent
MOST_ON_A_PHONE = 8
MOST_AN_HOUR = 60  # registrations from one network; a school class must get through
LOGIN = "/login"
REGISTRATION = "register"


class TooYoung(Refusal):
    """Children under eight take part with a parent and have no account of their own."""


class GuardianNeeded(Refusal):
    """Under 18, a parent or guardian has to agree."""


class ConsentNeeded(Refusal):
    """Without the notice nothing may be kept about anybody."""


class AlreadyRegistered(Refusal):
    """The same name, birth date and phone are known."""


class PhoneFull(Refusal):
    """So many people cannot share one phone."""


class TooManyRegistrations(Refusal):
    """One network registers more people than a school class."""

    status = 429


@dataclass(frozen=True)
class GuardianWords:
    """Who answers for a minor; filling this in is their consent."""

    name: str
    phone: str


@dataclass(frozen=True)
class Newcomer:
    """What somebody tells the site when they register; names and phones are in the kept form."""

    name: str
    phone: str | None
    birth_date: date | None
    password_hash: str | None
    community_id: int | None = None
    unit_id: int | None = None
    guardian: GuardianWords | None = None
    consents: frozenset[str] = field(default_factory=frozenset)
    locale: str = "zh_CN"
    large_text: bool = False


def register(newcomer: Newcomer, version: str, *, now: datetime) -> Person:
    """Make an account for somebody who registers by themselves (R24, R46, R47, R49).

    `version` is that of the notice they saw. Raises TooYoung, GuardianNeeded, ConsentNeeded,
    AlreadyRegistered or PhoneFull.
    """
    _check_age(newcomer, dates.local_date(now))
    if ConsentKind.NOTICE not in newcomer.consents:
        raise ConsentNeeded(_("To register, please read the privacy notice and agree to it."))
    if newcomer.phone is not None:
        check_phone(newcomer.phone, newcomer.name, newcomer.birth_date)
    person = add_person(newcomer, now=now)
    by_guardian = queries.is_minor(newcomer.birth_date, dates.local_date(now))
    _keep_consents(person.id, newcomer, version, by_guardian=by_guardian, now=now)
    audit.record("person.create", person.id, object_kind="person", object_id=person.id)
    return person


def prepared(password: str, *, name: str, phone: str) -> str:
    """Return what is kept of a good password; raises WeakPassword.

    Slow on purpose: call it before the transaction, so that nobody waits for it.
    """
    passwords.check(password, name=name, phone=phone)
    return passwords.hashed(password)


def add_person(newcomer: Newcomer, *, now: datetime) -> Person:
    """Keep a person as told, without asking about age and consent: for staff and for registering.

    Somebody without a phone has no password and cannot log in (R23).
    """
    letters, initials = pinyin.name_keys(newcomer.name)
    person = Person(
        number=f"new-{token_hex(8)}",
        name=newcomer.name,
        pinyin=letters,
        initials=initials,
        phone=newcomer.phone,
        birth_date=newcomer.birth_date,
        password_hash=newcomer.password_hash,
        session_stamp=token_hex(4),
        community_id=newcomer.community_id,
        unit_id=newcomer.unit_id,
        locale=newcomer.locale,
        large_text_since=now if newcomer.large_text else None,
        created_at=now,
    )
    db.session.add(person)
    db.session.flush()
    person.number = f"V{dates.local_date(now):%y}{person.id:08}"
    return person


def count_network(address_digest: str, *, now: datetime) -> None:
    """Raise TooManyRegistrations if this network registered too many people within an hour.

    Counts this one as a try to log in, whose phone is the word `register`.
    """
    turns.wait_for(f"register {address_digest}")
    count = sa.select(sa.func.count()).where(
        LoginAttempt.phone_digest == REGISTRATION,
        LoginAttempt.address_digest == address_digest,
        LoginAttempt.at > now - timedelta(hours=1),
    )
    if (db.session.scalar(count) or 0) >= MOST_AN_HOUR:
        raise TooManyRegistrations(
            _(
                "%(number)s people registered from your network within an hour, which is the "
                "limit. Try again in an hour, or use another network.",
                number=MOST_AN_HOUR,
            )
        )
    tried = LoginAttempt(at=now, phone_digest=REGISTRATION, address_digest=address_digest)
    tried.succeeded_at = now
    db.session.add(tried)


def check_phone(
    phone: str, name: str, birth_date: date | None, *, person_id: int | None = None
) -> None:
    """Raise AlreadyRegistered or PhoneFull unless this person may use this phone (R24)."""
    turns.wait_for(f"phone {phone}")
    known = [one for one in queries.by_phone(phone) if one.id != person_id]
    if any((one.name, one.birth_date) == (name, birth_date) for one in known):
        raise AlreadyRegistered(
            _(
                "%(name)s is registered with this phone already. Log in instead; if the password "
                "is forgotten, ask your community for a new one.",
                name=name,
            ),
            link=(LOGIN, _("Log in")),
        )
    if len(known) >= MOST_ON_A_PHONE:
        raise PhoneFull(
            _(
                "%(number)s people use this phone already, which is the limit. Use another "
                "phone, or ask your community to add you without one.",
                number=len(known),
            )
        )


def _check_age(newcomer: Newcomer, today: date) -> None:
    if newcomer.birth_date is None:
        return
    age = queries.age(newcomer.birth_date, today)
    if age < YOUNGEST:
        raise TooYoung(
            _(
                "Children under %(least)s have no account of their own. Register yourself and "
                "bring your child along.",
                least=YOUNGEST,
            )
        )
    if age < queries.ADULT and newcomer.guardian is None:
        raise GuardianNeeded(_("Under 18, a parent or guardian has to agree. Please add them."))
    if age < OWN_CONSENT and ConsentKind.UNDER_14 not in newcomer.consents:
        raise ConsentNeeded(
            _("Under 14, a parent or guardian also has to agree to the rules for children.")
        )


def _keep_consents(
    person_id: int, newcomer: Newcomer, version: str, *, by_guardian: bool, now: datetime
) -> None:
    for kind in sorted(newcomer.consents):
        consent = Consent(person_id=person_id, kind=kind, version=version, given_at=now)
        consent.given_by = "guardian" if by_guardian else "self"
        db.session.add(consent)
    if by_guardian and newcomer.guardian is not None:
        guardian = Guardian(person_id=person_id, name=text.normalise_name(newcomer.guardian.name))
        guardian.phone, guardian.version = newcomer.guardian.phone, version
        guardian.consented_at = now
        db.session.add(guardian)
