"""What classes, states, routes and answers are called (R43: 推选, never 表彰)."""

from volunteer_site.core.words import lazy_gettext as _l

KINDS = {
    "help": _l("Helping others"),
    "courage": _l("Courage for what is right"),
    "honesty": _l("Honesty and good faith"),
    "devotion": _l("Devotion to one's work"),
    "family": _l("Caring for parents and family"),
}
SIGNS = {"help": "助", "courage": "义", "honesty": "信", "devotion": "敬", "family": "孝"}
PROPOSERS = {
    "family": _l("Proposed by the family"),
    "neighbour": _l("Proposed by a neighbour"),
    "organisation": _l("Proposed by an organisation"),
}
STATES = {  # words, tone
    "nominated": (_l("Nominated"), "info"),
    "weighing": (_l("Being weighed"), "warn"),
    "agreed": (_l("Agreed by the panel"), "good"),
    "noticed": (_l("On public notice"), "info"),
    "published": (_l("On the board"), "good"),
    "refused": (_l("Not taken up"), ""),
    "taken_down": (_l("Taken down"), "bad"),
}
ANSWERS = {
    "yes": (_l("I agree to it"), "good"),
    "no": (_l("I do not agree to it"), "bad"),
    "concerned": (_l("Related to it"), ""),
}
SHOWN = {"name": _l("The full name"), "photo": _l("The photo")}
GIVEN_BY = {"self": _l("by the person"), "guardian": _l("by a guardian")}
