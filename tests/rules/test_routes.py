"""Rules that hold for every route of the site."""

import re

import pytest

from tests import database
from volunteer_site.core.access import access_of

ACTIONS = {"index", "show", "new", "create", "edit", "update", "destroy"}
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(scope="module")
def site():
    return database.app_with(database.IN_MEMORY)


@pytest.fixture(scope="module")
def rules(site):
    return [rule for rule in site.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_route_declares_who_may_use_it(site, rules):
    silent = [rule.rule for rule in rules if not access_of(site.view_functions[rule.endpoint])]

    assert not silent


def test_every_route_says_only_what_the_site_knows_about_access(site, rules):
    said = {name for rule in rules for name in access_of(site.view_functions[rule.endpoint])}

    assert said <= {"public", "members", "volunteer", "coordinator", "liaison", "officer"}


def test_every_path_is_in_kebab_case_with_typed_parameters(rules):
    part = r"[a-z0-9-]*(\.[a-z]+)?|<(int|uuid|string|month|date)(\([^)]*\))?:\w+>(\.[a-z]+)?"
    odd = [
        rule.rule
        for rule in rules
        if not all(re.fullmatch(part, piece) for piece in rule.rule.strip("/").split("/"))
    ]

    assert not odd


def test_every_route_is_named_after_one_of_the_seven_actions(rules):
    composed = ("pages.", "printouts.")  # these show several things at once
    others = [rule.endpoint for rule in rules if not rule.endpoint.startswith(composed)]

    assert [name for name in others if name.split(".")[-1] not in ACTIONS] == []


def test_no_route_changes_anything_when_it_is_only_read(rules):
    changing = {"create", "update", "destroy"}
    wrong = [
        rule.rule
        for rule in rules
        if rule.endpoint.split(".")[-1] in changing and rule.methods & {"GET", "HEAD"}
    ]

    assert not wrong


def test_every_change_asks_for_the_token_of_its_form(app, make, client_for, rules):
    app.config["WTF_CSRF_ENABLED"] = True
    person = make.officer()
    make.role(person, make.community(), "coordinator")
    make.role(person, make.unit(), "liaison")
    client = client_for(person)

    open_doors = [
        rule.rule
        for rule in rules
        if rule.methods & CHANGING and client.post(_address(rule)).status_code != 400
    ]

    assert not open_doors


def test_nobody_who_has_not_logged_in_changes_anything_by_a_closed_route(site, rules):
    client = site.test_client()
    closed = [
        rule for rule in rules if "public" not in access_of(site.view_functions[rule.endpoint])
    ]

    for rule in closed:
        method = "POST" if rule.methods & CHANGING else "GET"
        answer = client.open(_address(rule), method=method)
        assert answer.status_code in {303, 400, 401}, rule.rule
        assert answer.status_code != 303 or answer.location.startswith("/login"), rule.rule


def test_a_route_that_says_nothing_is_closed():
    app = database.app_with(database.IN_MEMORY)
    app.add_url_rule("/silent", "silent", lambda: "open")

    assert app.test_client().get("/silent").status_code == 403


def _address(rule):
    examples = {"month": "2026-11", "date": "2026-11-20"}
    kinds = re.sub(
        r"<(\w+)(?:\([^)]*\))?:\w+>", lambda found: examples.get(found[1], "1"), rule.rule
    )
    return re.sub(r"<\w+>", "x", kinds)
