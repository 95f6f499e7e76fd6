"""A browser without a screen that looks closely at every page it is given."""

import re
from collections import Counter
from html.parser import HTMLParser

from flask.testing import FlaskClient

HTMX = {"HX-Request": "true"}
REDIRECTIONS = range(300, 400)  # nobody sees their pages


class SiteClient(FlaskClient):
    """Flask's test client; every HTML answer has to be a sound page or a sound part of one."""

    def open(self, *args, **kwargs):
        response = super().open(*args, **kwargs)
        is_page = response.mimetype == "text/html" and response.status_code not in REDIRECTIONS
        if is_page and response.data:
            problems = problems_of(response.get_data(as_text=True))
            assert not problems, f"{response.request.path}: {'; '.join(problems)}"
        return response


def logged_in(app, person):
    """Return a client with the cookie that logging in gives."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{person.id}.{person.session_stamp}"
        session["_fresh"] = True
        session.permanent = True
    return client


class Page(HTMLParser):
    """What the rules below ask about a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.forms, self.names = Counter(), Counter(), [], []
        self.lang, self.title, self._in_title = None, "", False
        self.inline = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags[tag] += 1
        self._in_title = tag == "title" and self.tags["svg"] == 0
        if attrs.get("id"):
            self.ids[attrs["id"]] += 1
        if tag == "html":
            self.lang = attrs.get("lang")
        if tag == "form":
            self.forms.append({**attrs, "fields": []})
        elif tag in {"input", "button", "select", "textarea"} and self.forms:
            self.forms[-1]["fields"].append(attrs.get("name"))
        self.inline += [name for name in attrs if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in attrs):
            self.inline.append(f"<{tag}>")

    def handle_endtag(self, tag):
        self._in_title = False

    def handle_data(self, data):
        if self._in_title:
            self.title += data


def problems_of(html):
    """Return what is wrong with a page, or with a part of one that htmx asked for."""
    page = Page(html)
    problems = [f"two elements with the id {name}" for name, n in page.ids.items() if n > 1]
    problems += [f"{what} would be refused by the browser (CSP)" for what in page.inline]
    problems += [problem for form in page.forms for problem in _problems_of_form(form)]
    if re.match(r"\s*<!doctype", html, re.IGNORECASE):
        problems += _problems_of_whole(page)
    return problems


def _problems_of_form(form):
    if form.get("method", "get").lower() != "post":
        return
    if not form.get("action"):
        yield "a form without an address to post to"
    if "csrf_token" not in form["fields"]:
        yield f"the form to {form.get('action')} has no token"


def _problems_of_whole(page):
    if page.tags["h1"] != 1:
        yield f"{page.tags['h1']} first headings instead of one"
    if page.lang not in {"zh-CN", "en"}:
        yield f"the language is said to be {page.lang}"
    if not page.title.strip():
        yield "the title is empty"
    if page.tags["main"] != 1:
        yield f"{page.tags['main']} main elements instead of one"
