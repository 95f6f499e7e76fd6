"""The page of one roll on the desk."""

from flask import current_app, render_template

from volunteer_site.activities import weeks
from volunteer_site.core import clock, dates
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.recognition.notices import queries as notices
from volunteer_site.recognition.rolls import kinds, queries, reviews, rule, words
from volunteer_site.recognition.rolls.forms import NOW, USUAL, CutoffForm, TermsForm
from volunteer_site.recognition.rolls.models import MONTHLY, HonorRoll
from volunteer_site.recognition.rolls.queries import Edition
from volunteer_site.recognition.rolls.reviews import Review
from volunteer_site.recognition.rolls.views.desk import around
from volunteer_site.recognition.rolls.views.places import Place, address


def form(place: Place) -> TermsForm | CutoffForm:
    """Return the form filled in with the draft's terms, or else with the usual ones."""
    now = clock.now()
    cutoff = USUAL if now >= rule.usual_cutoff(place.edition.month) else NOW
    if place.edition.kind != MONTHLY:
        return CutoffForm(data={"cutoff": cutoff})
    terms = place.terms(now)
    return TermsForm(
        data={
            "minimum_minutes": terms.minimum_minutes,
            "name_order": terms.name_order,
            "cutoff": cutoff,
        }
    )


def page(place: Place, filled: TermsForm | CutoffForm) -> str:
    """Return the page: the roll as it stands, what is odd about it, what can be done."""
    month, roll, on_it = place.edition.month, place.roll, lines(place.roll)
    published_at = roll.published_at if roll else None
    review = reviews.review(place.organisation, roll, on_it) if roll else None
    return render_template(
        "recognition/rolls/draft.html",
        place=place,
        organisation=place.organisation,
        month=month,
        roll=roll,
        title=words.title(roll or place.kind),
        lines=on_it,
        words=words,
        review=review,
        form=filled,
        facts=_facts(roll, review) if roll and review else "",
        notice=_notice(roll),
        unanswerable=roll is not None and not roll.published_at and _unanswerable(place, roll),
        unclosed=0 if published_at else _unclosed(place),
        early=clock.now() < dates.month_bounds(month)[1],
        withdrawn=queries.withdrawn(place.organisation.id, *place.edition),
        around=around(month),
        several=len(queries.reached(current_person(), month)) > 1,
        tabs=_tabs(place),
        notice_days=current_app.config["NOTICE_DAYS"],
        published_on=words.full_date(dates.local_date(published_at)) if published_at else "",
    )


def lines(roll: HonorRoll | None) -> list[queries.Named]:
    """Return the lines of a roll; none if there is none."""
    return queries.named(roll.id) if roll else []


def _notice(roll: HonorRoll | None) -> dict[str, object] | None:
    """Return the public notice of a draft: until when, whether over, how many objections wait."""
    if roll is None or roll.notice_id is None:
        return None
    notice = notices.get(roll.notice_id)
    return {
        "id": notice.id,
        "last_day": notice.last_day,
        "over": notices.is_over(notice, dates.today(clock.now())),
        "unanswered": notices.unanswered(notice.id),
        "upheld": notices.upheld(notice.id),
    }


def _unanswerable(place: Place, roll: HonorRoll) -> bool:
    """Tell whether nobody could answer an objection: all are on it, or have put it on notice."""
    if roll.notice_id is None:
        by_id = current_person().id
    else:
        by_id = notices.get(roll.notice_id).opened_by_id or 0
    return not notices.answerers(place.organisation, queries.people_on(roll.id) | {by_id})


def _unclosed(place: Place) -> int:
    """Count the month's activities that are over and not closed: their hours do not count yet."""
    left = weeks.unclosed((place.organisation.path,), clock.now())
    month = place.edition.month
    return sum(dates.month_of(dates.local_date(one.starts_at)) == month for one in left)


def _facts(roll: HonorRoll, review: Review) -> str:
    """Say by which terms it was made, and who is not on it or not named."""
    said = [words.cutoff(roll), words.minimum(roll), words.ordering(roll), words.proof(roll)]
    hidden = _(
        "%(count)d names are not shown in full: by choice, or under 18.", count=review.hidden
    )
    gone = _("%(count)d people have deleted their data and are left out.", count=review.gone)
    absent = _("%(count)d people want to stand on no roll.", count=review.absent)
    crowded = _("%(count)d reached the minimum and found no place.", count=review.crowded)
    counted = (
        (review.hidden, hidden),
        (review.gone, gone),
        (review.absent, absent),
        (review.crowded, crowded),
    )
    return words.joined(*said, *(sentence for count, sentence in counted if count))


def _tabs(place: Place) -> list[tuple[str, str]]:
    """Return the addresses and names of all kinds of rolls of the place; none if only one."""
    others = kinds.at(place.organisation)
    slug, month = place.organisation.slug, place.edition.month
    monthly = (address(slug, Edition(month)), _("Honor roll"))
    found = [(address(slug, Edition(month, one.slug)), words.title(one)) for one in others]
    return [monthly, *found] if found else []
