"""What careless and ill-meaning visitors send, made from the site's own routes and forms."""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

from werkzeug.exceptions import HTTPException

LONG = "很长" * 3000
ODD = ["", LONG, "不是<b>'\"%;--", "9" * 25, "-1", "1\x002", "2026-02-30", "\u202e😀𬱟\udc80"]
ODD_ASKED = [odd[:40] for odd in ODD]  # a server takes no address of more than 4,094 signs
ODD_PATHS = ["0", "2147483647", "2147483648", "9" * 30, "-1", "x", "x" * 300, "%00", "😀'\"<b>"]
ODD_BODIES = [
    ("application/x-www-form-urlencoded", b"a=%ff%fe&%00=%00&&=&a" + b"&b=1" * 900),
    ("application/x-www-form-urlencoded", b"\xff\xfe\x00"),
    ("multipart/form-data", b"without a boundary"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n'),
    ("application/json", b'{"a": [1'),
    ("nonsense", b"nonsense"),
]
PART = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")  # <int:activity_id> in a rule
USUAL_QUERIES = {"page", "q", "week", "next", "code", "token"}  # what any page may be asked with


class Forms(HTMLParser):
    """The forms of a page with what they hold, and the addresses of its links."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.links, self._form, self._select = [], [], None, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self._form = (attrs.get("method", "get"), attrs.get("action") or "", {})
            self.forms.append(self._form)
        elif tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])
        elif self._form is not None:
            self._field(tag, attrs)

    def _field(self, tag, attrs):
        fields, name = self._form[2], attrs.get("name")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in attrs or self._select not in fields:
                fields[self._select] = attrs.get("value") or ""
        elif name and name != "csrf_token" and tag in {"input", "textarea", "button"}:
            fields[name] = attrs.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None


class Known:
    """Which fields each route takes, learnt from the pages that lead to it."""

    def __init__(self, app):
        self._routes = app.url_map.bind("localhost")
        self.forms, self.queries = {}, {}

    def learn(self, html):
        page = Forms(html)
        for method, action, fields in page.forms:
            if method == "post":
                self._note(self.forms, "POST", action, fields)
            else:
                self._note(self.queries, "GET", action, fields)
        for link in page.links:
            fields = dict(parse_qsl(urlsplit(link).query, keep_blank_values=True))
            self._note(self.queries, "GET", link, fields)

    def _note(self, kept, method, address, fields):
        path = urlsplit(address).path
        try:
            endpoint, _values = self._routes.match(path or "/", method=method)
        except HTTPException:
            return
        kept.setdefault(endpoint, {}).update(fields)

    def bad_forms(self, endpoint):
        """Yield forms with something wrong in them: nothing at all, or one odd field each."""
        yield {}
        if fields := self.forms.get(endpoint):
            for name, odd in some_odd(fields, ODD):
                yield fields | {name: odd}
            for odd in ODD:
                yield dict.fromkeys(fields, odd)
            yield {name: [value, "9", value] for name, value in fields.items()}

    def bad_queries(self, endpoint):
        """Yield the part of an address after `?`, with something wrong in it."""
        names = self.queries.get(endpoint, {}).keys()
        yield from (encoded({name: odd}) for name, odd in some_odd(names, ODD_ASKED))
        for odd in [*ODD_ASKED[1::2], ["1", "x", ""]]:
            yield encoded(dict.fromkeys(USUAL_QUERIES | names, odd))
        yield "%ff=%fe&&=&" + "a=1&" * 200


def some_odd(names, odd):
    """Yield each name with two odd values, another two for each; all of them take too long."""
    for number, name in enumerate(names):
        yield from ((name, odd[(2 * number + turn) % len(odd)]) for turn in range(2))


def encoded(fields):
    """Write fields as a browser would, were it to send letters that do not exist."""
    return urlencode(fields, doseq=True, errors="surrogatepass")


def odd_addresses(rule, examples):
    """Yield the address of a route with one of its parts odd at a time."""
    for name in sorted(rule.arguments):
        for odd in ODD_PATHS:
            values = {other: str(value) for other, value in examples.items()} | {name: odd}
            yield PART.sub(lambda part, values=values: values[part[1]], rule.rule)
