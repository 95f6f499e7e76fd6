"""What phones send after they were without network: once, in any order, and never lost silently."""

import uuid
from datetime import UTC, timedelta

import pytest
import sqlalchemy as sa

from tests.attendance.scene import ENDS, MINUTE, desk
from tests.factories import FRIDAY_18
from volunteer_site.attendance.offline.models import DoorEvent
from volunteer_site.core import clock
from volunteer_site.core.db import db


def ms(moment):
    return round(moment.replace(tzinfo=UTC).timestamp() * 1000)


def event(person, at=FRIDAY_18, **given):
    usual = {"id": str(uuid.uuid4()), "direction": "in", "method": "tick"}
    return usual | {"person_id": person.id, "at": ms(at)} | given


@pytest.fixture
def send(scene, client_for):
    def send(*events, by=None, sent_at=None, activity=None, status=200):
        body = {"sent_at": ms(sent_at or clock.now()), "events": list(events)}
        to = desk(activity or scene.activity, "/door/events")
        answer = client_for(by or scene.ann).post(to, json=body)
        assert answer.status_code == status, answer.text
        return answer.get_json() and answer.get_json()["answers"]

    return send


def standing(scene, direction="in"):
    return [row for row in scene.rows() if row.undone_at is None and row.direction == direction]


def over_since(make, scene, fact):
    given = {fact: FRIDAY_18, "organisation_id": scene.community.id}
    why = {"cancellation_reason": "下雨"} if fact == "cancelled_at" else {}
    return make.activity(**given | why)


def test_what_a_phone_kept_is_on_the_roster_with_the_time_it_happened(scene, send, time_machine):
    said = event(scene.person, FRIDAY_18 + 2 * MINUTE)
    time_machine.move_to(FRIDAY_18 + 40 * MINUTE, tick=False)

    [answer] = send(said)

    [mark] = standing(scene)
    assert answer["answer"] == "taken" and not answer["refused"]
    assert mark.happened_at == FRIDAY_18 + 2 * MINUTE
    assert mark.recorded_at == FRIDAY_18 + 40 * MINUTE
    assert (mark.method, mark.recorded_by_id) == ("tick", scene.ann.id)


def test_sending_again_gives_the_same_answer_and_no_second_mark(scene, send):
    said = event(scene.person)

    first, again = send(said), send(said)

    assert first == again
    assert len(scene.rows()) == 1 and len(scene.rows(DoorEvent)) == 1


def test_two_phones_with_one_person_make_one_check_in_that_names_the_first(
    scene, send, make, time_machine
):
    ben = make.coordinator(scene.community, name="李强")
    time_machine.move_to(FRIDAY_18 + 20 * MINUTE, tick=False)

    [late] = send(event(scene.person, FRIDAY_18 + 5 * MINUTE))
    [early] = send(event(scene.person, FRIDAY_18 + 3 * MINUTE), by=ben)
    [third] = send(event(scene.person, FRIDAY_18 + 4 * MINUTE))

    [mark] = standing(scene)
    assert (late["answer"], early["answer"], third["answer"]) == ("taken", "taken", "known")
    assert mark.recorded_by_id == ben.id
    assert "李强" in third["words"] and "18:03" in third["words"]


def test_a_check_out_that_arrives_before_its_check_in_waits_for_it(scene, send, time_machine):
    came, left = event(scene.person), event(scene.person, ENDS, direction="out")
    time_machine.move_to(ENDS + MINUTE, tick=False)

    [waits] = send(left)
    assert waits["answer"] == "waiting" and not scene.rows()
    send(came)

    assert [row.happened_at for row in scene.rows()] == [FRIDAY_18, ENDS]


def test_a_check_out_that_waited_counts_at_the_latest_when_the_activity_is_closed(
    scene, send, client_for, time_machine
):
    time_machine.move_to(FRIDAY_18 + 50 * MINUTE, tick=False)
    send(event(scene.person, FRIDAY_18 + 45 * MINUTE, direction="out"))
    time_machine.move_to(ENDS + MINUTE, tick=False)
    client_for(scene.ann).post(
        desk(scene.activity, "/check-ins"), data={"person_id": scene.person.id}
    )

    client_for(scene.ann).post(desk(scene.activity, "/closing"))

    [left] = standing(scene, "out")
    assert (left.method, left.happened_at) == ("tick", FRIDAY_18 + 45 * MINUTE)


