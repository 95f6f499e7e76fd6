"""What is measured, under which name, and what it should reach."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

CONSTANT: Final = "of a bare Flask route of 20 kB"


@dataclass(frozen=True)
class Goal:
    """One figure of `bench/results.json`."""

    name: str
    words: str
    sign: str  # how the figure has to stand to the goal: ≥, ≤ or =
    limit: float

    def reached(self, figure: float | None) -> bool:
        """Tell whether the figure is good enough; what was not measured is not."""
        return figure is not None and _COMPARE[self.sign](figure, self.limit)


_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "≥": operator.ge,
    "≤": operator.le,
    "=": operator.eq,
}

GOALS: Final = (
    Goal("board_warm", f"board, logged in, {CONSTANT}", "≥", 0.65),
    Goal("board_cold", f"board with every cache cold, {CONSTANT}", "≥", 0.33),
    Goal("activity", f"activity page, logged in, {CONSTANT}", "≥", 0.40),
    Goal("me", f"/me, {CONSTANT}", "≥", 0.40),
    Goal("roll", f"published honor roll, {CONSTANT}", "≥", 0.60),
    Goal("signup", f"signing up, {CONSTANT}", "≥", 0.40),
    Goal("signup_vs_noop", "signing up, of a form that writes nothing", "≥", 0.75),
    Goal("checkin", f"checking in by scan, {CONSTANT}", "≥", 0.40),
    Goal("ticks_minutes", "300 ticks from five phones, minutes", "≤", 1.0),
    Goal("ticks_lost", "ticks of these that were lost, or answers of 500 and more", "=", 0),
    Goal("race_wall", "2,000 people for 50 places, to 2,000 empty forms", "≤", 1.30),
    Goal("race_oversold", "places given beyond 50, or miscounted", "=", 0),
    Goal("race_errors", "answers of 500 and more, or none", "=", 0),
    Goal("full_under_lock_p99", "slow 'full' answers while somebody writes 1.5 s", "≤", 2.0),
    Goal("p99_over_p50", "slow to usual answers, the worst page", "≤", 4.0),
    Goal("rss_mib", "memory of a worker at the end, MiB", "≤", 70),
    Goal("growth_board", "board at district scale, to a small one", "≤", 1.2),
    Goal("growth_me", "/me at district scale, to a small one", "≤", 1.2),
    Goal("growth_roll", "honor roll at district scale, to a small one", "≤", 1.2),
    Goal("frauds_found", "planted frauds that were found, of all", "=", 1),
    Goal("honest_flagged", "honest entries flagged, of 500 (fewer than one)", "≤", 0.99),
    Goal("anomalies_seconds", "all rules over two years of a district, processor seconds", "≤", 30),
    Goal("badges_seconds", "all badges for all of a district, processor seconds", "≤", 60),
    Goal("pdf_400_seconds", "honor roll of 400 names as PDF, seconds by the wall", "≤", 1.2),
    Goal("pdf_1000_seconds", "honor roll of 1,000 names as PDF, seconds by the wall", "≤", 2),
    Goal("png_seconds", "small picture of a roll of 400 names, seconds by the wall", "≤", 1.2),
    Goal("press_mib", "memory of the press, given back after each sheet, MiB", "≤", 300),
    Goal("first_visit_kb", "HTML, CSS and JS of a first visit, compressed, kB", "≤", 25),
    Goal("lighthouse_performance", "Lighthouse mobile, speed", "≥", 100),
    Goal("lighthouse_accessibility", "Lighthouse mobile, accessibility", "≥", 100),
)
