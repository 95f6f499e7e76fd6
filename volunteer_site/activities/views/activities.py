"""Drafting and changing one activity."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.activities import occurrences, queries, rules, services
from volunteer_site.activities.forms import ActivityForm
from volunteer_site.activities.models import Activity, Programme
from volunteer_site.activities.plans import Plan, ShiftPlan, plan_of
from volunteer_site.core import calendar, clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

bp = Blueprint("activities", __name__, url_prefix="/desk/activities")


@bp.get("/new")
@role(RoleName.COORDINATOR)
def new() -> ResponseReturnValue:
    """Show the next activity of a programme filled in, or an empty notice."""
    now = clock.now()
    programme, due_on = _asked_programme(request.args)
    origin = _origin(programme, due_on, request.args.get("organisation_id", type=number))
    plan = _filled_in(programme, due_on) if programme and due_on else _empty(now)
    form = ActivityForm(None, plan, queries.leaders(origin.organisation_id))
    odd = _odd(plan, programme)
    form.seen.data = _mark(odd)
    return _draft_page(form, origin, odd)


@bp.post("")
@role(RoleName.COORDINATOR)
def create() -> ResponseReturnValue:
    """Keep a draft, or publish at once if nothing stands against it."""
    publishing = "publish" in request.form
    programme, due_on = _asked_programme(request.form)
    origin = _origin(programme, due_on, request.form.get("organisation_id", type=number))
    form = ActivityForm(request.form, None, queries.leaders(origin.organisation_id))
    plan = checked(form, clock.now() if publishing else None)
    odd = _odd(plan, programme) if plan and publishing else []
    if plan is None or (odd and form.seen.data != _mark(odd)):
        form.seen.data = _mark(odd)
        return _draft_page(form, origin, odd), 422
    return _made(_keep(origin, plan, publishing=publishing))


@bp.get("/<int:activity_id>")
@role(RoleName.COORDINATOR)
def edit(activity_id: int) -> ResponseReturnValue:
    """Show an activity to its coordinator, with everything that can be done about it."""
    activity = queries.theirs(current_person(), activity_id, RoleName.COORDINATOR)
    plan = plan_of(activity, queries.shifts(activity_id))
    form = ActivityForm(None, plan, queries.leaders(activity.organisation_id))
    return _activity_page(activity, form)


@bp.post("/<int:activity_id>")
@role(RoleName.COORDINATOR)
def update(activity_id: int) -> ResponseReturnValue:
    """Change an activity; what touches people who have signed up is asked first."""
    now, person = clock.now(), current_person()
    activity = queries.theirs(person, activity_id, RoleName.COORDINATOR)
    form = ActivityForm(request.form, None, queries.leaders(activity.organisation_id))
    plan = checked(form, None, complete=activity.published_at is not None)
    if plan is None:
        return _activity_page(activity, form), 422
    try:
        with write_transaction():
            confirmed = request.form.get("confirmed")
            services.edit(activity, plan, by_id=person.id, now=now, confirmed=confirmed)
    except services.AsksFirst as asked:
        return _confirm_page(activity_id, asked.consequences)
    return htmx.done(f"{bp.url_prefix}/{activity_id}", _("The changes are saved."))


def _keep(origin: services.Origin, plan: Plan, *, publishing: bool) -> Activity:
    now, person = clock.now(), current_person()
    with write_transaction():
        activity = services.create(origin, plan, by_id=person.id, now=now)
        if publishing:
            services.publish(activity, by_id=person.id, now=now)
    return activity


def checked(form: ActivityForm, now: datetime | None, *, complete: bool = False) -> Plan | None:
    """Return the plan that was typed, or None with what to correct beside the fields.

    `now` asks for everything that publishing asks for; `complete` for the words only.
    """
    if not form.validate():
        return None
    plan = form.plan()
    if now is not None:
        against = rules.problems(plan, now)
    else:
        against = [*rules.times(plan), *(rules.words(plan.words) if complete else ())]
    for problem in against:
        form.add(problem)
    return None if against else plan


def _asked_programme(given: Any) -> tuple[Programme | None, date | None]:
    """Return the programme that was asked for, through the visitor's roles, and its date."""
    chosen = given.get("programme", type=number)
    if chosen is None:
        return None, None
    programme = queries.programme_of(current_person(), chosen, RoleName.COORDINATOR)
    if "date" not in given:
        return programme, _next_date(programme)
    return programme, occurrences.own_day(programme, given["date"])