def test_what_the_phone_takes_back_is_gone_whichever_arrives_first(scene, send):
    said = event(scene.person)
    back = event(scene.person, undo_of=said["id"])

    assert [one["answer"] for one in send(back)] == ["undone"]
    assert [one["answer"] for one in send(said)] == ["undone"]

    assert not scene.rows()


def test_nobody_takes_back_what_another_coordinators_phone_says(scene, send, make):
    said = event(scene.person)
    send(said)

    send(event(scene.person, undo_of=said["id"]), by=make.coordinator(scene.community))

    assert len(standing(scene)) == 1


def test_a_mark_undone_at_the_site_does_not_come_back_with_what_was_said_before(
    scene, send, client_for, time_machine
):
    send(event(scene.person))
    [mark] = standing(scene)
    time_machine.move_to(FRIDAY_18 + 5 * MINUTE, tick=False)
    client_for(scene.ann).post(desk(scene.activity, f"/check-ins/{mark.id}/undoing"))
    time_machine.move_to(FRIDAY_18 + 9 * MINUTE, tick=False)

    [before] = send(event(scene.person, FRIDAY_18 + 4 * MINUTE))
    assert before["answer"] == "taken_back" and before["refused"] and not standing(scene)
    [after] = send(event(scene.person, FRIDAY_18 + 6 * MINUTE))

    assert after["answer"] == "taken" and len(standing(scene)) == 1


def test_a_scan_that_came_later_gives_way_and_stands_again_if_the_tick_is_taken_back(
    scene, send, make, time_machine
):
    signup = make.signup(scene.activity, make.person(name="李雷"))
    lei = make.attendance(signup, happened_at=FRIDAY_18 + 4 * MINUTE)
    time_machine.move_to(FRIDAY_18 + 9 * MINUTE, tick=False)
    said = {"person_id": lei.person_id, "at": ms(FRIDAY_18 + 2 * MINUTE)}
    said |= event(scene.person) | said

    send(said)
    assert [row.method for row in standing(scene)] == ["tick"]
    send(said | {"id": str(uuid.uuid4()), "undo_of": said["id"]})

    [mark] = standing(scene)
    assert (mark.method, mark.happened_at) == ("scan", FRIDAY_18 + 4 * MINUTE)


@pytest.mark.parametrize("minutes", [-10, 10, 600])
def test_a_phone_whose_clock_is_off_still_tells_the_right_time(scene, send, time_machine, minutes):
    off = minutes * MINUTE
    said = event(scene.person, FRIDAY_18 + 2 * MINUTE + off)
    time_machine.move_to(FRIDAY_18 + 30 * MINUTE, tick=False)

    send(said, sent_at=FRIDAY_18 + 30 * MINUTE + off)

    assert standing(scene)[0].happened_at == FRIDAY_18 + 2 * MINUTE


def test_nothing_happened_in_the_future_nor_outside_the_doors_hours(scene, send, make):
    lei = make.person()
    make.signup(scene.activity, lei)

    send(event(scene.person, FRIDAY_18 + 5 * MINUTE), event(lei, FRIDAY_18 - 300 * MINUTE))

    happened = {row.person_id: row.happened_at for row in standing(scene)}
    assert happened == {scene.person.id: FRIDAY_18, lei.id: FRIDAY_18 - 30 * MINUTE}


def test_a_tick_after_the_end_counts_from_the_start_as_it_does_with_network(
    scene, send, time_machine
):
    time_machine.move_to(ENDS + 10 * MINUTE, tick=False)

    send(event(scene.person, ENDS + 5 * MINUTE))

    assert standing(scene)[0].happened_at == FRIDAY_18


def test_whoever_is_not_on_the_list_is_refused_clearly_and_the_others_are_taken(scene, send, make):
    stranger = make.person(name="赵六")

    refused, taken = send(event(stranger), event(scene.person))

    assert refused["answer"] == "not_listed" and refused["refused"]
    assert "不在名单" in refused["words"] and refused["address"].endswith("/walk-ins")
    assert taken["answer"] == "taken"


def test_a_number_that_is_nobodys_is_answered_like_a_strangers(scene, send):
    nobody = event(scene.person, person_id=99_999)

    [answer] = send(nobody)

    assert answer["answer"] == "not_listed" and not scene.rows(DoorEvent)


