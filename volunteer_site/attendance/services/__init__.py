"""What happens at the door and after it. Call inside a `write_transaction`."""

from volunteer_site.attendance.services.closing import check_closable, close
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
    KnownAlready,
    NotBegun,
    NotGrownUp,
    NotIn,
    NotOnTheList,
    SameName,
    TooYoung,
)
from volunteer_site.attendance.services.rules import allow_scan, allow_tick, roster_hours
from volunteer_site.attendance.services.walk_ins import Told, add_newcomer, walk_in

__all__ = [
    "DoorClosed",
    "KnownAlready",
    "NotBegun",
    "NotGrownUp",
    "NotIn",
    "NotOnTheList",
    "Outcome",
    "SameName",
    "Seen",
    "Told",
    "TooYoung",
    "add_newcomer",
    "allow_scan",
    "allow_tick",
    "check_closable",
    "check_in",
    "check_out",
    "close",
    "roster_hours",
    "tick",
    "ticked",
    "undo",
    "walk_in",
]
