"""A volunteer finds an activity, signs up, thinks again and withdraws."""

from tests.factories import FRIDAY_18, NOW


def test_from_the_board_to_a_place_and_back(make, client_for, time_machine):
    time_machine.move_to(NOW, tick=False)
    activity, person = make.activity(places=2), make.person()
    client = client_for(person)
    assert f"/activities/{activity.id}/signup" in client.get("/").text

    answer = client.post(f"/activities/{activity.id}/signup")

    assert (answer.status_code, answer.location) == (303, f"/activities/{activity.id}")
    assert "您已有名额" in client.get(f"/activities/{activity.id}").text
    client.post(f"/activities/{activity.id}/signup/withdrawal")
    assert "您已有名额" not in client.get(f"/activities/{activity.id}").text


def test_a_full_activity_answers_with_the_offer_to_wait(make, client_for, time_machine):
    time_machine.move_to(NOW, tick=False)
    activity = make.activity(places=1)
    make.signup(activity)

    answer = client_for(make.person()).post(f"/activities/{activity.id}/signup")

    assert answer.status_code == 409
    assert f"/activities/{activity.id}/signup/waitlist" in answer.text


def test_nobody_signs_up_after_it_began(make, client_for, time_machine):
    time_machine.move_to(FRIDAY_18, tick=False)

    answer = client_for(make.person()).post(f"/activities/{make.activity().id}/signup")

    assert answer.status_code == 409
    assert "11月20日 周五 18:00" in answer.text
