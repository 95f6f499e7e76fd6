"""A certificate as paper and as a picture: what is frozen in its snapshot, and nothing else."""

import json
from dataclasses import dataclass
from typing import Any, Final

from volunteer_site.printouts.paper import qr_svg
from volunteer_site.printouts.press import picture, set_in_type
from volunteer_site.recognition.certificates import wording

POINTS: Final = 595.2756  # an A4 sheet is so wide
PIXELS: Final = 1080
LABELS: Final = {  # an official paper, Chinese in every language
    "content": "服务内容",
    "heads": ["活动", "类别", "次数", "分钟"],
    "check": "扫码查验真伪与效力",
    "number": "证明编号",
    "seal": "（盖章处）",
}


@dataclass(frozen=True)
class CertificatePaper:
    """What is printed: the two parts of the snapshot as they are kept, and where to check them."""

    sheet: str
    whose: str
    address: str


def certificate_pdf(paper: CertificatePaper) -> bytes:
    """Return the certificate as PDF/A on A4; the same snapshot always gives the same bytes.

    Takes about half a second. Raises CalledProcessError if the sheet cannot be set.
    """
    return set_in_type("certificate.typ", _as_data(paper, 1))


def certificate_png(paper: CertificatePaper) -> bytes:
    """Return the certificate as a picture, 1080 pixels wide. Raises CalledProcessError."""
    return picture("certificate.typ", _as_data(paper, PIXELS / POINTS))


def _as_data(paper: CertificatePaper, zoom: float) -> dict[str, Any]:
    words, person = json.loads(paper.sheet), json.loads(paper.whose)
    named = ("title", "recorder", "lines", "date")
    return {name: words[name] for name in named} | {
        "zoom": zoom,
        "above": words["recorder"],
        "spaced": wording.spoken(words["number"]),
        "sentence": wording.sentence(words, person),
        "notes": _notes(words),
        "people": _people(words),
        "address": paper.address,
        "qr": qr_svg(paper.address),
        "labels": LABELS,
    }


def _notes(words: dict[str, Any]) -> list[str]:
    said = [f"记录方式：{words['proof']}。"]
    if words["replaces"]:
        said.append(f"本证明替代已作废的 {wording.spoken(words['replaces'])} 号证明。")
    return [*said, words["statement"]]


def _people(words: dict[str, Any]) -> list[str]:
    parts = (
        ("负责人", words["responsible"]),
        ("经办人", words["handler"]),
        ("联系方式", words["contact"]),
    )
    return [f"{label}：{said}" for label, said in parts if said]
