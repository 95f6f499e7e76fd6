"""The rules of the district: what each looks for, by which numbers, and what these would find."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import settings
from volunteer_site.organisations.models import Organisation
from volunteer_site.oversight.anomalies import queries, search, services, words
from volunteer_site.oversight.anomalies.forms import rule_form
from volunteer_site.oversight.anomalies.rules import RULES, Rule
from volunteer_site.oversight.anomalies.services import Hand
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/office/anomalies/rules"
MONTH = timedelta(days=31)

bp = Blueprint("anomaly_rules", __name__, url_prefix=ADDRESS)
rule = Blueprint("anomaly_rule", __name__, url_prefix="/office/anomalies/rule")


@bp.get("")
@role(RoleName.OFFICER)
def index() -> str:
    """List the rules with their numbers and how many each found last month."""
    district, now = _district(), clock.now()
    changed = search.in_force(district.id)
    rows = [
        (one, search.numbers_of(one, changed.get(kind)), changed.get(kind))
        for kind, one in RULES.items()
    ]
    found = queries.found_since([district.path], now - MONTH)
    return render_template(
        "oversight/anomaly_rules.html", district=district, rows=rows, found=found, words=words
    )


@rule.get("")
@role(RoleName.OFFICER)
def edit() -> ResponseReturnValue:
    """Show a rule to change."""
    district, chosen = _district(), _rule()
    return _page(district, chosen, _form(district, chosen, None))


@rule.post("/trial", endpoint="create")
@role(RoleName.OFFICER)
def try_out() -> ResponseReturnValue:
    """Show what these numbers would have found last month; nothing is kept."""
    district, chosen = _district(), _rule()
    form = _form(district, chosen, request.form)
    if not form.validate():
        return _page(district, chosen, form), 422
    return _page(district, chosen, form, _would_find(district, chosen, form))


@rule.post("")
@role(RoleName.OFFICER)
def update() -> ResponseReturnValue:
    """Let the rule go by these numbers from now on."""
    district, chosen = _district(), _rule()
    form = _form(district, chosen, request.form)
    if not form.validate():
        return _page(district, chosen, form), 422
    hand = Hand(current_person().id, clock.now())
    with write_transaction():
        services.change_rule(
            district.id, chosen.kind, _numbers(chosen, form), hand, on=bool(form.data["on"])
        )
    said = _("Kept. The next search goes by it: %(rule)s.", rule=words.name(chosen.kind))
    return htmx.done(ADDRESS, said)


def _district() -> Organisation:
    return queries.district(current_person().paths(RoleName.OFFICER))


def _rule() -> Rule:
    found = RULES.get(request.values.get("kind", ""))
    return found or abort(404)


def _form(district: Organisation, chosen: Rule, given: Any) -> Form:
    changed = search.in_force(district.id).get(chosen.kind)
    on = changed is None or changed.switched_off_at is None
    return rule_form(chosen, search.numbers_of(chosen, changed), on=on, given=given)


def _numbers(chosen: Rule, form: Form) -> dict[str, int]:
    return {name: int(form.data[name]) for name in chosen.numbers}


def _would_find(district: Organisation, chosen: Rule, form: Form) -> int:
    now = clock.now()
    where = search.window(district.path, now - MONTH, now, settings.caps().automatic)
    return len(search.look(chosen.kind, where, _numbers(chosen, form)))


def _page(district: Organisation, chosen: Rule, form: Form, would: int | None = None) -> str:
    return render_template(
        "oversight/anomaly_rule.html",
        district=district,
        rule=chosen,
        form=form,
        would=would,
        words=words,
    )
