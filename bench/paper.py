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

from tests.printouts.samples import PAPER
from volunteer_site.printouts import press
from volunteer_site.printouts.paper import RollPaper, roll_content, roll_pdf
from volunteer_site.printouts.rows import RollLine

NAMES = ("于洋", "王小二", "欧阳少东", "李一鸣", "古丽努尔·买买提", "方正", "田富", "马骏")


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
