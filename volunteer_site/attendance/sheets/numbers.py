"""Numbers and codes that are printed, and typed again: a slip of the keyboard is noticed.

A sheet's number ends in Damm's check digit. A row's code ends in a check character, reckoned in
the field of 17 characters that nobody mixes up. Both notice any single wrong character, and any
two neighbours that have changed places.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import product
from random import SystemRandom
from typing import Final

FIRST: Final = 100_000  # so that all numbers are of one length
DAMM: Final = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
LETTERS: Final = "CFHJKMNPRTWXY"  # no vowels, so no words; nothing that looks like a digit
SIGNS: Final = LETTERS + "3479"
_NOT_A_SIGN = re.compile(r"[\s\-\u2010-\u2015]")


class Mistyped(ValueError):
    """What was typed cannot be the number of a sheet."""


def sheet_number(sheet_id: int) -> str:
    """Return the number that a sheet carries: 7 digits, the last one to check by; later 8."""
    digits = str(FIRST + sheet_id)
    return digits + str(check_digit(digits))


def sheet_id(typed: str) -> int:
    """Return which sheet a number means, typed with blanks or read off its QR; or Mistyped."""
    digits = _NOT_A_SIGN.sub("", unicodedata.normalize("NFKC", typed)).rpartition("/")[2]
    if not re.fullmatch(r"[0-9]{7,9}", digits) or check_digit(digits) != 0:
        raise Mistyped(typed)
    found = int(digits[:-1]) - FIRST
    if found < 1:
        raise Mistyped(typed)
    return found


def spaced(number: str) -> str:
    """Return a sheet's number as it is easy to read: 100 0017."""
    return f"{number[:-4]} {number[-4:]}"


def row_codes(count: int) -> list[str]:
    """Return so many codes without order: as short as it goes, beginning with a letter."""
    length = next(size for size in range(2, 9) if _many(size) >= count)
    codes: list[str] = SystemRandom().sample([*_codes(length)], count)
    return codes


def check_digit(digits: str) -> int:
    """Return Damm's check digit of some digits; 0 for digits that end in theirs."""
    interim = 0
    for digit in digits:
        interim = int(DAMM[interim][int(digit)])
    return interim


def is_code(typed: str) -> bool:
    """Tell whether these characters can be a row's code: the last one fits the others."""
    known = len(typed) > 1 and typed[0] in LETTERS and all(sign in SIGNS for sign in typed)
    return known and _sum(typed) == 0


def _many(length: int) -> int:
    return len(LETTERS) * int(len(SIGNS) ** (length - 1))


def _codes(length: int) -> Iterator[str]:
    for signs in product(LETTERS, *[SIGNS] * (length - 1)):
        said = "".join(signs)
        yield said + SIGNS[-_sum(said + SIGNS[0]) % len(SIGNS)]


def _sum(code: str) -> int:
    """Weigh each sign by its place from the end, 1, 2, 3 …: neighbours never weigh the same."""
    places = range(len(code), 0, -1)
    weighed = (place * SIGNS.index(sign) for place, sign in zip(places, code, strict=True))
    return sum(weighed) % len(SIGNS)
