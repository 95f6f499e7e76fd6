"""Rolls of other kinds in the demo: made by the services, some published, one on public notice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from volunteer_site.core import dates
from volunteer_site.demo.people_rows import Numbers
from volunteer_site.organisations import queries as organisations
from volunteer_site.organisations.models import Organisation
from volunteer_site.recognition.notices import queries as notices
from volunteer_site.recognition.notices import services as noticing
from volunteer_site.recognition.notices.services import Answer, Sender
from volunteer_site.recognition.rolls import defining, kinds, rule, services
from volunteer_site.recognition.rolls.defining import Said
from volunteer_site.recognition.rolls.models import RollKind
from volunteer_site.recognition.rolls.queries import Edition

DEFINED = ("units", "units-per-head", "units-weeks", "newcomers", "faithful")
ON_NOTICE = "faithful"
LONGEST = timedelta(days=17)  # a notice over the longest holidays
MORNING = timedelta(hours=1)
A_DAY = timedelta(days=1)
STEP = 30  # minutes in which hours are shown
FEWER_WEEKS = 8  # the demo's history may be shorter than a year
PLACES = 20


@dataclass(frozen=True, slots=True)
class OtherRolls:
    """Defines kinds of rolls for a district, and lets the district have last month's."""

    ids: Numbers
    district: int
    now: datetime

    def write(self) -> None:
        """Write kinds, rolls, their notices, and two objections to the one that runs."""
        place = organisations.get(self.district)
        month = dates.add_months(dates.month_of(dates.today(self.now)), -1)
        if self.now < rule.usual_cutoff(month) + LONGEST:
            month = dates.add_months(month, -1)
        for kind in [self._define(slug) for slug in DEFINED]:
            self._roll(place, month, kind)

    def _define(self, slug: str) -> RollKind:
        pattern = next(one for one in kinds.PATTERNS if one.slug == slug)
        faithful = slug == ON_NOTICE
        said = Said(
            pattern.title, pattern.title_en, pattern.whose, pattern.counts,
            FEWER_WEEKS if faithful else pattern.minimum,
            PLACES if faithful else pattern.most, "all", pattern.scope,
        )  # fmt: skip
        since = dates.month_bounds(dates.add_months(dates.month_of(dates.today(self.now)), -2))[0]
        return defining.define(self.district, slug, said, by_id=self.ids.officer, now=since)

    def _roll(self, place: Organisation, month: str, kind: RollKind) -> None:
        terms = kinds.terms(kind, rule.usual_cutoff(month), STEP)
        running = kind.slug == ON_NOTICE
        opened_at = self.now - 2 * A_DAY if running else terms.cutoff_at + MORNING
        officer, edition = self.ids.officer, Edition(month, kind.slug)
        roll = services.prepare_roll(place, month, terms, now=opened_at, by_id=None)
        if not roll.people:
            return
        services.announce_roll(place, edition, now=opened_at, by_id=None)
        if running:
            self._objections(roll.notice_id or 0)
        else:
            services.publish_roll(place, edition, now=self.now - A_DAY, by_id=officer)

    def _objections(self, notice_id: int) -> None:
        sender = Sender("192.0.2.1", "the demo's own network", per_hour=5)
        for hours, text in (
            (30, "名单里第三位，八月那几周应该是在外地培训，请核对。"),
            (5, "我妈妈一年里几乎每周都去，为什么没有她？"),
        ):
            noticing.object_to(notice_id, text, sender, now=self.now - timedelta(hours=hours))
        first = notices.objections(notice_id)[0]
        words = "经核对签到记录，培训前后各周均有现场签到，次数属实，维持公示名单。"
        answer = Answer(words, upheld=False)
        noticing.answer(notice_id, first.id, answer, by_id=self.ids.officer, now=self.now)
