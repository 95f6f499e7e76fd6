"""Signing up, waiting, withdrawing. Call the changes inside a `write_transaction`."""

from volunteer_site.signups.absences.services import (
    ReasonNeeded,
    came_after_all,
    excuse,
    note_no_shows,
    withdraw_excuse,
)
from volunteer_site.signups.services.places import (
    follow_shift,
    join_waitlist,
    promote,
    take_place,
    withdraw,
    withdrawing,
)
from volunteer_site.signups.services.refusals import (
    OthersFirst,
    ReasonMissing,
    ShiftFull,
    ShiftNotChosen,
    SignupClosed,
    TimesClash,
    TooLate,
    TooYoung,
)
from volunteer_site.signups.services.rules import (
    allow,
    allow_place,
    full_words,
    others_first,
    priority,
    refuse_scarce,
)
from volunteer_site.signups.services.walk_ins import add_walk_in

__all__ = [
    "OthersFirst",
    "ReasonMissing",
    "ReasonNeeded",
    "ShiftFull",
    "ShiftNotChosen",
    "SignupClosed",
    "TimesClash",
    "TooLate",
    "TooYoung",
    "add_walk_in",
    "allow",
    "allow_place",
    "came_after_all",
    "excuse",
    "follow_shift",
    "full_words",
    "join_waitlist",
    "note_no_shows",
    "others_first",
    "priority",
    "promote",
    "refuse_scarce",
    "take_place",
    "withdraw",
    "withdraw_excuse",
    "withdrawing",
]
