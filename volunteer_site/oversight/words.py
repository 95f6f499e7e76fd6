"""What marks, proofs, states and steps are called on the pages of objections and complaints."""

from volunteer_site.core.words import lazy_gettext as _l

METHODS = {
    "scan": _l("scanned the code at the door"),
    "card": _l("showed the personal code"),
    "tick": _l("ticked off by the coordinator"),
    "paper": _l("from the paper sheet"),
    "late": _l("entered later"),
    "closing": _l("set when the activity was closed"),
}
DIRECTIONS = {"in": _l("Checked in"), "out": _l("Checked out")}
PROOFS = {
    "scanned": _l("Scanned the code at the door"),
    "ticked": _l("Ticked off by the coordinator"),
    "paper": _l("From the paper sheet"),
    "late": _l("Entered later"),
}
KINDS = {
    "credit": _l("Entered"),
    "reversal": _l("Taken back"),
    "correction": _l("Corrected"),
}
SOURCES = {
    "self": _l("signed up by themselves"),
    "walk_in": _l("added at the door"),
    "proxy": _l("signed up by somebody else"),
}
WISHES = {
    "minutes": _l("The minutes are wrong"),
    "absent": _l("I was not there"),
    "other": _l("Something else is wrong"),
    "missing": _l("An activity is missing"),
}
STATES = {  # words, tone
    "open": (_l("Waiting for an answer"), "warn"),
    "accepted": (_l("Found right, hours are being entered"), "info"),
    "agreed": (_l("Found right"), "good"),
    "refused": (_l("Refused by the community"), "bad"),
    "escalated": (_l("With the district office"), "warn"),
    "upheld": (_l("Found right by the office"), "good"),
    "rejected": (_l("Refused by the office"), "bad"),
    "withdrawn": (_l("Objection withdrawn"), ""),
}
STEPS = {
    "opened": _l("Objected"),
    "said": _l("Added"),
    "accepted": _l("Found right; hours still have to be entered"),
    "agreed": _l("Found right"),
    "refused": _l("Refused, with this reason"),
    "escalated": _l("Taken to the district office"),
    "upheld": _l("Found right by the office"),
    "rejected": _l("Refused by the office, with this reason"),
    "withdrawn": _l("Objection withdrawn"),
}
