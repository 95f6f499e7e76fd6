"""Whatever is sent to whichever address: a sentence comes back, and nothing was changed by it.

The addresses are the site's own, the fields are those of the forms on its pages, so what is added
later is tried as well. Bad input that the site accepts (a strange but possible name) may change
something; what it refuses may not. Limits and the audit may grow by being tried.
"""

import itertools
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from tests.client import HTMX, logged_in, problems_of
from tests.factories import NOW
from tests.rules.bad_input import ODD_BODIES, Known, encoded, odd_addresses
from tests.rules.restoring import Kept
from tests.rules.test_access import MAY_CHANGE, OWN, World
from volunteer_site.core.access import access_of

FORM = "application/x-www-form-urlencoded"
TEN_MB = b"a=" + b"x" * 10_000_000
CHINESE = re.compile(r"[\u4e00-\u9fff]{4,}.*[。？！，]")
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)


class Trial:
    """Sends requests as whoever may use a route, and notes what should not have happened."""

    def __init__(self, app, folder):
        self.world, self.app, self.wrong = World(app), app, []
        self.kept = Kept(app, folder / "kept.sqlite", MAY_CHANGE)
        self._looked_at, self._cookies = set(), {}
        self.rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]

    def person_for(self, rule):
        access = set(access_of(self.app.view_functions[rule.endpoint]))
        for who, held in OWN.items():
            if held & access:
                return self.world.people[who]
        return self.world.person  # who has signed up; what is public is also theirs

    def address(self, rule):
        _host, path = rule.build(
            {name: self.world.examples[name] for name in rule.arguments}, append_unknown=False
        )
        return path

    def send(self, rule, method, address, *, refused=False, client=None, **given):
        """Send one request; `refused` says that the site may not accept it."""
        client = client or self._client(self.person_for(rule))
        answer = client.open(address, method=method, **given)
        said = f"{method} {address[:90]} {str(given)[:110]}: {answer.status_code}"
        changed = self.kept.changed()
        if answer.status_code >= 500 or (refused and answer.status_code < 400):
            self.wrong.append(said)
        elif answer.status_code >= 400 and not says_why(answer):
            self.wrong.append(f"{said}, and not a word")
        self._look(answer, rule, said)
        if changed and (refused or answer.status_code >= 400):
            self.wrong.append(f"{said}, but changed {changed}")
        if changed:
            self.kept.restore(changed)
        return answer

    def _client(self, person):
        """Return a client with nothing but the cookie that logging in gave the person at first."""
        if person.id not in self._cookies:
            self._cookies[person.id] = logged_in(self.app, person).get_cookie("session").value
        client = self.app.test_client()
        client.set_cookie("session", self._cookies[person.id])
        return client

    def _look(self, answer, rule, said):
        """Look closely at one page of a kind, as reading all of them would take minutes."""
        kind = (rule.endpoint, answer.status_code)
        is_page = answer.mimetype == "text/html" and answer.status_code != 303
        if is_page and kind not in self._looked_at:
            self._looked_at.add(kind)
            problems = problems_of(answer.get_data(as_text=True))
            self.wrong += [f"{said}: {problem}" for problem in problems]

    def posts(self):
        return [rule for rule in self.rules if "POST" in rule.methods]

    def gets(self):
        return [rule for rule in self.rules if "GET" in rule.methods]


@pytest.fixture
def trial(app, tmp_path):
    app.test_client_class = FlaskClient  # the strict one is too slow for so many pages
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        trial = Trial(app, tmp_path)
        yield trial
    assert not trial.wrong, "\n".join(trial.wrong)


def words_of(answer):
    """Return what an answer says; a file for the printer says nothing to look at."""
    pictures = ("application/pdf", "image/png", "image/jpeg")
    return "" if answer.mimetype in pictures else answer.get_data(as_text=True)


def says_why(answer):
    """Tell whether an answer is a page, or a part of one, with a sentence in Chinese."""
    words = words_of(answer)
    main = MAIN.search(words)
    return bool(CHINESE.search(re.sub(r"<[^>]+>", " ", main[0] if main else words)))


def test_odd_forms_get_a_sentence_and_change_nothing(trial):
    known = Known(trial.app)
    for rule in trial.gets():
        known.learn(words_of(trial.send(rule, "GET", trial.address(rule))))

    for rule in trial.posts():
        for form in known.bad_forms(rule.endpoint):
            trial.send(rule, "POST", trial.address(rule), data=encoded(form), content_type=FORM)


def test_odd_questions_in_an_address_get_an_answer(trial):
    known = Known(trial.app)
    for rule in trial.gets():
        known.learn(words_of(trial.send(rule, "GET", trial.address(rule))))

    for rule in trial.gets():
        for query in known.bad_queries(rule.endpoint):
            trial.send(rule, "GET", f"{trial.address(rule)}?{query}")


def test_what_is_not_there_is_said_to_be_not_there(trial):
    for rule in trial.rules:
        for address in odd_addresses(rule, trial.world.examples):
            path = quote(address.encode("utf-8", "surrogatepass"), safe="/%")
            for method in rule.methods & {"GET", "POST"}:
                trial.send(rule, method, path, refused=True)


@pytest.mark.one_database
def test_bodies_that_are_no_form_get_a_sentence(trial):
    with_and_without = itertools.cycle([{}, HTMX, HTMX, {}, {}])  # in turns that match no kind
    for rule, (kind, body) in itertools.product(trial.posts(), ODD_BODIES):
        given = {"data": body, "content_type": kind, "headers": next(with_and_without)}
        trial.send(rule, "POST", trial.address(rule), **given)


@pytest.mark.one_database
def test_a_body_of_ten_megabytes_is_too_large(trial):
    trial.app.config["WTF_CSRF_ENABLED"] = True
    for rule in trial.posts():
        address = trial.address(rule)
        answer = trial.send(rule, "POST", address, refused=True, data=TEN_MB, content_type=FORM)
        assert answer.status_code == 413, address


@pytest.mark.one_database
def test_a_form_without_its_token_or_with_another_visitors_changes_nothing(trial):
    trial.app.config["WTF_CSRF_ENABLED"] = True
    page = trial.app.test_client().get("/login").get_data(as_text=True)
    stale = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    for rule, token in itertools.product(trial.posts(), ("", "x", "x" * 5000, stale)):
        given = {"data": {"csrf_token": token}}
        answer = trial.send(rule, "POST", trial.address(rule), refused=True, **given)
        assert answer.status_code == 400, rule.rule


@pytest.mark.one_database
def test_a_method_that_an_address_does_not_know_is_refused(trial):
    for rule in trial.rules:
        address = trial.address(rule)
        known = trial.app.url_map.bind("localhost").allowed_methods(address)
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - set(known):
            trial.send(rule, method, address, refused=True)


@pytest.mark.one_database
def test_a_broken_cookie_is_as_good_as_none(trial):
    person = trial.world.person
    good = logged_in(trial.app, person).get_cookie("session").value
    for rule, cookie in itertools.product(
        trial.rules, ("", "x", "....", good[:-3], good[:20], "x" * 4000, '"\\377"')
    ):
        client = trial.app.test_client(use_cookies=False)
        headers = Headers({"Cookie": f"session={cookie}"})
        method = "GET" if "GET" in rule.methods else "POST"
        answer = trial.send(rule, method, trial.address(rule), client=client, headers=headers)
        closed = "public" not in access_of(trial.app.view_functions[rule.endpoint])
        assert not closed or answer.status_code == 303, rule.rule
