"""Rules that hold for every template."""

import re
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
REQUEST = re.compile(r"hx-(?:get|post|put|patch|delete)$")
FAILS_UNDER_CSP = re.compile(r"hx-on|^on[a-z]+$|^style$")


def templates(pattern="*.html"):
    """Yield the path of each template, below templates/, and what it says."""
    for path in sorted(TEMPLATES.rglob(pattern)):
        yield str(path.relative_to(TEMPLATES)), path.read_text(encoding="utf-8")


def elements():
    """Yield each element of each template, with the form around it."""
    for name, said in templates():
        for tag, attrs, form in Elements(said).found:
            yield name, tag, attrs, form


class Elements(HTMLParser):
    """The elements of a template, in order, each with the form around it and its depth."""

    def __init__(self, said):
        super().__init__()
        self.found, self.roots, self.open, self.depth, self.text = [], [], [], 0, ""
        self.feed(_without_jinja(said))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.found.append((tag, attrs, self.open[-1] if self.open else None))
        if self.depth == 0:
            self.roots.append(attrs.get("id") or ("a drawing" if tag == "svg" else None))
        if tag == "form":
            self.open.append(attrs)
        self.depth += tag not in VOID

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.depth -= tag not in VOID

    def handle_endtag(self, tag):
        if tag == "form" and self.open:
            self.open.pop()
        self.depth -= tag not in VOID


def _without_jinja(text):
    text = re.sub(r"{#.*?#}|{%.*?%}", "", text, flags=re.DOTALL)
    return re.sub(r"{{.*?}}", "x", text, flags=re.DOTALL)


def test_a_partial_has_one_root_element_with_an_id():
    for name, said in templates("_*.html"):
        if "{% macro" not in said:  # a collection of macros is not a fragment
            roots = Elements(said).roots
            assert len(set(roots)) == 1 and roots[0], name


def test_a_partial_says_first_what_it_needs():
    for name, said in templates("_*.html"):
        assert said.lstrip().startswith("{#"), name


def test_everything_that_htmx_sends_also_works_without_it():
    for name, tag, attrs, form in elements():
        if any(REQUEST.match(attribute) for attribute in attrs):
            assert _works_alone(tag, attrs, form), f"{name}: <{tag} {attrs}>"


def _works_alone(tag, attrs, form):
    if tag == "a":
        return "hx-get" in attrs and bool(attrs.get("href"))
    if tag == "form":
        method = "post" if "hx-post" in attrs else "get"
        return attrs.get("method", "get") == method and "action" in attrs
    if tag == "button":
        return bool(attrs.get("formaction") or attrs.get("form") or form)
    return (tag in {"input", "select"} and form is not None) or "data-only-with-script" in attrs


def test_nothing_needs_what_the_security_policy_forbids():
    for name, tag, attrs, _form in elements():
        assert tag != "style", f"{name}: put it into static/css"
        elsewhere = attrs.get("src") or attrs.get("type") == "application/json"
        assert tag != "script" or elsewhere, name
        assert not [attribute for attribute in attrs if FAILS_UNDER_CSP.match(attribute)], name
        assert "js:" not in (attrs.get("hx-vals") or ""), name


def test_every_picture_has_words_and_a_size():
    for name, tag, attrs, _form in elements():
        assert tag != "img" or {"alt", "width", "height"} <= attrs.keys(), name


def test_nothing_is_marked_as_safe_without_a_reason_beside_it():
    for name, said in templates():
        for line in said.splitlines():
            assert "|safe" not in line.replace(" ", "") or "{#" in line, f"{name}: {line}"
