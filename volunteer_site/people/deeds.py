"""What the audit log calls an act, in words."""

from volunteer_site.core.words import lazy_gettext as _l

DEEDS = {
    "activity.cancel": _l("called off an activity"),
    "activity.close": _l("closed an activity and posted its hours"),
    "activity.create": _l("wrote an activity"),
    "activity.publish": _l("published an activity"),
    "activity.update": _l("changed an activity"),
    "book.seal": _l("sealed a month's book"),
    "book.sign_off": _l("signed a month off"),
    "calendar.clear": _l("took a day out of the calendar"),
    "calendar.complete": _l("completed a year of the calendar"),
    "calendar.set": _l("entered a day in the calendar"),
    "calendar.share": _l("made a secret address for their calendar"),
    "consent.give": _l("gave a consent"),
    "consent.withdraw": _l("took a consent back"),
    "hours.correct": _l("corrected somebody's hours"),
    "ledger.seal": _l("sealed the ledger of hours"),
    "organisation.close": _l("closed an organisation"),
    "organisation.create": _l("added an organisation"),
    "organisation.update": _l("changed an organisation"),
    "pairing.create": _l("made a pairing"),
    "pairing.end": _l("ended a pairing"),
    "password.give": _l("gave somebody a temporary password"),
    "password.update": _l("changed a password"),
    "person.add": _l("wrote down somebody new at the door"),
    "person.create": _l("registered"),
    "person.disclose": _l("looked at somebody's phone number"),
    "person.erase": _l("deleted their data"),
    "person.update": _l("changed their details"),
    "programme.create": _l("wrote a programme"),
    "programme.end": _l("ended a programme"),
    "programme.update": _l("changed a programme"),
    "role.end": _l("ended a role"),
    "role.grant": _l("gave a role"),
    "roll.prepare": _l("prepared an honor roll"),
    "roll.publish": _l("published an honor roll"),
    "roll.withdraw": _l("withdrew an honor roll"),
    "session.create": _l("logged in"),
}

THINGS = {
    "activity": _l("activity no. %(number)s"),
    "book": _l("book of organisation no. %(number)s"),
    "hour_entry": _l("entry no. %(number)s"),
    "organisation": _l("organisation no. %(number)s"),
    "pairing": _l("pairing no. %(number)s"),
    "person": _l("person no. %(number)s"),
    "programme": _l("programme no. %(number)s"),
    "role": _l("role no. %(number)s"),
    "roll": _l("honor roll no. %(number)s"),
    "seal": _l("seal no. %(number)s"),
}


def deed(kind: str) -> str:
    """Return the words for an act; a kind without words is shown as it is."""
    return str(DEEDS.get(kind, kind))


def thing(kind: str, number: int | None) -> str:
    """Return the words for what an act was done to; a dash where the act says it all."""
    if kind not in THINGS or number is None:
        return "—"
    return str(THINGS[kind]) % {"number": number}
