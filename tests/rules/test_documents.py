"""What README and docs/ say is there, and what is there they say."""

import re

import pytest

from tests import database
from tests.live import ROOT
from volunteer_site.core import settings

DOCUMENTS = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").glob("*.md"))]
FRAMEWORK = {  # of Flask or for the tests; nobody who runs the site sets them
    "TESTING",
    "MAX_CONTENT_LENGTH",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_REFRESH_EACH_REQUEST",
    "WTF_CSRF_TIME_LIMIT",
    "PASSWORD_COST",
}


def test_every_setting_is_explained_with_its_default():
    [_, lines] = (ROOT / "docs" / "settings.md").read_text().split("| `FLASK_…`")
    explained = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", lines, re.MULTILINE))
    words = set(re.findall(r"`([A-Z_]+)`", lines))

    assert set(settings.DEFAULTS) - words == FRAMEWORK
    wrong = {
        name: default
        for name, default in explained.items()
        if str(settings.DEFAULTS[name]).lower() != default.strip("`").lower()
    }
    assert not wrong


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document):
    targets = re.findall(r"\]\(([^)#:]+)\)", document.read_text())

    assert [name for name in targets if not (document.parent / name).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_is_named_is_there(document):
    groups = database.app_with(database.IN_MEMORY).cli.commands
    named = re.findall(r"--app wsgi (\w[\w-]*)(?: (\w[\w-]*))?", document.read_text())

    missing = [
        (group, command)
        for group, command in named
        if group not in groups or command not in getattr(groups[group], "commands", {"": None})
    ]

    assert not missing


def test_every_command_is_explained_for_those_who_run_the_site():
    told = (ROOT / "docs" / "deploy.md").read_text()
    groups = database.app_with(database.IN_MEMORY).cli.commands
    ours = [
        f"{group} {command}"
        for group in groups.keys() - {"db", "demo"}
        for command in getattr(groups[group], "commands", {})
    ]

    assert sorted(command for command in ours if command not in told) == []