def _next_date(programme: Programme) -> date:
    now = clock.now()
    made = queries.made([programme.id], dates.today(now)).get(programme.id, {})
    days = occurrences.days_from(dates.today(now))
    return occurrences.next_occurrence(programme, now, days, made).due_on


def _origin(
    programme: Programme | None, due_on: date | None, organisation_id: int | None
) -> services.Origin:
    """Return who will hold it: the programme's community, the one chosen, or the only one."""
    if programme is not None:
        return services.Origin(programme.organisation_id, programme.id, due_on)
    paths = current_person().paths(RoleName.COORDINATOR)
    if organisation_id is not None:
        return services.Origin(organisations.through(paths, organisation_id).id)
    places = queries.postable(paths)
    if not places:
        raise NotFound(_("There is no community at which you could hold an activity."))
    return services.Origin(places[0][0])


def _filled_in(programme: Programme, due_on: date) -> Plan:
    days = occurrences.days_from(due_on)
    return occurrences.prefilled(programme, occurrences.occurrence(programme, due_on, days))


def _empty(now: datetime) -> Plan:
    day = dates.today(now)
    friday = day + timedelta(days=(4 - day.weekday()) % 7 or 7)
    starts = dates.utc(datetime(friday.year, friday.month, friday.day, 18))  # noqa: DTZ001 -- local
    said = {"how_to_sign_up": _("Sign up on this site"), "minimum_age": 8, "break_minutes": 0}
    return Plan(said, (ShiftPlan(starts, starts + timedelta(hours=1), 15),))


def _odd(plan: Plan, programme: Programme | None) -> list[str]:
    last = queries.last_times([programme.id]).get(programme.id) if programme else None
    day = dates.local_date(plan.starts_at)
    return occurrences.oddities(plan, last, calendar.load(day, day))


def _mark(odd: list[str]) -> str:
    """Return what tells that exactly these warnings have been shown."""
    return " ".join(odd)


def _made(activity: Activity) -> ResponseReturnValue:
    if activity.published_at is None:
        words = _("The draft is kept. Nobody sees it until you publish it.")
        return htmx.done(f"{bp.url_prefix}/{activity.id}", words)
    day = dates.show_day(activity.service_date)
    words = _("Published: %(title)s, %(day)s.", title=activity.title, day=day)
    return htmx.done("/desk", words)


def _draft_page(form: ActivityForm, origin: services.Origin, odd: list[str]) -> str:
    places = queries.postable(current_person().paths(RoleName.COORDINATOR))
    return render_template(
        "activities/new.html", form=form, origin=origin, odd=odd, communities=places
    )


def _activity_page(activity: Activity, form: ActivityForm) -> str:
    shifts = queries.shifts(activity.id)
    return render_template(
        "activities/edit.html",
        form=form,
        activity=activity,
        shifts=shifts,
        community=organisations.get(activity.organisation_id).name,
        state=queries.state_of(activity, clock.now()),
        record_by=_record_by(activity),
        taken=sum(shift.taken for shift in shifts),
        waiting=sum(shift.waiting for shift in shifts),
        places=sum(shift.places for shift in shifts),
    )


def _record_by(activity: Activity) -> date | None:
    """Return by when it should be recorded (R8); None in a year nobody knows yet (R9)."""
    try:
        return calendar.working_day_after(
            dates.local_date(activity.ends_at), occurrences.WORKING_DAYS_TO_RECORD
        )
    except calendar.UnknownYear:
        return None


def _confirm_page(activity_id: int, consequences: services.Consequences) -> ResponseReturnValue:
    typed = [(name, value) for name, value in request.form.items(multi=True)]
    kept = [pair for pair in typed if pair[0] not in {"csrf_token", "confirmed"}]
    page = render_template(
        "activities/confirm.html", activity_id=activity_id, asked=consequences, typed=kept
    )
    return page, 409
