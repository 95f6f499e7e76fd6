"""The code at the door, and what having scanned it is worth.

A code is a keyed digest of activity, direction and time step: nobody can make one without the
site's secret, and a photo of it is worthless a minute later (R17). Whoever scans a good one gets
a ticket that keeps the moment, so that logging in first costs nobody their place in time (W24).
"""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _

GRACE = 1  # steps that a code outlives its own
TICKET_LASTS = timedelta(minutes=10)  # long enough to log in on an old phone
DIGEST_BYTES = 9  # twelve letters in the address


class CodeWorthless(Refusal):
    """The code is too old, of another door, or was never a code."""


@dataclass(frozen=True)
class Shown:
    """A code as the coordinator's phone shows it."""

    code: str
    step: int
    seconds_left: int  # until it changes; it is good for one step more


@dataclass(frozen=True)
class Door:
    """One direction through the door of one activity."""

    activity_id: int
    direction: str


@dataclass(frozen=True)
class Codes:
    """Makes and checks codes with the site's secret; they change every `step` seconds."""

    secret: str
    step: int

    def shown(self, door: Door, now: datetime) -> Shown:
        """Return the code to show now."""
        number, into = divmod(int(_seconds(now)), self.step)
        return Shown(self._code(door, number), number, self.step - into)

    def fit(self, code: str, door: Door, now: datetime) -> bool:
        """Tell whether this is the door's code now, or was until one step ago."""
        number = int(_seconds(now)) // self.step
        good = [self._code(door, number - late) for late in range(GRACE + 1)]
        return any(hmac.compare_digest(code.encode(), one.encode()) for one in good)

    def ticket(self, door: Door, holder: str, scanned_at: datetime) -> str:
        """Return what proves that `holder` (a browser or a person) scanned at that moment."""
        moment = round(_seconds(scanned_at))
        return self._tickets().dumps([door.activity_id, door.direction, holder, moment])

    def scanned_at(self, code: str, door: Door, holders: set[str], now: datetime) -> datetime:
        """Return when this code or ticket was scanned; raises CodeWorthless.

        A ticket counts only for the one it was given to, so that nobody can pass it on.
        """
        if self.fit(code, door, now):
            return now
        try:
            *whose, holder, moment = self._tickets().loads(code)
        except (BadSignature, ValueError):
            raise CodeWorthless(_worthless(self.step)) from None
        scanned = datetime.fromtimestamp(moment, UTC).replace(tzinfo=None)
        if whose != [door.activity_id, door.direction] or holder not in holders:
            raise CodeWorthless(_worthless(self.step))
        if now - scanned > TICKET_LASTS:
            raise CodeWorthless(_worthless(self.step))
        return scanned

    def key(self, activity_id: int) -> bytes:
        """Return the key of one activity's codes, which its coordinator's phone may keep.

        Whoever has it can make the codes of this activity and of no other.
        """
        words = f"the codes at the door of {activity_id}".encode()
        return hmac.digest(self.secret.encode(), words, "sha256")

    def _code(self, door: Door, number: int) -> str:
        words = f"{door.direction} {number}".encode()
        digest = hmac.digest(self.key(door.activity_id), words, "sha256")
        return urlsafe_b64encode(digest[:DIGEST_BYTES]).decode()

    def _tickets(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt="ticket of the door")


def _seconds(moment: datetime) -> float:
    return moment.replace(tzinfo=UTC).timestamp()


def _worthless(step: int) -> str:
    return _(
        "This code is not valid any more. Scan the one that the coordinator's phone shows now; "
        "it changes every %(step)d seconds.",
        step=step,
    )
