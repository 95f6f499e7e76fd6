"""Signing up, waiting, withdrawing. Call the changes inside a `write_transaction`."""

from volunteer_site.signups.services.places import (
    follow_shift,
    join_waitlist,
    promote,
    take_place,
    withdraw,
    withdrawing,
)
from volunteer_site.signups.services.refusals import (
    ReasonMissing,
    ShiftFull,
    ShiftNotChosen,
    SignupClosed,
    TimesClash,
    TooLate,
    TooYoung,
)
from volunteer_site.signups.services.rules import allow, allow_place, full_words
from volunteer_site.signups.services.walk_ins import add_walk_in

__all__ = [
    "ReasonMissing",
    "ShiftFull",
    "ShiftNotChosen",
    "SignupClosed",
    "TimesClash",
    "TooLate",
    "TooYoung",
    "add_walk_in",
    "allow",
    "allow_place",
    "follow_shift",
    "full_words",
    "join_waitlist",
    "promote",
    "take_place",
    "withdraw",
    "withdrawing",
]
