"""Keep the catalogues: `python -m volunteer_site.translations update|compile|check`.

One catalogue a module; a module is a folder of `volunteer_site/` together with the folder of the
same name in `templates/`. No dates and no line numbers, so that a change shows only words.
"""

import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

CODE = Path(__file__).parents[1]
TEMPLATES = CODE.parent / "templates"
CATALOGUES = Path(__file__).parent / "zh_CN" / "LC_MESSAGES"
LOCALE = "zh_CN"
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
)
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "_l": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "_n": (1, 2),
    "ngettext": (1, 2),
}
Text = str | tuple[str, ...] | list[str] | None
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


@click.group()
def catalogues() -> None:
    """Collect, compile and check the words of the site."""


@catalogues.command()
@click.argument("modules", nargs=-1)
def update(modules: tuple[str, ...]) -> None:
    """Write catalogues anew (of these MODULES, or all): what is said now, as far as translated."""
    known = {module: _read(module) for module in _modules()}
    for module in modules or known:
        old, words = known[module], _extract(module)
        for message in words:
            if message.id:
                message.string = _translation(message, [old, *known.values()])
        _write(module, words)


@catalogues.command("compile")
def compile_all() -> None:
    """Make the .mo files that the site reads; each is there whole or not at all."""
    for path in sorted(CATALOGUES.glob("*.po")):
        draft = path.with_suffix(f".{os.getpid()}.mo")
        with draft.open("wb") as file:
            write_mo(file, _read(path.stem))
        draft.replace(path.with_suffix(".mo"))


@catalogues.command()
def check() -> None:
    """Fail if a word is missing, unsure, translated in two ways or loses what is filled in."""
    found = problems()
    for problem in found:
        click.echo(problem, err=True)
    if found:
        raise SystemExit(f"{len(found)} translations need work; `make translations` adds words.")


def problems() -> list[str]:
    """Return one sentence for everything that is wrong with the translations."""
    known = {module: _read(module) for module in _modules()}
    found = [line for module in known for line in _problems_of(module, known[module])]
    return found + list(_contradictions(known))


def _modules() -> list[str]:
    folders = [path.name for root in (CODE, TEMPLATES) for path in root.iterdir() if path.is_dir()]
    unspoken = {"translations", "migrations", "__pycache__"}
    return sorted({"core", *folders} - unspoken)


def _extract(module: str) -> Catalog:
    """Return what the module says: calls of gettext in its code, and its templates."""
    words = Catalog(locale=LOCALE)
    python = [("**.py", "python")]
    html = [("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.typ", "ignore")]
    options = {"**": {"silent": "false", "trimmed": "true", "trim_blocks": "true"}}
    for root, methods in ((CODE / module, python), (TEMPLATES / module, html)):
        if root.is_dir():
            found = extract_from_dir(root, methods, options, keywords=KEYWORDS)
            for _file, _line, text, _comments, _context in found:
                words.add(text)
    return words


def _read(module: str) -> Catalog:
    path = CATALOGUES / f"{module}.po"
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE, ignore_obsolete=True, abort_invalid=True)


def _translation(message: Message, places: list[Catalog]) -> str | tuple[str, ...]:
    """Return the translation from the first catalogue that has one."""
    for place in places:
        known = place.get(message.id)
        if known and known.string and any(known.string):
            plural = isinstance(message.id, tuple)
            text = known.string if isinstance(known.string, str) else known.string[0]
            return (text,) if plural else text
    return ("",) if isinstance(message.id, tuple) else ""


def _write(module: str, words: Catalog) -> None:
    path = CATALOGUES / f"{module}.po"
    if not len(words):
        path.unlink(missing_ok=True)
        return
    body = BytesIO()
    write_po(body, words, width=0, no_location=True, omit_header=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + body.getvalue().decode().strip() + "\n", encoding="utf-8")


def _problems_of(module: str, known: Catalog) -> Iterator[str]:
    for message in _extract(module):
        if message.id and (problem := problem_of(message, known.get(message.id))):
            yield f"{module}.po: {problem} {message.id!r}"


def problem_of(message: Message, translated: Message | None) -> str | None:
    """Return what is wrong with the translation, or None."""
    if translated is None or not any(_texts(translated.string)):
        return "no translation of"
    if translated.fuzzy:
        return "unsure (fuzzy) about"
    if _filled_in(message.id) != _filled_in(translated.string):
        return "not the same %(names)s in the translation of"
    return None


def _contradictions(known: dict[str, Catalog]) -> Iterator[str]:
    """Find a text with two translations: all catalogues are one when the site speaks."""
    said: dict[str, tuple[str, str]] = {}
    for module, words in known.items():
        for message in words:
            if not message.id or not any(_texts(message.string)):
                continue
            key, text = str(_texts(message.id)[0]), _texts(message.string)[0]
            other, before = said.setdefault(key, (module, text))
            if before != text:
                yield f"{module}.po says {text!r} for {key!r}, {other}.po says {before!r}"


def _filled_in(text: Text) -> set[str]:
    return {name for part in _texts(text) for name in PLACEHOLDER.findall(part)}


def _texts(text: Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


if __name__ == "__main__":
    catalogues()
