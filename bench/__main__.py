"""`python -m bench`: measure everything, print it, write `bench/results.json`."""

import argparse
from collections.abc import Mapping

from bench import (
    badges,
    databases,
    door,
    frauds,
    locked,
    pages,
    paper,
    phone,
    report,
    server,
    signing_up,
)
from bench.server import Server
from bench.signing_up import Crowd

SERVED = ("pages", "signup", "race", "locked", "door", "phone")
PARTS = (*SERVED, "frauds", "badges", "paper")


class Run:
    """One run: its figures by name, and what is worth saying beside them."""

    def __init__(self, rounds: int, only: list[str]) -> None:
        self.rounds = rounds
        self.only = only or list(PARTS)
        self.figures: dict[str, float | None] = {}
        self.notes: dict[str, str] = {}

    def measure(self) -> None:
        """Measure all parts that are wanted, the heaviest at the end."""
        if set(self.only) & set(SERVED):
            self._served()
        if "signup" in self.only:
            self._normal()
        if "frauds" in self.only:
            print("frauds …", flush=True)
            self._frauds()
        if "badges" in self.only:
            print("badges …", flush=True)
            self._badges()
        if "paper" in self.only:
            print("paper …", flush=True)
            self._paper()

    def _served(self) -> None:
        district = databases.copy("district", "measured")
        small = databases.copy("small", "compared")
        with server.running(district) as big, server.running(small) as little:
            for part in SERVED:
                if part in self.only:
                    print(f"{part} …", flush=True)
                    getattr(self, f"_{part}")({"district": big, "small": little})
            self.figures["rss_mib"] = big.memory()
            self.notes["memory"] = f"{big.memory('Pss'):.0f} MiB if shared parts count in parts"

    def _pages(self, servers: Mapping[str, Server]) -> None:
        rates = pages.rounds(dict(servers), self.rounds)
        big, little = rates["district"], rates["small"]
        measured = [name for name in big.outcomes if name != "constant"]
        for name in measured:
            self.figures[name] = big.ratio(name)
        self.figures["p99_over_p50"] = max(big.slowness(name) for name in measured)
        for name, page in (("board", "board_warm"), ("me", "me"), ("roll", "roll")):
            if page in measured:
                self.figures[f"growth_{name}"] = little.ratio(page) / big.ratio(page)
        for name in big.outcomes:
            self.notes[name] = (
                f"{big.a_second(name):.0f} a second at district scale, "
                f"{little.a_second(name):.0f} small, p99/p50 {big.slowness(name):.1f}"
            )

    def _signup(self, servers: Mapping[str, Server]) -> None:
        found = signing_up.rates(Crowd(servers["district"]), self.rounds)
        self.figures["signup"] = signing_up.share(found, "signup", "constant")
        self.figures["signup_vs_noop"] = signing_up.share(found, "signup", "noop")
        self.notes["noop"] = f"{signing_up.share(found, 'noop', 'constant'):.2f} of constant"

    def _normal(self) -> None:
        database = databases.copy("district", "normal")
        with server.running(database, FLASK_SQLITE_SYNCHRONOUS="NORMAL") as one:
            found = signing_up.rates(Crowd(one), min(self.rounds, 3))
        share = signing_up.share(found, "signup", "constant")
        self.notes["NORMAL"] = (
            f"signing up without waiting for the disk: {share:.2f} of constant, measured after the "
            "rest on a server of its own, so differences of some hundredths say nothing"
        )

    def _race(self, servers: Mapping[str, Server]) -> None:
        found = signing_up.races(Crowd(servers["district"]), min(self.rounds, 3))
        self.figures["race_wall"] = sorted(found.walls)[len(found.walls) // 2]
        self.figures["race_oversold"] = found.miscounted
        self.figures["race_errors"] = found.errors
        waiting = sorted(found.waiting_walls)[len(found.walls) // 2]
        self.notes["race with everybody waiting"] = f"{waiting:.2f} (goal ≤ 1.55)"
        slowest = sorted(found.slowest)[len(found.walls) // 2]
        self.notes["slowest answer of the race"] = f"{slowest:.2f} of the slowest empty form's"

    def _locked(self, servers: Mapping[str, Server]) -> None:
        ratio = locked.p99(Crowd(servers["district"]), min(self.rounds, 3))
        self.figures["full_under_lock_p99"] = ratio

    def _door(self, servers: Mapping[str, Server]) -> None:
        crowd = Crowd(servers["district"])
        found = door.rates(crowd, self.rounds)
        self.figures["checkin"] = signing_up.share(found, "checkin", "constant")
        self.notes["check-in"] = (
            f"{signing_up.share(found, 'checkin', 'noop'):.2f} of a form that writes nothing"
        )
        ticked = door.ticking(crowd)
        self.figures["ticks_minutes"] = ticked.minutes
        self.figures["ticks_lost"] = ticked.lost + ticked.errors

    def _badges(self) -> None:
        found = badges.settled(databases.copy("district", "badges"))
        self.figures["badges_seconds"] = found.seconds
        self.notes["badges"] = (
            f"{found.rules} rules for {found.people} people, {found.serving} of them with "
            f"{found.entries} entries; previews of single rules "
            f"{', '.join(f'{name} {took:.1f} s' for name, took in found.previews.items())}"
        )

    def _frauds(self) -> None:
        found = frauds.found(databases.copy("district", "frauds"))
        self.figures["frauds_found"] = 1 - len(found.missed) / found.planted
        self.figures["honest_flagged"] = found.flagged * 500
        self.figures["anomalies_seconds"] = found.seconds
        self.notes["frauds"] = (
            f"{found.planted} planted, missed: {', '.join(found.missed) or 'none'}; "
            f"{found.beside} findings beside them; {found.entries} entries gone through, those "
            f"of the last day in {found.nightly:.1f} s"
        )

    def _paper(self) -> None:
        found = paper.found(self.rounds)
        self.figures["pdf_400_seconds"] = found.pdf_400
        self.figures["pdf_1000_seconds"] = found.pdf_1000
        self.figures["png_seconds"] = found.picture
        self.figures["press_mib"] = found.memory

    def _phone(self, servers: Mapping[str, Server]) -> None:
        sizes = phone.first_visit(servers["district"])
        self.figures["first_visit_kb"] = sum(sizes.values())
        self.notes["first visit"] = ", ".join(f"{path} {kb:.1f}" for path, kb in sizes.items())
        scores, runs = phone.lighthouse(servers["district"])
        self.figures["lighthouse_performance"] = scores.get("performance")
        self.figures["lighthouse_accessibility"] = scores.get("accessibility")
        said = ", ".join(f"{name} {score:g}" for name, score in scores.items())
        self.notes["Lighthouse"] = f"{said or 'no scores'} ({runs})"


def main() -> None:
    """Read what is asked for and measure it; only a whole run is written down."""
    words = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    words.add_argument("--rounds", type=int, default=5, help="how often each page has its turn")
    words.add_argument("--only", choices=PARTS, action="append", default=[], help="only this part")
    asked = words.parse_args()
    run = Run(asked.rounds, asked.only)
    run.measure()
    report.show(run.figures, run.notes)
    if not asked.only:
        report.keep(run.figures)


if __name__ == "__main__":
    main()
