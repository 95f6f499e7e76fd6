"""The volunteer's own code: a QR on their phone or on paper, which the coordinator's phone reads.

It says the volunteer number and ten characters that only this site can make, so that nobody can
write another person's code. It holds nothing else about anybody.
"""

import hmac
import unicodedata
from base64 import b32encode
from dataclasses import dataclass

from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _

LETTERS = 10  # fifty bits
USUAL, CLEAR = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
WRITTEN = str.maketrans(USUAL, CLEAR)  # no I, L, O, U: nobody reads them as 1, 0 or V
READ = str.maketrans("OIL", "011")
LONGEST = 60  # what anybody would type


class CardUnknown(Refusal):
    """What was read is not the code of a volunteer of this site."""


@dataclass(frozen=True)
class Cards:
    """Makes and reads the volunteers' own codes with the site's secret."""

    secret: str
    former: tuple[str, ...] = ()  # secrets of before: a code saved or printed then is as good

    def code(self, number: str) -> str:
        """Return the code of a volunteer number, such as V2600000017.3F8K2M9QXT."""
        return f"{_plain(number)}.{_letters(_plain(number), self.secret)}"

    def number(self, code: str) -> str:
        """Return whose code this is; raises CardUnknown.

        Small letters, blanks, a missing dot, O for 0 and I for 1 do no harm.
        """
        typed = _plain(code[:LONGEST])
        number, letters = typed[:-LETTERS], typed[-LETTERS:]
        if not number or not self._made(number, letters):
            raise CardUnknown(
                _(
                    "This is not a personal code of this site. Let the volunteer open “My code” "
                    "on their page, or look for their name on the roster."
                )
            )
        return number

    def _made(self, number: str, letters: str) -> bool:
        return any(
            hmac.compare_digest(letters, _letters(number, secret))
            for secret in (self.secret, *self.former)
        )


def _letters(number: str, secret: str) -> str:
    key = hmac.digest(secret.encode(), b"the volunteers' own codes", "sha256")
    digest = hmac.digest(key, number.encode(), "sha256")
    return b32encode(digest).decode().translate(WRITTEN)[:LETTERS]


def _plain(typed: str) -> str:
    """Return letters and digits only, as they are printed."""
    known = unicodedata.normalize("NFKC", typed).upper()
    return "".join(one for one in known if one.isascii() and one.isalnum()).translate(READ)
