"""Printing, entering and correcting sheets. Call inside a `write_transaction`."""

from volunteer_site.attendance.sheets.services.correcting import Change, correct
from volunteer_site.attendance.sheets.services.entering import (
    Entered,
    check_enterable,
    check_turn,
    enter,
)
from volunteer_site.attendance.sheets.services.marking import Read
from volunteer_site.attendance.sheets.services.printing import mark_unused, mark_used, print_sheet
from volunteer_site.attendance.sheets.services.refusals import (
    EnteredAlready,
    NothingNew,
    NotPublished,
    RowRefused,
    TooLateForPaper,
)

__all__ = [
    "Change",
    "Entered",
    "EnteredAlready",
    "NotPublished",
    "NothingNew",
    "Read",
    "RowRefused",
    "TooLateForPaper",
    "check_enterable",
    "check_turn",
    "correct",
    "enter",
    "mark_unused",
    "mark_used",
    "print_sheet",
]
