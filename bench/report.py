"""The table at the end and `bench/results.json`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bench.goals import GOALS

RESULTS: Final = Path(__file__).parent / "results.json"

Figures = Mapping[str, float | None]


def show(figures: Figures, notes: Mapping[str, str]) -> None:
    """Print every figure with its goal, those that are not reached marked, then the notes."""
    print()
    for goal in GOALS:
        figure = figures.get(goal.name)
        mark = " " if goal.reached(figure) else "✗"
        said = "not measured" if figure is None else f"{figure:.2f}"
        print(f"{mark} {goal.name:26}{said:>13}  goal {goal.sign} {goal.limit:<6g}{goal.words}")
    missed = [goal.name for goal in GOALS if not goal.reached(figures.get(goal.name))]
    print(f"\nNot reached: {', '.join(missed) or 'nothing, all is well'}\n")
    for name, words in notes.items():
        print(f"  {name}: {words}")


def keep(figures: Figures) -> None:
    """Write the figures as name → number; null is what could not be measured."""
    rounded = {
        goal.name: None if (figure := figures.get(goal.name)) is None else round(figure, 3)
        for goal in GOALS
    }
    RESULTS.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")
