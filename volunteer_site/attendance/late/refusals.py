"""Why nothing can be entered late, or not be granted."""

from volunteer_site.core.errors import Refusal


class NotLateYet(Refusal):
    """The door is still open, so people are ticked there (R23)."""


class TooLate(Refusal):
    """More than ten working days have passed (R21)."""


class NotForYourself(Refusal):
    """Nobody asks for their own hours (R22)."""


class ThereAlready(Refusal):
    """The person is on the record of this activity."""


class AskedBefore(Refusal):
    """Somebody else has asked for this person already."""


class NoRoom(Refusal):
    """There would be more people than the activity had places (R21)."""


class Unbelievable(Refusal):
    """Times outside the shift, or a reason that says nothing; `field` is what to correct (R21)."""

    status = 422

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class NotYours(Refusal):
    """A second person decides: neither who asked nor whom it is about (R21, R22)."""


class Settled(Refusal):
    """It was decided or withdrawn in the meantime."""


class NothingCounts(Refusal):
    """Not a minute of it would be credited (R6, R11)."""
