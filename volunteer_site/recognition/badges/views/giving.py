"""Giving a badge by hand, to one or many, with a citation; and taking it back, with a reason."""

from typing import NamedTuple

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import ngettext
from volunteer_site.people.session import current_person
from volunteer_site.recognition.badges import candidates, workshop
from volunteer_site.recognition.badges.candidates import Candidate
from volunteer_site.recognition.badges.forms import CitationForm, WithdrawalForm
from volunteer_site.recognition.badges.models import Badge
from volunteer_site.recognition.badges.pins import catalogue
from volunteer_site.recognition.badges.services import giving
from volunteer_site.recognition.badges.views.workshops import opened
from volunteer_site.recognition.badges.workshop import Given, Workshop


class Sought(NamedTuple):
    """Whom one looks for: by words, among those who came to an occasion, or both."""

    words: str = ""
    occasion: int = 0


def new(shop: Workshop, badge_id: int) -> ResponseReturnValue:
    """Ask who gets the badge, and for what."""
    badge = workshop.to_give(shop, current_person(), badge_id)
    return _page(shop, badge, CitationForm(), [], Sought(request.args.get("q", "")))


def search(shop: Workshop, badge_id: int) -> ResponseReturnValue:
    """Look for people; who was chosen before stays chosen, and all who are found may be too."""
    badge, form = workshop.to_give(shop, current_person(), badge_id), CitationForm(request.form)
    paths, wanted = _paths(shop, badge), _wanted()
    sought = Sought(request.form.get("q", ""), request.form.get("occasion", 0, type=number))
    if "all" in request.form:
        wanted += [one.id for one in _found(paths, sought) if one.id != current_person().id]
    chosen = candidates.chosen(paths, wanted[: candidates.MOST_CHOSEN])
    return _page(shop, badge, form, chosen, sought)


def create(shop: Workshop, badge_id: int) -> ResponseReturnValue:
    """Give the badge to everybody who was chosen."""
    person = current_person()
    badge, form = workshop.to_give(shop, person, badge_id), CitationForm(request.form)
    chosen = candidates.chosen(_paths(shop, badge), _wanted())
    if not all([form.validate(), _somebody(form, chosen)]):
        return _html(shop, badge, form, chosen), 422
    try:
        with write_transaction():
            badge, ids = workshop.to_give(shop, person, badge_id), [one.id for one in chosen]
            count = giving.give(badge, ids, form.words(), by_id=person.id, now=clock.now())
    except (giving.NotToOneself, giving.HaveIt) as refusal:
        return _refused(shop, badge_id, form, refusal), refusal.status
    said = ngettext("Given to %(num)s person.", "Given to %(num)s people.", count)
    return htmx.done(f"{shop.address}/{badge_id}", said)


def ask_why(shop: Workshop, badge_id: int, award_id: int) -> ResponseReturnValue:
    """Ask why an award is taken back."""
    given = workshop.award_through(shop, current_person(), badge_id, award_id)
    return _withdrawal(shop, given, WithdrawalForm())


def withdraw(shop: Workshop, badge_id: int, award_id: int) -> ResponseReturnValue:
    """Take the award back; the person reads why."""
    person = current_person()
    given = workshop.award_through(shop, person, badge_id, award_id)
    form = WithdrawalForm(request.form)
    if not form.validate():
        return _withdrawal(shop, given, form), 422
    with write_transaction():
        award = workshop.award_through(shop, person, badge_id, award_id).award
        giving.take_back(award, form.reason.data or "", by_id=person.id, now=clock.now())
    return htmx.done(
        f"{shop.address}/{badge_id}", _("Taken back. The reason stands on their wall.")
    )


def _wanted() -> list[int]:
    return request.form.getlist("people", type=number)[: candidates.MOST_CHOSEN]


def _somebody(form: CitationForm, chosen: list[Candidate]) -> bool:
    if not chosen:
        form.refuse(_("Choose at least one person."))
    return bool(chosen)


def _paths(shop: Workshop, badge: Badge) -> tuple[str, ...]:
    return workshop.path_of(badge, shop, current_person())


def _refused(shop: Workshop, badge_id: int, form: CitationForm, refusal: Refusal) -> str:
    badge = workshop.to_give(shop, current_person(), badge_id)
    form.refuse(str(refusal))
    return _html(shop, badge, form, candidates.chosen(_paths(shop, badge), _wanted()))


def _page(
    shop: Workshop, badge: Badge, form: CitationForm, chosen: list[Candidate], sought: Sought
) -> ResponseReturnValue:
    response = make_response(_html(shop, badge, form, chosen, sought))
    response.vary.add("HX-Request")
    return response


def _html(
    shop: Workshop,
    badge: Badge,
    form: CitationForm,
    chosen: list[Candidate],
    sought: Sought = Sought(),  # noqa: B008 -- it never changes
) -> str:
    paths, known = _paths(shop, badge), {current_person().id, *(one.id for one in chosen)}
    part = htmx.asked()
    return render_template(
        f"recognition/badges/{'_candidates' if part else 'giving'}.html",
        shop=shop,
        pin=catalogue()[badge.id],
        here=f"{shop.address}/{badge.id}",
        form=form,
        chosen=chosen,
        found=[one for one in _found(paths, sought) if one.id not in known],
        occasions=() if part else candidates.occasions(paths, dates.today(clock.now())),
        sought=sought,
    )


def _found(paths: tuple[str, ...], sought: Sought) -> list[Candidate]:
    if sought.occasion:
        return candidates.who_came(paths, sought.occasion, sought.words)
    if sought.words.strip():
        return candidates.found(paths, sought.words)
    return candidates.busy_lately(paths, dates.today(clock.now()))


def _withdrawal(shop: Workshop, given: Given, form: WithdrawalForm) -> str:
    return render_template(
        "recognition/badges/withdrawal.html",
        here=f"{shop.address}/{given.award.badge_id}",
        pin=catalogue()[given.award.badge_id],
        given=given,
        form=form,
    )


blueprints = (
    *opened("awards", "/<int:badge_id>/awards", new=new, create=create),
    *opened("candidates", "/<int:badge_id>/candidates", create=search),
    *opened(
        "withdrawals",
        "/<int:badge_id>/awards/<int:award_id>/withdrawal",
        new=ask_why,
        create=withdraw,
    ),
)
