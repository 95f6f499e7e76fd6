"""What may be published (R10, R15): volunteering, in time, and described completely."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from volunteer_site.activities.plans import Plan
from volunteer_site.core import dates
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _

LEAST_CONTENT = 10  # characters; less says nothing
NOT_VOLUNTEERING = re.compile(
    "会议(?!室)|例会|开会|讲座|值班|加班|团建|聚餐|聚会|年会|旅游|郊游|考试|培训班|上课|接待|检查组"
)
AFTERWARDS = "补录"
NEEDED = ("category", "place", "content", "conditions", "how_to_sign_up", "risks", "provided")


class NotPublishable(Refusal):
    """The notice does not meet a rule; `field` is what to correct."""

    status = 422

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class StartsInThePast(NotPublishable):
    """Nobody can sign up for what has begun (R10)."""


class EnteredAfterwards(NotPublishable):
    """The title says that it is only entered afterwards (R10)."""


class NotVolunteering(NotPublishable):
    """Meetings, lectures, shifts of duty and outings are no volunteering (R10)."""


class IncompleteNotice(NotPublishable):
    """One of the eight things that a notice says is missing (R15)."""


class ThinContent(NotPublishable):
    """The content is too short or repeats one word (R10)."""


class WrongTimes(NotPublishable):
    """The times do not fit one another."""


def problems(plan: Plan, now: datetime) -> list[NotPublishable]:
    """Return every rule against publishing this plan at `now`, none if it may be."""
    return [*times(plan), *_start(plan, now), *words(plan.words)]


def check(plan: Plan, now: datetime) -> None:
    """Raise the first rule against publishing this plan at `now`."""
    for problem in problems(plan, now):
        raise problem


def check_times(plan: Plan) -> None:
    """Raise WrongTimes if the plan cannot even be kept as a draft."""
    for problem in times(plan):
        raise problem


def check_words(said: Mapping[str, Any]) -> None:
    """Raise the first rule against these words; for programmes, which have no date."""
    for problem in words(said):
        raise problem


def times(plan: Plan) -> Iterator[NotPublishable]:
    """Say which times cannot be kept: an end before its start, a sign-up that never closes."""
    if any(shift.ends_at <= shift.starts_at for shift in plan.shifts):
        yield WrongTimes(_("The end must be later than the start. Correct one of them."), "shifts")
    elif plan.closes_at > plan.ends_at:
        yield WrongTimes(
            _(
                "Sign-up would close after the activity has ended (%(end)s). Choose an earlier "
                "time.",
                end=dates.show_moment(plan.ends_at),
            ),
            "signup_closes",
        )


def words(said: Mapping[str, Any]) -> Iterator[NotPublishable]:
    """Say which words of a notice do not meet the rules."""
    title, content = said["title"], said["content"] or ""
    if AFTERWARDS in title:
        message = _("The title says 补录. Hours are recorded at the door; they are not published.")
        yield EnteredAfterwards(message, "title")
    found = NOT_VOLUNTEERING.search(title)
    if found:
        yield NotVolunteering(_no_volunteering(found[0]), "title")
    yield from _missing(said)
    if content and len(content) < LEAST_CONTENT:
        message = _(
            "Only %(count)d characters. Say in at least %(least)d what people will do.",
            count=len(content),
            least=LEAST_CONTENT,
        )
        yield ThinContent(message, "content")
    elif _one_word_again(content):
        message = _("This is one word again and again. Say what people will do.")
        yield ThinContent(message, "content")


def _start(plan: Plan, now: datetime) -> Iterator[NotPublishable]:
    if plan.starts_at <= now:
        message = _(
            "%(start)s has passed. Choose a later time; what has happened cannot be published.",
            start=dates.show_moment(plan.starts_at),
        )
        yield StartsInThePast(message, "day")


def _missing(said: Mapping[str, Any]) -> Iterator[NotPublishable]:
    for name in NEEDED:
        if said[name]:
            continue
        if name in {"risks", "provided"}:
            yield IncompleteNotice(_("Please write it; 无 if there is nothing to say."), name)
        else:
            yield IncompleteNotice(_("Please fill this in; people need it to decide."), name)


def _no_volunteering(word: str) -> str:
    return _(
        "“%(word)s” is not volunteering, so it gives no hours. If it is, say what people do for "
        "others.",
        word=word,
    )


def _one_word_again(content: str) -> bool:
    """Tell whether the text is one piece repeated three times or more: 打扫打扫打扫."""
    letters = re.sub(r"[\W_]+", "", content)
    return re.fullmatch(r"(.{1,8}?)\1{2,}", letters) is not None
