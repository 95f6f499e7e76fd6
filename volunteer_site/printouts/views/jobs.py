"""Print jobs: ordered, looked after while they are made, fetched for a day."""

from flask import Blueprint, current_app, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx, text, words
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.printouts import papers, reach
from volunteer_site.printouts.jobs import queries, services, work
from volunteer_site.printouts.jobs.queries import Ordered
from volunteer_site.printouts.orders import Order

ADDRESS = "/print/jobs"

bp = Blueprint("print_jobs", __name__, url_prefix=ADDRESS)
files = Blueprint("print_job_files", __name__, url_prefix=f"{ADDRESS}/<int:job_id>/file")


@bp.get("")
@role(*reach.ROLES)
def index() -> str:
    """List the visitor's print jobs, the latest first."""
    found = queries.all_of(current_person().id)
    return render_template("printouts/jobs.html", jobs=[_shown(one) for one in found])


@bp.post("")
@role(*reach.ROLES)
def create() -> ResponseReturnValue:
    """Order a paper, or many, to be made in the background."""
    visitor, now = current_person(), clock.now()
    given = {name: text.tidy(words) for name, words in request.form.items()}
    place = reach.organisation(visitor, given.get("slug", ""))
    subject, paper = given.get("subject", "")[:60], given.get("paper", "")[:60]
    wishes = {name: given[name][:300] for name in ("unit", "words") if given.get(name)}
    order = Order(visitor, place, subject, request.host_url, now, wishes)
    pieces = papers.pieces(paper, order)
    if len(pieces) == 1:
        pieces[0][0].compose(order)  # raises what there is to say against it
    work.remove_old()
    with write_transaction():
        whose, what = (visitor.id, place.id), (paper, subject)
        job_id = services.order(whose, what, wishes, len(pieces), now=now).id
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    work.begin(app, job_id, order.host, words.locale())
    said = _("Ordered. You can leave this page; it is kept for a day.")
    return htmx.done(f"{ADDRESS}/{job_id}", said)


@bp.get("/<int:job_id>")
@role(*reach.ROLES)
def show(job_id: int) -> ResponseReturnValue:
    """Show how far a job is; as a part of the page for htmx, which asks again and again."""
    job = _shown(queries.own(current_person().id, job_id))
    page = "printouts/_job.html" if htmx.asked() else "printouts/job.html"
    return render_template(page, **job), {"Vary": "HX-Request"}


@files.get("", endpoint="show")
@role(*reach.ROLES)
def file(job_id: int) -> ResponseReturnValue:
    """Hand out what was made; before that, lead to how far it is."""
    ordered = queries.own(current_person().id, job_id)
    if _state(ordered) != "ready":
        return redirect(f"{ADDRESS}/{job_id}", code=303)
    path = work.folder() / ordered.job.file
    name = f"{_title(ordered)}{path.suffix}"
    return send_file(path, as_attachment=path.suffix == ".zip", download_name=work.file_name(name))


def _shown(ordered: Ordered) -> dict[str, object]:
    return {
        "job": ordered.job,
        "slug": ordered.organisation.slug,
        "title": _title(ordered),
        "state": _state(ordered),
    }


def _state(ordered: Ordered) -> str:
    """Return how far a job is; what has lost its file is to be ordered again."""
    state = queries.state_of(ordered, clock.now())
    lost = state == "ready" and not (work.folder() / ordered.job.file).is_file()
    return "broken" if lost else state


def _title(ordered: Ordered) -> str:
    job, place = ordered.job, ordered.organisation
    paper = papers.PAPERS.get(papers.TOGETHER.get(job.paper, job.paper))
    kind = str(paper.title) if paper else job.paper
    return f"{kind} {place.name} {job.subject}"
