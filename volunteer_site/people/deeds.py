"""What the audit log calls an act, in words."""

from volunteer_site.core.words import lazy_gettext as _l

DEEDS = {
    "activity.cancel": _l("called off an activity"),
    "activity.close": _l("closed an activity and posted its hours"),
    "activity.create": _l("wrote an activity"),
    "activity.publish": _l("published an activity"),
    "activity.update": _l("changed an activity"),
    "anomaly.ask": _l("asked a community how entries came about"),
    "anomaly.fine": _l("found nothing wrong with what looked odd"),
    "anomaly.reply": _l("told the office how entries came about"),
    "anomaly.reverse": _l("took hours back after what looked odd"),
    "anomaly.rule": _l("changed a rule for what looks odd"),
    "book.seal": _l("sealed a month's book"),
    "book.sign_off": _l("signed a month off"),
    "calendar.clear": _l("took a day out of the calendar"),
    "calendar.complete": _l("completed a year of the calendar"),
    "calendar.set": _l("entered a day in the calendar"),
    "calendar.share": _l("made a secret address for their calendar"),
    "complaint.close": _l("closed a complaint"),
    "complaint.create": _l("complained about a record"),
    "complaint.forget": _l("forgot the contacts of closed complaints"),
    "complaint.note": _l("noted something about a complaint"),
    "consent.give": _l("gave a consent"),
    "consent.withdraw": _l("took a consent back"),
    "door.forget": _l("switched a place check off"),
    "door.place": _l("set the place of an activity's door"),
    "finding.create": _l("found entries to be false and took them back"),
    "hours.correct": _l("corrected somebody's hours"),
    "ledger.seal": _l("sealed the ledger of hours"),
    "objection.accepted": _l("found an objection right; the hours are entered later"),
    "objection.agreed": _l("found an objection right"),
    "objection.escalated": _l("took an objection to the office"),
    "objection.opened": _l("objected to their hours"),
    "objection.refused": _l("refused an objection"),
    "objection.rejected": _l("refused an objection for the office"),
    "objection.said": _l("added to their objection"),
    "objection.upheld": _l("found an objection right for the office"),
    "objection.withdrawn": _l("withdrew their objection"),
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
    "question.create": _l("asked a community about a record"),
    "question.reply": _l("answered a question of the office"),
    "role.end": _l("ended a role"),
    "role.grant": _l("gave a role"),
    "roll.prepare": _l("prepared an honor roll"),
    "roll.publish": _l("published an honor roll"),
    "roll.withdraw": _l("withdrew an honor roll"),
    "signup.act": _l("signed somebody of the family up, or withdrew them"),
    "session.create": _l("logged in"),
    "sheet.correct": _l("put a row of a sign-in sheet right"),
    "sheet.enter": _l("entered a sign-in sheet"),
    "sheet.print": _l("printed a sign-in sheet"),
    "sheet.unuse": _l("marked a sign-in sheet as not used"),
    "sheet.use": _l("marked a sign-in sheet as used after all"),
    "spot_check.draw": _l("drew entries for a spot check"),
    "spot_check.note": _l("wrote down what a spot check found"),
    "spot_check.publish": _l("published a spot check"),
}

THINGS = {
    "activity": _l("activity no. %(number)s"),
    "anomaly": _l("odd finding no. %(number)s"),
    "book": _l("book of organisation no. %(number)s"),
    "complaint": _l("complaint no. %(number)s"),
    "finding": _l("finding no. %(number)s"),
    "hour_entry": _l("entry no. %(number)s"),
    "objection": _l("objection no. %(number)s"),
    "organisation": _l("organisation no. %(number)s"),
    "pairing": _l("pairing no. %(number)s"),
    "person": _l("person no. %(number)s"),
    "programme": _l("programme no. %(number)s"),
    "question": _l("question no. %(number)s"),
    "role": _l("role no. %(number)s"),
    "roll": _l("honor roll no. %(number)s"),
    "seal": _l("seal no. %(number)s"),
    "sheet": _l("sign-in sheet no. %(number)s"),
    "spot_check": _l("spot check no. %(number)s"),
}


def deed(kind: str) -> str:
    """Return the words for an act; a kind without words is shown as it is."""
    return str(DEEDS.get(kind, kind))


def thing(kind: str, number: int | None) -> str:
    """Return the words for what an act was done to; a dash where the act says it all."""
    if kind not in THINGS or number is None:
        return "—"
    return str(THINGS[kind]) % {"number": number}
