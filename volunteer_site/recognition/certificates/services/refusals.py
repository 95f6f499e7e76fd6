"""Why a certificate is not issued, not voided, or not shown."""

from volunteer_site.core.errors import Refusal


class NotEnough(Refusal):
    """One of the three musts is missing: hours, what was done, recorder (R31)."""

    status = 422


class NotForOneself(Refusal):
    """Nobody decides about their own certificate (R22)."""


class AlreadyDecided(Refusal):
    """Somebody decided about it before, or it was withdrawn."""


class IsVoid(Refusal):
    """It does not hold any more, so it is not handed out."""


class TooManyTries(Refusal):
    """Somebody guessed too often; the message says when to try again."""

    status = 429
