"""Why the ledger refuses a line."""

from volunteer_site.core.errors import Refusal


class RecordIncomplete(Refusal):
    """A fact is missing that a service record must have (R1)."""


class MinutesWrong(Refusal):
    """More minutes than the service lasted, or fewer than none (R5)."""

    status = 422


class CountedTwice(Refusal):
    """The same minutes were already credited to this person elsewhere (R6)."""


class AlreadyReversed(Refusal):
    """The entry was taken back before."""


class NotCorrectable(Refusal):
    """The line cannot be corrected in this way, or not by this person (R13, R22)."""

    status = 422


class DayFull(Refusal):
    """More minutes on a day than count without a second person (R7)."""

    status = 422
