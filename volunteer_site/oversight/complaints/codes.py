"""The secret with which a complainant follows a complaint; only a keyed digest of it is kept."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

LETTERS: Final = "ACDEFGHJKLMNPQRTUVWXY34679"  # none that can be mixed up with another
LENGTH: Final = 16
GROUP: Final = 4


@dataclass(frozen=True)
class Codes:
    """Makes codes, and what is kept of them and of network addresses."""

    secret: str

    def digest(self, words: str) -> str:
        """Return what is kept instead of a code or an address."""
        return hmac.new(self.secret.encode(), words.encode(), hashlib.sha256).hexdigest()[:32]

    def of(self, code: str) -> str:
        """Return what is kept of a code, however it was typed."""
        return self.digest(f"complaint {plain(code)}")


def new() -> str:
    """Return a code that nobody can guess, in groups of four."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def plain(code: str) -> str:
    """Return a code without hyphens and blanks, in capitals."""
    return "".join(letter for letter in code.upper() if letter in LETTERS)


def grouped(code: str) -> str:
    """Return a code as people read it, four letters at a time."""
    letters = plain(code)
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
