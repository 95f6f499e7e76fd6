"""A certificate's number: twelve digits, easy to read aloud, hard to guess, a slip is noticed.

The year, nine digits of chance, and Damm's check digit: 2648 3917 5023.
"""

import re
import secrets
import unicodedata
from datetime import date
from typing import Final

from volunteer_site.attendance.sheets.numbers import check_digit

DIGITS: Final = 9  # of chance
GROUP: Final = 4
LENGTH: Final = 12
_NOT_A_SIGN = re.compile(r"[\s\-\u2010-\u2015]")


class Mistyped(ValueError):
    """What was typed cannot be the number of a certificate."""


def new(day: date) -> str:
    """Return a number for a certificate issued on this day; that nobody has it, others check."""
    digits = f"{day.year % 100:02}{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    return digits + str(check_digit(digits))


def read(typed: str) -> str:
    """Return the number that was typed, with blanks or as an address; raises Mistyped."""
    digits = _NOT_A_SIGN.sub("", unicodedata.normalize("NFKC", typed)).rpartition("/")[2]
    fits = re.fullmatch(rf"[0-9]{{{LENGTH}}}", digits) is not None
    if not fits or check_digit(digits) != 0:
        raise Mistyped(typed)
    return digits


def spaced(number: str) -> str:
    """Return a number as people read it: 2648 3917 5023."""
    return " ".join(number[at : at + GROUP] for at in range(0, len(number), GROUP))
