"""What happens at the door and after it. Call inside a `write_transaction`."""

from volunteer_site.attendance.services.closing import check_closable, close
from volunteer_site.attendance.services.excuses import excuse, take_back
from volunteer_site.attendance.services.marks import (
    Outcome,
    Seen,
    check_in,
    check_out,
    tick,
    ticked,
    undo,
)
from volunteer_site.attendance.services.refusals import (
    DoorClosed,
    IsHere,
    KnownAlready,
    NotBegun,
    NotGrownUp,
    NotIn,
    NotOnTheList,
    SameName,
    TooLateToUndo,
    TooYoung,
)
from volunteer_site.attendance.services.roll_calls import (
    UNDO,
    all_present,
    last_call,
    take_back_call,
)
from volunteer_site.attendance.services.rules import allow_scan, allow_tick, roster_hours
from volunteer_site.attendance.services.walk_ins import Told, add_newcomer, walk_in

__all__ = [
    "UNDO",
    "DoorClosed",
    "IsHere",
    "KnownAlready",
    "NotBegun",
    "NotGrownUp",
    "NotIn",
    "NotOnTheList",
    "Outcome",
    "SameName",
    "Seen",
    "Told",
    "TooLateToUndo",
    "TooYoung",
    "add_newcomer",
    "all_present",
    "allow_scan",
    "allow_tick",
    "check_closable",
    "check_in",
    "check_out",
    "close",
    "excuse",
    "last_call",
    "roster_hours",
    "take_back",
    "take_back_call",
    "tick",
    "ticked",
    "undo",
    "walk_in",
]
