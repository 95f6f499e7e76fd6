"""How long paper takes: an honor roll of 400 and of 1,000 names, its small picture, and the memory.

By the wall: whoever prints waits for the whole of it, the start of the press included.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from volunteer_site.printouts import press
from volunteer_site.printouts.paper import RollPaper, RollWords, roll_content, roll_pdf
from volunteer_site.printouts.rows import RollLine

NAMES = ("于洋", "王小二", "欧阳少东", "李一鸣", "古丽努尔·买买提", "方正", "田富", "马骏")
WORDS = RollWords(
    "第 {page} 页，共 {pages} 页", "（续）", "（盖章处）", "小时", "数字为小时数。", "扫码查验"
)
PAPER = RollPaper(
    title="光荣榜",
    organisation="南巷社区",
    month="2026年11月",
    number="编号：202611-00017",
    lines=(),
    totals="共若干人",
    period="统计期间：2026年11月1日至11月30日。",
    cutoff="数据截至2026年12月1日9:00。",
    rule="本月志愿服务满1小时者入榜。",
    ordering="按姓氏笔画排序。",
    issuer="南巷社区居民委员会",
    date="2026年12月3日",
    address="https://volunteer.example.org/honor-rolls/2026-11/nanxiang",
    words=WORDS,
    ranked=True,
)


class Found(NamedTuple):
    """Seconds, and the most memory that a press took, in MiB."""

    pdf_400: float
    pdf_1000: float
    picture: float
    memory: float


def found(rounds: int) -> Found:
    """Print each so often and take the middle; in a process without other children to remember."""
    command = [sys.executable, "-m", "bench.paper", str(rounds)]
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return Found(*json.loads(said))


def _measured(rounds: int) -> Found:
    some, many = _roll(400), _roll(1000)
    return Found(
        _seconds(rounds, lambda: roll_pdf(some)),
        _seconds(rounds, lambda: roll_pdf(many)),
        _seconds(rounds, lambda: press.preview(some.form.template, roll_content(some))),
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    )


def _roll(people: int) -> RollPaper:
    names = [NAMES[place % len(NAMES)] for place in range(people)]
    lines = [RollLine(place + 1, name, f"{place % 9 + 1}.5") for place, name in enumerate(names)]
    return replace(PAPER, lines=tuple(lines))


def _seconds(rounds: int, make: Callable[[], bytes]) -> float:
    taken = []
    for _round in range(rounds):
        began = time.monotonic()
        make()
        taken.append(time.monotonic() - began)
    return median(taken)


if __name__ == "__main__":
    print(json.dumps(_measured(int(sys.argv[1]))))
