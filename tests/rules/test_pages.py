"""The test client is strict about pages: here is what it would notice."""

import re

import pytest

from tests.client import problems_of

SOUND = """<!doctype html><html lang="zh-CN"><head><title>活动</title></head>
<body><main><h1>活动</h1><form method="post" action="/me"><input name="csrf_token">
</form></main></body></html>"""


def test_a_sound_page_and_a_sound_part_of_one_pass():
    assert problems_of(SOUND) == []
    assert problems_of('<p id="notice">已报名</p>') == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("<h1>活动</h1>", "<h1>活动</h1><h1>活动</h1>"),
        ("<h1>活动</h1>", ""),
        ("<main>", '<main><i id="a"></i><i id="a"></i>'),
        ('lang="zh-CN"', ""),
        ("<title>活动", "<title> "),
        (' action="/me"', ""),
        ('<input name="csrf_token">', ""),
        ("<main>", '<main style="color:red">'),
        ("<main>", '<main onclick="x()">'),
        ("<main>", "<main><script>x()</script>"),
        ("<main>", "<main><style>p{}</style>"),
    ],
)
def test_an_unsound_page_is_noticed(good, bad):
    assert problems_of(SOUND.replace(good, bad, 1)) != []


def test_every_answer_carries_the_security_headers(visitor_client):
    sheet = re.search(r'href="(/static/[^"]+\.css)"', visitor_client.get("/").text)[1]
    for address in ("/healthz", "/nothing-here", sheet):
        with visitor_client.get(address) as answer:
            headers = answer.headers
        policy = headers["Content-Security-Policy"]

        assert "unsafe-" not in policy and "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"]


def test_only_over_https_browsers_are_told_to_stay_there(visitor_client):
    over = {
        scheme: visitor_client.get("/healthz", base_url=f"{scheme}://site.example").headers
        for scheme in ("http", "https")
    }

    assert "Strict-Transport-Security" not in over["http"]
    assert over["https"]["Strict-Transport-Security"] == "max-age=31536000"


def test_what_says_nothing_about_being_kept_is_not_kept(visitor_client):
    assert visitor_client.get("/login").headers.getlist("Cache-Control") == ["private, no-cache"]
    assert visitor_client.get("/healthz").headers.getlist("Cache-Control") == ["no-store"]


def test_statements_sent_to_the_database_are_counted(statements, visitor_client):
    visitor_client.get("/readyz")

    assert statements
