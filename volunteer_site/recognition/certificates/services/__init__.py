"""Asking, issuing, voiding, checking. Call inside a `write_transaction`."""

from volunteer_site.recognition.certificates.services.asking import (
    Wish,
    ask,
    refuse,
    renew,
    set_terms,
    withdraw,
)
from volunteer_site.recognition.certificates.services.checking import Fit, Gate, check
from volunteer_site.recognition.certificates.services.issuing import approve, issue, issue_for
from volunteer_site.recognition.certificates.services.refusals import (
    AlreadyDecided,
    IsVoid,
    NotEnough,
    NotForOneself,
    TooManyTries,
)
from volunteer_site.recognition.certificates.services.voiding import (
    forget_person,
    void,
    void_after,
)

__all__ = [
    "AlreadyDecided",
    "Fit",
    "Gate",
    "IsVoid",
    "NotEnough",
    "NotForOneself",
    "TooManyTries",
    "Wish",
    "approve",
    "ask",
    "check",
    "forget_person",
    "issue",
    "issue_for",
    "refuse",
    "renew",
    "set_terms",
    "void",
    "void_after",
    "withdraw",
]
