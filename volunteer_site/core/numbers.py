"""Numbers as records and certificates show them."""

from volunteer_site.core.words import ngettext

UNIT = 30  # R4, in minutes
_DIGITS = "〇一二三四五六七八九"


def show_hours(minutes: int, unit: int = UNIT) -> str:
    """Return minutes as hours, in whole units of so many minutes, rounded down: 59 → 0.5 (R4).

    Never shows more than was served: add up minutes first and show the sum. A correction, below
    zero, shows what it takes back from an entry of the same size.
    """
    hundredths = abs(minutes) // unit * unit * 100 // 60
    if not hundredths:
        return "0"
    hours = f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    return f"-{hours}" if minutes < 0 else hours


def in_hours(shown: str) -> str:
    """Say hours as they are shown: 1 → 1 hour, 2.5 → 2.5 hours."""
    return ngettext("%(shown)s hour", "%(shown)s hours", 1 if shown == "1" else 2, shown=shown)


def pages(count: int, at_once: int) -> int:
    """Return how many pages hold so many things; an empty list is a page too."""
    return max(1, -(-count // at_once))


def in_digits(number: int) -> str:
    """Write a year digit by digit in Chinese, zero as U+3007: 2010 → 二〇一〇."""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def in_numerals(number: int) -> str:
    """Count from 1 to 99 in Chinese: 十, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    count = "" if tens < 2 else _DIGITS[tens]  # noqa: PLR2004 -- 十, not 一十
    return count + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
