"""Rolls on paper, from the ledger to the file that hangs on the board."""

import io
import re

import pytest
from pypdf import PdfReader

from tests import database
from tests.factories import Factory
from tests.recognition.rolls import MONTH, lines_of, prepare, publish, serve, take_back, withdraw
from volunteer_site.core.db import db, write_transaction
from volunteer_site.organisations.models import Organisation
from volunteer_site.people import services as people
from volunteer_site.printouts.paper import roll_pdf
from volunteer_site.printouts.rolls import paper_of
from volunteer_site.recognition.rolls import queries, rule, services
from volunteer_site.recognition.rolls.queries import Named

ADDRESS = "https://volunteer.example.org/honor-rolls/2026-10/liuxiang"
NAMES = ("于洋", "王小二", "欧阳少东", "李一鸣", "阿不都热依木·买买提", "䶮华", "𬱖龙", "田富")
LATER = rule.usual_cutoff(MONTH).replace(day=19)


def a_month(make, names):
    """Let people with these names serve, each some minutes more than the one before."""
    community = make.community(name="柳巷社区", slug="liuxiang")
    for number, name in enumerate(names):
        person = make.person(name=name)
        make.consent(person, given_at=LATER.replace(month=1))
        serve(person, community, 60 + 10 * number)
    return community


def paper(organisation):
    roll = queries.standing(organisation.id, MONTH)
    named = queries.named(roll.id)
    return paper_of(roll, organisation, named, address=ADDRESS)


def printed(organisation):
    return copied(paper(organisation))


def copied(sheet):
    """Return what somebody copies out of the file, without line breaks and blanks."""
    pages = PdfReader(io.BytesIO(roll_pdf(sheet))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def _expect(text, lines):
    """Expect rank, name and hours of every line in the text, one after the other."""
    place = 0
    for rank, name, minutes, _occasions in lines:
        said = f"{rank}{name}{minutes // 30 / 2:g}"
        place = text.index(said, place) + len(said)


def first_entry(community):
    return queries.named(queries.standing(community.id, MONTH).id)[-1].person_id


@pytest.mark.parametrize("count", [3, 40])
@pytest.mark.usefixtures("in_app")
def test_the_file_says_what_is_kept(make, count):
    community = a_month(make, [NAMES[number % len(NAMES)] for number in range(count)])
    prepare(community)
    number = publish(community)

    text = printed(community)

    _expect(text, lines_of(queries.standing(community.id, MONTH).id))
    assert "\u3000" not in text and number in text and ADDRESS in text
    assert "2026年11月5日" in text and "（盖章处）" in text


def test_400_names_stand_in_the_file_as_they_are(app):
    lines = [
        Named(place, NAMES[place % len(NAMES)], True, minutes, 2, "", place, minutes)
        for place, minutes in enumerate(range(15_000, 15_000 - 400 * 30, -30), 1)
    ]
    roll = services.roll_of(1, MONTH, rule.Terms(LATER), [])
    with app.app_context():
        text = copied(paper_of(roll, Organisation(name="柳巷社区"), lines, address=ADDRESS))

    _expect(text, [(one.rank, one.name, one.minutes, one.occasions) for one in lines])


@pytest.mark.usefixtures("in_app")
def test_a_proof_says_so_and_cannot_be_mistaken_for_the_roll(make):
    community = a_month(make, NAMES[:3])
    prepare(community)

    text = printed(community)

    assert "校样，未公布" in text and ADDRESS not in text and "编号" not in text


@pytest.mark.usefixtures("in_app")
def test_a_name_taken_back_is_masked_on_the_next_print(make):
    community = a_month(make, ["欧阳少东", "王小二"])
    prepare(community)
    publish(community)
    person_id = first_entry(community)

    with write_transaction():
        people.withdraw_consent(person_id, "publish_name", now=LATER)

    assert "欧**东" in printed(community) and "欧阳少东" not in printed(community)


def test_the_same_cutoff_gives_the_same_bytes_on_every_database(tmp_path, request):
    addresses = [database.sqlite_copy(tmp_path / "site.sqlite")]
    if request.config.getoption("--database") != "sqlite":
        addresses.append(request.getfixturevalue("postgresql").copy("bytes"))

    files = {file for address in addresses for file in _twice(address)}

    assert len(files) == 1


def _twice(address):
    """Print a month's roll; again after withdrawal, a late correction and late hours."""
    app = database.app_with(address)
    make = Factory(app)
    with app.app_context():
        community = a_month(make, NAMES * 3)
        entry = serve(make.person(name="方正"), community, 90)
        community = db.session.get(Organisation, community.id)
        db.session.expunge(community)
        for again in range(2):
            prepare(community)
            yield roll_pdf(paper(community))
            if not again:
                take_back(entry, LATER)
                serve(make.person(name="马骏"), community, 600, recorded_at=LATER)
        publish(community)
        withdraw(community)
        prepare(community)
        yield roll_pdf(paper(community))
        db.session.remove()
        db.engine.dispose()
