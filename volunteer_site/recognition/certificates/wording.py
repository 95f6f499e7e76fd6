"""The words of a certificate. It is an official paper, so they are Chinese in every language."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.core import dates
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.models import Proof
from volunteer_site.hours.proofs import Shares
from volunteer_site.recognition.certificates import numbers
from volunteer_site.recognition.certificates.drafts import Draft, Line

TITLE: Final = "志愿服务记录证明"
STATEMENT: Final = "本证明依据本单位记录出具，可扫码查验。"
AT_ONCE: Final = "志愿者自助办理"
PROOFS: Final = {
    Proof.SCANNED: "现场扫码",
    Proof.TICKED: "现场点名",
    Proof.PAPER: "纸质签到表",
    Proof.LATE: "事后补录",
}


class Issuer(NamedTuple):
    """Who answers for it (负责人), who dealt with it (经办人), and how to reach them."""

    responsible: str
    handler: str
    contact: str


def sheet(draft: Draft, issuer: Issuer, number: str, replaces: str, day: date) -> dict[str, Any]:
    """Return everything that is printed but whose it is; this is frozen (R34)."""
    return {
        "title": TITLE,
        "number": number,
        "recorder": draft.recorder.name,
        "first": draft.days.first.isoformat(),
        "last": draft.days.last.isoformat(),
        "period": period(draft.days.first, draft.days.last),
        "hours": dates.hours(draft.minutes),
        "minutes": draft.minutes,
        "occasions": draft.occasions,
        "lines": [_said(line) for line in all_lines(draft)],
        "proof": proof(draft.shares),
        **issuer._asdict(),
        "issued_on": day.isoformat(),
        "date": dates.chinese_date(day),
        "replaces": replaces,
        "statement": STATEMENT,
    }


def whose(name: str, volunteer_number: str, document: str) -> dict[str, str]:
    """Return whose it is, as printed (R31)."""
    return {"name": name, "volunteer_number": volunteer_number, "document": document}


def missing(words: Mapping[str, Any]) -> list[str]:
    """Return which of the three musts a certificate lacks: hours, content, recorder (R31)."""
    lacks_content = not words["lines"] or any(not line["title"].strip() for line in words["lines"])
    musts = (
        (words["minutes"] <= 0 or words["hours"] == "0", _("hours of service")),
        (lacks_content, _("what was done")),
        (not words["recorder"].strip(), _("recorder")),
    )
    return [said for lacks, said in musts if lacks]


def period(first: date, last: date) -> str:
    """Say from which day to which: 2026年1月1日至2026年11月20日 (R64)."""
    if first == last:
        return dates.arabic_date(first)
    return f"{dates.arabic_date(first)}至{dates.arabic_date(last)}"


def proof(shares: Shares) -> str:
    """Say how the minutes are known, as parts that add up to the whole (gap idea 6)."""
    parts = [f"{said}{shares.of(kind)}分钟" for kind, said in PROOFS.items() if shares.of(kind)]
    return "、".join(parts)


def sentence(words: Mapping[str, Any], person: Mapping[str, str]) -> list[str]:
    """Return what the certificate says, in pieces: before the name, the name, and after it."""
    known = [f"志愿者编号{person['volunteer_number']}", person["document"]]
    whose = "，".join(part for part in known if part)
    served = f"参加{words['recorder']}组织记录的志愿服务{words['occasions']}次，服务时间共计"
    return [
        "兹证明",
        person["name"],
        f"（{whose}）于{words['period']}期间，{served}",
        f"{words['hours']}小时",
        f"（{words['minutes']}分钟）。",
    ]


def spoken(number: str) -> str:
    """Return a number as it is printed and read aloud."""
    return numbers.spaced(number)


def all_lines(draft: Draft) -> Iterator[Line]:
    """Yield the lines that are named, and one for all others together."""
    yield from draft.named
    if rest := draft.others:
        minutes = sum(line.minutes for line in rest)
        yield Line(f"其他活动{len(rest)}项", "", sum(line.occasions for line in rest), minutes)


def _said(line: Line) -> dict[str, Any]:
    known = CATEGORIES.get(line.category)
    return line._asdict() | {"category": known.name_zh if known else line.category}
