"""Posting hours, taking them back, sealing the ledger. Call inside a `write_transaction`."""

from volunteer_site.hours.checks import Report, verify
from volunteer_site.hours.services.corrections import correct, reverse
from volunteer_site.hours.services.credits import Credit, Facts
from volunteer_site.hours.services.posting import post
from volunteer_site.hours.services.refusals import (
    AlreadyReversed,
    CountedTwice,
    DayFull,
    MinutesWrong,
    NotCorrectable,
    RecordIncomplete,
)
from volunteer_site.hours.services.sealing import days_due, seal
from volunteer_site.hours.services.totals import rebuild_totals
from volunteer_site.hours.services.turns import posted, take_turns

__all__ = [
    "AlreadyReversed",
    "CountedTwice",
    "Credit",
    "DayFull",
    "Facts",
    "MinutesWrong",
    "NotCorrectable",
    "RecordIncomplete",
    "Report",
    "correct",
    "days_due",
    "post",
    "posted",
    "rebuild_totals",
    "reverse",
    "seal",
    "take_turns",
    "verify",
]
