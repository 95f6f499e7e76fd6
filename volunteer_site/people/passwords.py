"""Passwords: which are good enough, and how they are kept (R54)."""

import re
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _

SHORTEST, LONGEST = 8, 128
KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
KINDS_NEEDED = 3
COSTS = {"full": (3, 19_456), "low": (1, 8)}  # rounds, KiB
COMMON = {"password1", "passw0rd", "aa123456", "abc12345", "abcd1234", "qwer1234", "a1234567"}


class WeakPassword(Refusal):
    """The password is too easy to guess."""

    status = 422


def check(password: str, *, name: str = "", phone: str = "") -> None:
    """Raise WeakPassword unless the password is good enough, with what to do (R54)."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(
            _(
                "The password has %(number)s characters; it needs %(least)s to %(most)s.",
                number=len(password),
                least=SHORTEST,
                most=LONGEST,
            )
        )
    if sum(bool(re.search(kind, password)) for kind in KINDS) < KINDS_NEEDED:
        raise WeakPassword(
            _("Use three of these in the password: small letters, capitals, digits, signs.")
        )
    _check_guesses(password.lower(), {name.lower(), phone})


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    return _hasher().hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Tell whether this is the password; takes as long if there is none to compare with."""
    try:
        return _hasher().verify(kept or _nobodys(_hasher()), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def _check_guesses(password: str, own: set[str]) -> None:
    if password in COMMON or any(part and part in password for part in own):
        raise WeakPassword(
            _("This password is easy to guess: choose one without your name, phone or a known row.")
        )


def _hasher() -> PasswordHasher:
    return _hasher_of(current_app.config["PASSWORD_COST"])


@cache
def _hasher_of(cost: str) -> PasswordHasher:
    rounds, memory = COSTS[cost]
    return PasswordHasher(time_cost=rounds, memory_cost=memory, parallelism=1)


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash("nobody has this password")
