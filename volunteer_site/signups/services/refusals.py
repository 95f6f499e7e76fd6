"""Why somebody cannot sign up, or cannot withdraw."""

from volunteer_site.core.errors import Refusal


class SignupClosed(Refusal):
    """Nobody can sign up for this activity now."""


class ShiftFull(Refusal):
    """Every place of the shift is taken."""


class OthersFirst(ShiftFull):
    """Places are scarce and the person has stayed away too often of late (R16)."""


class ShiftNotChosen(Refusal):
    """The activity has several shifts and none was chosen."""

    status = 422


class TimesClash(Refusal):
    """The person has promised to be somewhere else at that time."""


class TooYoung(Refusal):
    """The activity is for older people (R49)."""


class ReasonMissing(Refusal):
    """After the deadline a withdrawal says why (R16)."""

    status = 422


class TooLate(Refusal):
    """The activity has begun."""
