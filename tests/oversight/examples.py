"""A finding, a question and a spot check as rows, for tests of addresses and pages."""

from datetime import date

from tests.factories import NOW
from volunteer_site.oversight.anomalies.models import Anomaly
from volunteer_site.oversight.questions.models import Question
from volunteer_site.oversight.spot_checks.models import SpotCheck, SpotCheckLine


def anomaly(make, organisation, marks=(), **given):
    """A burst of scans, unless other facts are given."""
    usual = {
        "kind": "burst", "key": f"example {marks} {given}", "pattern": "example", "weight": 2001,
        "evidence": {"marks": list(marks), "numbers": {"scans": 6, "milliseconds": 400}},
        "found_at": NOW,
    }  # fmt: skip
    return _saved(make, Anomaly(organisation_id=organisation.id, **usual | given))


def asked(make, organisation, officer, **given):
    """Ask a community; return the fact of a finding that says so."""
    usual = {"asked_at": NOW, "asked_by_id": officer.id, "words": "请附签到表",
             "due_on": date(2026, 11, 26)}  # fmt: skip
    question = _saved(make, Question(organisation_id=organisation.id, **usual | given))
    return {"question_id": question.id}


def spot_check(make, district_id, officer, entries, *, published=False, **given):
    """A draw of these entries, published with nothing wrong or still to be looked at."""
    usual = {
        "month": "2026-11", "percent": 5, "population": 40, "seal_day": date(2026, 11, 30),
        "seal_digest": "ab" * 32, "seed": "cd" * 32, "drawn_at": NOW,
    }  # fmt: skip
    facts = {"published_at": NOW, "published_by_id": officer.id} if published else {}
    check = _saved(
        make,
        SpotCheck(organisation_id=district_id, drawn_by_id=officer.id, **usual | facts | given),
    )
    seen = {"result": "right", "checked_at": NOW, "checked_by_id": officer.id} if published else {}
    for position, entry in enumerate(entries, start=1):
        line = {"check_id": check.id, "position": position, "entry_id": entry}
        _saved(make, SpotCheckLine(**line | seen))
    return check


def _saved(make, row):
    return make._saved(row)  # noqa: SLF001 -- rows like the factory's own
