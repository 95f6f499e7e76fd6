"""Where badges are made: composed in a form and looked at before, reworded, retired, back again."""

from typing import Any

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx, text
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.recognition.badges import drafts, wording, workshop
from volunteer_site.recognition.badges.drafts import Seen
from volunteer_site.recognition.badges.forms import BadgeForm, LooksForm
from volunteer_site.recognition.badges.models import Badge
from volunteer_site.recognition.badges.pins import catalogue
from volunteer_site.recognition.badges.services import composing
from volunteer_site.recognition.badges.views.workshops import opened
from volunteer_site.recognition.badges.workshop import Workshop


def index(shop: Workshop) -> str:
    """List the badges of the visitor's places, and those of the whole site to keep or give."""
    everywhere = workshop.of_the_whole_site()
    if not shop.looks_after_all:
        everywhere = [pin for pin in everywhere if pin.given_by_hand and pin.open]
    return render_template(
        "recognition/badges/workshop.html",
        shop=shop,
        ours=workshop.badges(shop, current_person()),
        everywhere=wording.grouped(everywhere),
    )


def new(shop: Workshop) -> ResponseReturnValue:
    """Begin a badge."""
    return _composing(shop, _form(shop))


def create(shop: Workshop) -> ResponseReturnValue:
    """Make the badge; nobody has it yet."""
    form = _form(shop, request.form)
    if not form.validate():
        return _composing(shop, form), 422
    try:
        with write_transaction():
            columns = form.columns()
            made = composing.compose(columns, by_id=current_person().id, now=clock.now()).id
    except composing.NameTaken as refusal:
        form.name_zh.errors = [str(refusal)]
        return _composing(shop, form), refusal.status
    return htmx.done(f"{shop.address}/{made}", _made(form))


def preview(shop: Workshop) -> ResponseReturnValue:
    """Show how the badge would look and who would have it today; nothing is kept."""
    form = _form(shop, request.form)
    if not htmx.asked():
        response = make_response(_composing(shop, form, looked=True))
        response.vary.add("HX-Request")
        return response
    page = render_template("recognition/badges/_preview.html", preview=_seen(shop, form))
    return htmx.send(page)


def show(shop: Workshop, badge_id: int) -> str:
    """Show a badge with everybody who was given it, page by page, or who is looked for."""
    person, words = current_person(), text.tidy(request.args.get("q", ""))
    badge = workshop.to_give(shop, person, badge_id)
    return render_template(
        "recognition/badges/made.html",
        shop=shop,
        pin=catalogue()[badge.id],
        here=f"{shop.address}/{badge.id}",
        own=composing.is_ones_own(badge),
        theirs=workshop.looks_after(shop, person, badge),
        count=workshop.count_of(badge.id),
        awards=workshop.awards_at(
            shop, person, badge, words, request.args.get("page", 1, type=number)
        ),
        q=words,
    )


def edit(shop: Workshop, badge_id: int) -> ResponseReturnValue:
    """Show the words and looks to change."""
    badge = workshop.through(shop, current_person(), badge_id)
    composing.refuse_foreign(badge)
    return _rewording(shop, badge, LooksForm(obj=badge))


def update(shop: Workshop, badge_id: int) -> ResponseReturnValue:
    """Keep changed words and looks."""
    person = current_person()
    badge, form = workshop.through(shop, person, badge_id), LooksForm(request.form)
    if not form.validate():
        return _rewording(shop, badge, form), 422
    try:
        with write_transaction():
            badge = workshop.through(shop, person, badge_id)
            composing.reword(badge, form.columns(), by_id=person.id)
    except composing.NameTaken as refusal:
        form.name_zh.errors = [str(refusal)]
        badge = workshop.through(shop, person, badge_id)
        return _rewording(shop, badge, form), refusal.status
    return htmx.done(f"{shop.address}/{badge_id}", _("Kept."))


def retire(shop: Workshop, badge_id: int) -> ResponseReturnValue:
    """Give the badge to nobody any more."""
    person = current_person()
    with write_transaction():
        badge = workshop.through(shop, person, badge_id)
        composing.retire(badge, by_id=person.id, now=clock.now())
    return htmx.done(f"{shop.address}/{badge_id}", _("Retired. Whoever has it keeps it."))


def bring_back(shop: Workshop, badge_id: int) -> ResponseReturnValue:
    """Let it be given again."""
    person = current_person()
    with write_transaction():
        badge = workshop.through(shop, person, badge_id)
        composing.bring_back(badge, by_id=person.id)
    return htmx.done(f"{shop.address}/{badge_id}", _("It is given again."))


def _made(form: BadgeForm) -> str:
    if form.by_hand:
        return _("Made. Now you can give it.")
    return _("Made. Who has reached it already gets it tonight.")


def _form(shop: Workshop, typed: Any = None) -> BadgeForm:
    everywhere = _("Everywhere in the district") if shop.looks_after_all else None
    return BadgeForm(typed).offer(workshop.places(shop, current_person()), everywhere)


def _seen(shop: Workshop, form: BadgeForm) -> Seen:
    problem = "" if form.by_hand else form.problem()
    return drafts.looked_at(form.draft(), problem, shop.paths(current_person()), clock.now())


def _begin() -> str:
    return _("Fill in what it takes; then you see here who would have it.")


def _composing(shop: Workshop, form: BadgeForm, *, looked: bool = False) -> str:
    return render_template(
        "recognition/badges/compose.html",
        shop=shop,
        form=form,
        preview=_seen(shop, form) if looked else Seen(form.draft(), _begin()),
        action=shop.address,
        heading=_("New badge"),
        back=(shop.address, _("Badges")),
        editing=False,
    )


def _rewording(shop: Workshop, badge: Badge, form: LooksForm) -> str:
    pin, here = catalogue()[badge.id], f"{shop.address}/{badge.id}"
    return render_template(
        "recognition/badges/compose.html",
        shop=shop,
        form=form,
        preview=None,
        action=here,
        heading=_("Change words and looks"),
        back=(here, pin.name),
        editing=True,
    )


blueprints = (
    *opened("", "", index=index, new=new, create=create),
    *opened("preview", "/preview", create=preview),
    *opened("one", "/<int:badge_id>", show=show, edit=edit, update=update),
    *opened("retirement", "/<int:badge_id>/retirement", create=retire),
    *opened("return", "/<int:badge_id>/return", create=bring_back),
)