@pytest.mark.parametrize(
    ("fact", "answer"), [("closed_at", "closed"), ("cancelled_at", "called_off")]
)
def test_after_it_is_over_the_phone_is_told_and_nothing_changes(scene, send, make, fact, answer):
    over = over_since(make, scene, fact)
    make.signup(over, scene.person)

    [said] = send(event(scene.person), activity=over)

    assert said["answer"] == answer and said["refused"] and said["words"]
    assert not scene.rows() and len(scene.rows(DoorEvent)) == 1


def test_what_was_taken_before_closing_is_answered_the_same_after_it(
    scene, send, client_for, time_machine
):
    said = event(scene.person)
    first = send(said)
    time_machine.move_to(ENDS + MINUTE, tick=False)
    client_for(scene.ann).post(desk(scene.activity, "/closing"))

    assert send(said) == first


def test_days_later_it_is_a_late_entry(scene, send, client_for, time_machine):
    said = event(scene.person)
    time_machine.move_to(FRIDAY_18 + timedelta(days=4), tick=False)

    [answer] = send(said)

    assert answer["answer"] == "too_late" and not scene.rows()
    assert client_for(scene.ann).get(answer["address"]).status_code == 200


def test_one_bad_event_does_not_hold_up_the_others(scene, send):
    bad = [{"id": "x"}, 7, None, event(scene.person, direction="up"),
           event(scene.person) | {"at": "noon"}, event(scene.person) | {"at": 1e300}]  # fmt: skip

    answers = send(*bad, event(scene.person))

    assert [one["answer"] for one in answers] == ["taken", *["unreadable"] * 6]
    assert all(one["words"] for one in answers[1:])


@pytest.mark.parametrize(
    "body", [None, [], "x", {}, {"events": []}, {"events": {}, "sent_at": 1},
             {"events": [], "sent_at": "now"}, {"events": [], "sent_at": True},
             {"events": [1] * 101, "sent_at": ms(FRIDAY_18)}],
)  # fmt: skip
def test_what_is_no_list_of_events_is_refused_with_a_sentence(scene, client_for, body):
    answer = client_for(scene.ann).post(desk(scene.activity, "/door/events"), json=body)

    assert answer.status_code == 422
    assert "。" in answer.text


def test_only_coordinators_of_the_community_keep_and_send(scene, make, client_for, send):
    said = {"sent_at": ms(FRIDAY_18), "events": [event(scene.person)]}
    for person, code in (
        (make.coordinator(make.community()), 404),
        (make.liaison(), 403),
        (scene.person, 403),
    ):
        client = client_for(person)
        assert client.get(desk(scene.activity, "/door/kept")).status_code == code
        assert client.post(desk(scene.activity, "/door/events"), json=said).status_code == code

    assert not scene.rows(DoorEvent)


def test_events_cannot_be_changed_afterwards(scene, send):
    send(event(scene.person))

    with scene.app.app_context(), pytest.raises(sa.exc.DatabaseError, match="append-only"):
        db.session.execute(sa.update(DoorEvent).values(answer="known"))


def test_a_phone_keeps_the_roster_the_key_and_the_cards(scene, client_for):
    assert scene.person.number

    kept = client_for(scene.ann).get(desk(scene.activity, "/door/kept"))

    facts = kept.get_json()
    [one] = facts["people"]
    assert one["name"] == "孙小兰" and one["card"].startswith(scene.person.number)
    assert facts["activity"]["opens_at"] == ms(FRIDAY_18 - 30 * MINUTE)
    assert facts["me"]["id"] == scene.ann.id and facts["token"]
    assert kept.headers["Cache-Control"] == "no-store"
    assert "13800138000" not in kept.text


@pytest.mark.parametrize("fact", ["closed_at", "cancelled_at"])
def test_of_an_activity_that_is_over_a_phone_keeps_nothing(scene, make, client_for, fact):
    over = over_since(make, scene, fact)

    facts = client_for(scene.ann).get(desk(over, "/door/kept")).get_json()

    assert facts.keys() == {"now", "token", "me"}


def test_a_day_after_the_roster_a_phone_keeps_nothing(scene, client_for, time_machine):
    time_machine.move_to(FRIDAY_18 + timedelta(days=2), tick=False)

    facts = client_for(scene.ann).get(desk(scene.activity, "/door/kept")).get_json()

    assert "activity" not in facts
