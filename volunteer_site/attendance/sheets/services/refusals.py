"""Why a sheet is not printed or not entered."""

from volunteer_site.core.errors import Refusal


class NothingNew(Refusal):
    """Everybody with a place is on a sheet already."""


class NotPublished(Refusal):
    """A draft has nobody who could sign."""


class EnteredAlready(Refusal):
    """The same person has entered this sheet, or two people have."""


class TooLateForPaper(Refusal):
    """The activity is closed, or its 10 working days are over (R8)."""


class RowRefused(Refusal):
    """One row cannot be entered; `number` says which."""

    def __init__(self, number: int, refusal: Refusal) -> None:
        super().__init__(str(refusal), link=refusal.link)
        self.number = number
        self.refusal = refusal
