"""Entries proven false are taken back together, and the list of what changed is kept (R30)."""

import pytest
import sqlalchemy as sa

from tests.oversight.scene import friday
from volunteer_site.core.db import db
from volunteer_site.oversight.findings.models import FindingEntry

WHY = "签到设备同一台，当事人承认未到场"


def text(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def officer(scene):
    return scene.client(scene.officer)


def prove(client, *entries, reason=WHY, **form):
    return client.post("/office/findings", data={"entry": list(entries), "reason": reason} | form)


def test_entries_are_chosen_by_activity_by_person_or_by_number(scene, officer):
    other = scene.gave(scene.mei, scene.held("清扫河岸", starts_at=friday(-1)))

    by_activity = text(officer.get(f"/office/findings/new?activity={scene.activity.id}"))
    by_person = text(officer.get(f"/office/findings/new?person={scene.mei.id}"))
    by_number = text(officer.get(f"/office/findings/new?q={other}"))
    by_name = text(officer.get("/office/findings/new?q=王小梅"))

    assert f'value="{scene.entry}"' in by_activity and f'value="{other}"' not in by_activity
    assert f'value="{scene.entry}"' in by_person and f'value="{other}"' in by_person
    assert f'value="{other}"' in by_number
    assert f"person={scene.mei.id}" in by_name


def test_what_rests_on_them_is_shown_before_anything_changes(scene, officer):
    scene.make.honor_roll(scene.community, scene.mei, cutoff_at=friday(2))

    html = text(officer.get(f"/office/findings/new?entry={scene.entry}"))

    assert "将会发生的变化" in html and "第一次" in html
    assert "/desk/honor-rolls/2026-11/liuxiang/withdrawal" in html
    assert scene.minutes() == 60


def test_afterwards_the_list_is_kept_and_can_be_read_later(scene, officer):
    answer = prove(officer, scene.entry)

    assert answer.status_code == 303 and answer.location == "/office/findings/1"
    assert scene.minutes() == 0
    assert scene.reasons() == [WHY]
    for _ in range(2):
        html = text(officer.get("/office/findings/1"))
        assert "第一次" in html and "王小梅" in html and WHY in html and "陈佩" in html
    assert WHY in text(officer.get("/office/findings"))
    assert WHY in text(scene.client(scene.mei).get("/me/hours"))
    assert "第一次" in text(scene.client(scene.mei).get("/me/badges"))


def test_the_kept_list_never_changes(scene, officer):
    prove(officer, scene.entry)

    with scene.app.app_context(), pytest.raises(sa.exc.DatabaseError, match="append-only"):
        db.session.execute(sa.text("UPDATE findings SET reason = 'x'"))


def test_several_entries_fall_together_or_not_at_all(scene, officer):
    other = scene.gave(scene.mei, scene.held("清扫河岸", starts_at=friday(-1)))
    prove(officer, scene.entry)

    refused = prove(officer, scene.entry, other)

    assert refused.status_code == 404 and scene.minutes() == 60
    with scene.app.app_context():
        assert list(db.session.scalars(sa.select(FindingEntry.entry_id))) == [scene.entry]


@pytest.mark.parametrize("reason", ["", "假的", "长" * 151])
def test_a_reason_is_needed_that_is_a_sentence(scene, officer, reason):
    answer = prove(officer, scene.entry, reason=reason)

    assert answer.status_code == 422
    assert f'value="{scene.entry}"' in text(answer) and scene.minutes() == 60


def test_officers_do_not_decide_about_their_own_hours(scene, officer):
    mine = scene.gave(scene.officer, scene.activity)

    assert prove(officer, mine).status_code == 422
    assert scene.minutes(scene.officer) == 60


def test_a_complaint_that_led_to_it_is_named_in_the_ledger_and_its_log(scene, officer):
    client = scene.app.test_client()
    client.post(
        "/complaints",
        data={"ref": f"activity:{scene.activity.id}", "about": "activity", "words": "没人来"},
    )

    confirm = text(officer.get(f"/office/findings/new?entry={scene.entry}&complaint=1"))
    prove(officer, scene.entry, complaint="1")

    assert 'href="/office/findings/new?complaint=1"' in confirm  # to choose others
    assert scene.reasons() == [f"案件J2026-00001：{WHY}"]
    assert WHY in text(officer.get("/office/complaints/1"))


def test_nobody_else_proves_or_reads_anything(scene, officer):
    make = scene.make
    prove(officer, scene.entry)
    other = scene.gave(scene.mei, scene.held("清扫河岸", starts_at=friday(-1)))
    district = make.organisation(kind="district", name="晋源区", slug="jinyuan")
    stranger = scene.client(make.officer(district, name="吴起"))

    assert stranger.get("/office/findings/1").status_code == 404
    assert prove(stranger, other).status_code == 404
    assert stranger.get(f"/office/findings/new?entry={other}").status_code == 404
    html = text(stranger.get(f"/office/findings/new?person={scene.mei.id}"))
    assert "王小梅" not in html and f'value="{other}"' not in html
    for person in (scene.coordinator, scene.mei, make.liaison()):
        assert prove(scene.client(person), other).status_code == 403
    assert scene.minutes() == 60
