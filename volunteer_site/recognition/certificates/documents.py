"""身份证件: named on a certificate if the person wants it, with its number masked (R31, R52).

The number itself is never kept: only what is printed, and a keyed digest of its last four signs
with which somebody who has seen it can check the certificate.
"""

import re
import unicodedata
from datetime import date
from typing import Final, NamedTuple

from volunteer_site.core.text import mask_id

KINDS: Final = (
    "居民身份证",
    "护照",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "其他证件",
)
LAST: Final = 4
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"


class Wrong(ValueError):
    """What was typed cannot be the number of such a document."""


class Document(NamedTuple):
    """A document as it is printed, and the digest of its end; nothing if it is not named."""

    words: str = ""
    digest: str = ""


def tidy(kind: str, number: str) -> str:
    """Return the number without blanks, in capitals; raises Wrong if it cannot be one (R70)."""
    digits = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", number)).upper()
    known = re.fullmatch("[0-9A-Z]{6,20}", digits) is not None
    if not known or (kind == KINDS[0] and not is_id_number(digits)):
        raise Wrong(number)
    return digits


def printed(kind: str, number: str) -> str:
    """Return how the document stands on the certificate: 居民身份证 35*************123."""
    return f"{kind} {mask_id(number)}"


def last_signs(typed: str) -> str:
    """Return the last four signs of what was typed, in capitals."""
    return unicodedata.normalize("NFKC", typed).strip().upper()[-LAST:]


def is_id_number(number: str) -> bool:
    """Tell whether 18 signs are an identity number: a day of birth and the check sign fit (R70)."""
    if not re.fullmatch("[0-9]{17}[0-9X]", number):
        return False
    weighed = sum(weight * int(sign) for weight, sign in zip(_WEIGHTS, number, strict=False))
    try:
        date.fromisoformat(number[6:14])
    except ValueError:
        return False
    return _CHECKS[weighed % 11] == number[-1]
