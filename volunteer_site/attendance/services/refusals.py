"""Why the door does not let a mark be made."""

from volunteer_site.core.errors import Refusal


class DoorClosed(Refusal):
    """It is too early or too late, or the activity is over (R18)."""


class NotOnTheList(Refusal):
    """The person has no place in the activity."""


class NotIn(Refusal):
    """Who did not come in cannot go out."""


class TooYoung(Refusal):
    """The activity is for older people (R49)."""


class NotBegun(Refusal):
    """What has not begun cannot be closed."""


class IsHere(Refusal):
    """Who has come cannot be excused."""


class TooLateToUndo(Refusal):
    """A tap for many people is taken back within a minute only."""


class NotGrownUp(Refusal):
    """A minor is registered with a guardian, not written down at the door (R49)."""


class KnownAlready(Refusal):
    """The site knows this name with this phone."""


class SameName(Refusal):
    """Somebody of that name is on the list; it may be the same form sent twice."""
