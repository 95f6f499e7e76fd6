"""`flask ledger`: seal, verify, rebuild-totals; each may be run twice."""

import pytest
import sqlalchemy as sa
import time_machine

from tests.hours.ledger import CLOSED, credit, facts
from volunteer_site.core import jobs
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services

MONDAY = "2026-11-23T04:00:00+00:00"


@pytest.fixture
def ledger(app, make):
    community = make.community()
    with app.app_context(), write_transaction():
        services.post(facts(), [credit(7, community, 1), credit(8, community, 2)], now=CLOSED)

    def run(*arguments):
        with time_machine.travel(MONDAY, tick=False):
            return app.test_cli_runner().invoke(args=["ledger", *arguments])

    return run


def test_seal_says_how_many_days_and_when_it_ran(app, ledger):
    first, second = ledger("seal"), ledger("seal")

    assert "3 days sealed." in first.output
    assert "0 days sealed." in second.output
    with app.app_context():
        [run] = jobs.last_runs()
    assert (run.job, jobs.said(run.outcome)) == ("ledger seal", "封存了0天。")


def test_verify_shows_a_seal_to_write_down_and_knows_it_again(ledger):
    ledger("seal")

    result = ledger("verify")

    assert result.exit_code == 0, result.output
    assert "Sound: 2 entries, 120 minutes in 3 sealed days, 0 sealed books." in result.output
    seal = result.output.strip().rpartition(": ")[2]
    assert ledger("verify", "--known", seal).exit_code == 0
    assert ledger("verify", "--known", seal[:-1] + "g").exit_code == 2
    other = seal[:-1] + ("0" if seal[-1] != "0" else "1")
    assert "not the one that was made then" in ledger("verify", "--known", other).output


def test_verify_names_a_wrong_total_and_fails_until_it_is_counted_anew(app, ledger):
    with app.app_context(), write_transaction():
        db.session.execute(sa.text("UPDATE monthly_totals SET minutes = 90 WHERE person_id = 8"))

    wrong = ledger("verify")

    assert wrong.exit_code == 1
    assert "person 8 " in wrong.output and "is 90 minutes, the entries say 60" in wrong.output
    assert "2 monthly totals counted." in ledger("rebuild-totals").output
    assert ledger("verify").exit_code == 0


def test_seals_that_were_saved_are_compared_with_the_ledger(ledger, tmp_path):
    ledger("seal")
    saved = tmp_path / "seals.txt"
    saved.write_text(ledger("seals").output)

    sound = ledger("verify", "--against", str(saved))
    assert "Compared with 3 seals from outside: all are as they were." in sound.output
    first = saved.read_text()[:10]
    saved.write_text(f"# from the sheet of Monday\n{first} 0000 0000 0000 0000\n")
    wrong = ledger("verify", "--against", str(saved))
    assert wrong.exit_code == 1
    assert f"The seal of {first} is not the one that was made then." in wrong.output
    saved.write_text("not a seal\n")
    assert "Line 1 is not a seal" in ledger("verify", "--against", str(saved)).output
