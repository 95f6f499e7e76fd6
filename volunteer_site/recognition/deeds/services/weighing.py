"""评议: the panel says yes or no, with words; at least three speak, more than half must agree."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.people import queries as people
from volunteer_site.recognition.deeds import concerned, queries
from volunteer_site.recognition.deeds.models import Answer, DeedVote, GoodDeed
from volunteer_site.recognition.deeds.services.common import locked, record, refuse_own, require

LEAST: Final = 3  # voices, without those who are concerned


class TooFew(Refusal):
    """The panel has fewer than three members who may weigh this deed."""


class NotYourVoice(Refusal):
    """Somebody near to the deed, or not on the panel, does not weigh it."""


class SaidBefore(Refusal):
    """Everybody is heard once."""


@dataclass(frozen=True)
class Voice:
    """What a panellist says, and why."""

    answer: str
    words: str


def begin(deed_id: int, *, by_id: int, now: datetime) -> None:
    """Hand a deed to the panel. Raises TooFew, NotNow and Concerned."""
    deed = locked(deed_id)
    require(deed, "nominated")
    refuse_own(deed, by_id)
    able = len(concerned.entitled(deed))
    if able < LEAST:
        raise TooFew(
            _(
                "%(able)d members of the panel may weigh this good deed; it takes at least "
                "%(least)d who are not related to it. Name more members first.",
                able=able,
                least=LEAST,
            ),
            link=("/desk/good-deeds", _("Good deeds")),
        )
    deed.weighing_at = now
    record("deed.weigh", by_id, deed_id)


def vote(deed_id: int, person_id: int, voice: Voice, *, now: datetime) -> None:
    """Say yes, no, or that one is related to it; the same again changes nothing.

    Raises NotYourVoice, SaidBefore and NotNow.
    """
    deed = locked(deed_id)
    said = {one.vote.person_id: one.vote.answer for one in queries.votes(deed)}
    if said.get(person_id) == voice.answer:
        return
    require(deed, "weighing")
    if person_id in said:
        raise SaidBefore(_("You have said what you think about this good deed; it stays so."))
    _refuse_near(deed, person_id)
    db.session.add(
        DeedVote(
            deed_id=deed_id,
            round=deed.round,
            person_id=person_id,
            answer=voice.answer,
            words=voice.words,
            voted_at=now,
        )
    )
    db.session.flush()
    record("deed.vote", person_id, deed_id)
    settle(deed, now)


def settle(deed: GoodDeed, now: datetime) -> None:
    """Write down the verdict as soon as more than half have said yes, or no more than half can.

    A "no" refuses the deed. Nothing happens before three have spoken.
    """
    said = queries.votes(deed)
    yes, no = (queries.count(said, answer) for answer in (Answer.YES, Answer.NO))
    spoken = {one.vote.person_id for one in said if one.vote.answer != Answer.CONCERNED}
    all_voices = len(spoken | {one.person.id for one in concerned.entitled(deed)})
    if yes + no < LEAST:
        return
    if 2 * yes > all_voices:
        deed.decided_at, deed.verdict = now, "yes"
    elif 2 * no >= all_voices:
        deed.decided_at, deed.verdict = now, "no"
        deed.refused_at, deed.contact = now, ""
        deed.refusal_reason = _(
            "The panel has weighed it: %(yes)d for, %(no)d against.", yes=yes, no=no
        )
        record("deed.refuse", None, deed.id)


def _refuse_near(deed: GoodDeed, person_id: int) -> None:
    person = people.get(person_id)
    sits = person_id in {one.person.id for one in queries.panel(deed.organisation_id)}
    if not sits or concerned.is_near(deed, person_id, person.name):
        raise NotYourVoice(
            _(
                "You have told this good deed or are related to it, so the others weigh it "
                "without you."
            ),
            link=("/panel/good-deeds", _("To weigh")),
        )
