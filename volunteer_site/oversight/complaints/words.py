"""What complaints, their steps and outcomes are called."""

from volunteer_site.core.words import lazy_gettext as _l

ABOUT = {
    "activity": _l("An activity"),
    "entry": _l("An entry of hours"),
    "roll": _l("An honor roll"),
    "certificate": _l("A certificate"),
    "community": _l("A community's records"),
    "other": _l("Something else"),
}
STATES = {  # words, tone
    "open": (_l("Being looked into"), "warn"),
    "unfounded": (_l("Closed: not confirmed"), ""),
    "proven": (_l("Closed: confirmed"), "good"),
}
STEPS = {
    "opened": _l("Complained"),
    "said": _l("Added"),
    "noted": _l("Note of the office"),
    "told": _l("The office writes"),
    "asked": _l("Asked the community to explain the record"),
    "replied": _l("The community explains"),
    "found": _l("Entries were found to be false and taken back"),
    "closed": _l("Closed, with this answer"),
}
