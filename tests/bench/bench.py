# ruff: noqa: T201 - a command that prints
"""How long the pipeline takes beside pandoc and WeasyPrint's command, for one page and for many times its body.

`make bench` runs it. Each side is a command as people type it, timed from outside; the commands of a round follow each
other, so that what else the machine does slows both. Of several rounds the fastest and the middle one are told, after
one that is not counted, so that all modules are compiled and all files read before.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

PAGE = Path(__file__).parents[2] / "content" / "docker-vs-virtual-machine.md"
ROUNDS = {1: 7, 10: 3, 50: 2}
BIN = Path(sys.executable).parent
STAGE = re.compile(r"([a-z ]+) (\d+\.\d\d) s")
HEADING = re.compile(r"^(#+ .+)$", re.MULTILINE)
# Growth is told as an exponent: 1 is linear in the number of slides.
LINEAR = 1.1


@dataclass(slots=True)
class Run:
    """Seconds and the most memory of a command's largest process, in MB, and what it printed."""

    seconds: float
    megabytes: float
    printed: str


@dataclass(slots=True)
class Side:
    """The rounds of one side."""

    runs: list[Run] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return min(run.seconds for run in self.runs)

    @property
    def median(self) -> float:
        return statistics.median(run.seconds for run in self.runs)

    @property
    def megabytes(self) -> float:
        return max(run.megabytes for run in self.runs)


@dataclass(slots=True)
class Measured:
    """Both sides of a page whose body stands so many times in it."""

    times: int
    slides: int
    ours: Side
    theirs: Side


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "times", nargs="*", type=int, default=list(ROUNDS), help="how often the body stands in the page"
    )
    parser.add_argument("--rounds", type=int, help="runs of each command")
    options = parser.parse_args()
    pandoc = _pandoc()
    measured = []
    print(f"{os.cpu_count()} processors; seconds are the fastest round's, the middle round's in brackets\n")
    print("       slides   ours            pandoc+WeasyPrint   ratio   MB ours / theirs")
    for times in options.times:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            page = _page(times, Path(folder))
            measured.append(_measured(page, times, options.rounds or ROUNDS.get(times, 3), pandoc))
        _tell(measured[-1])
    for smaller, larger in pairwise(measured):
        _tell_growth(smaller, larger)
    if len(measured) > 2:
        _tell_growth(measured[0], measured[-1])


def _pandoc() -> str:
    import pypandoc  # installed by `make bench` alone

    return str(pypandoc.get_pandoc_path())


def _page(times: int, folder: Path) -> Path:
    """The page with its body so many times, headings numbered as those of a long page differ; its figures beside it."""
    front, body = re.fullmatch(r"(---\n.*?\n---\n)(.*)", PAGE.read_text(encoding="utf-8"), re.DOTALL).groups()
    shutil.copytree(PAGE.parent / "figures", folder / "figures")
    page = folder / "page.md"
    copies = (HEADING.sub(rf"\1 {number}", body) if times > 1 else body for number in range(1, times + 1))
    page.write_text(front + "\n".join(copies), encoding="utf-8")
    return page


def _measured(page: Path, times: int, rounds: int, pandoc: str) -> Measured:
    ours, theirs = Side(), Side()
    build = [str(BIN / "slides"), "build", "page.md", "-o", "ours", "--offline", "--timings"]
    others = (
        [pandoc, "page.md", "-o", "page.pptx"],
        [pandoc, "page.md", "-s", "-o", "page.html"],
        [str(BIN / "weasyprint"), "-q", "page.html", "page.pdf"],
    )
    for command in (build, *others):
        _run(command, page.parent)
    for _ in range(rounds):
        ours.runs.append(_run(build, page.parent))
        parts = [_run(command, page.parent) for command in others]
        seconds, most = sum(part.seconds for part in parts), max(part.megabytes for part in parts)
        theirs.runs.append(Run(seconds, most, ""))
    with zipfile.ZipFile(page.parent / "ours" / "page" / "page.pptx") as deck:
        slides = sum(re.fullmatch(r"ppt/slides/slide\d+\.xml", name) is not None for name in deck.namelist())
    return Measured(times=times, slides=slides, ours=ours, theirs=theirs)


def _run(command: list[str], folder: Path) -> Run:
    """The command, run to its end. Raises `SystemExit` where it fails."""
    # Installed packages are compiled already; ours may be kept, where the environment says otherwise.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(folder / ".compiled")
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as complaints:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=printed, stderr=complaints)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        complaints.seek(0)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{complaints.read().decode()[-2000:]}")
        unit = 1024 * 1024 if sys.platform == "darwin" else 1024
        return Run(seconds, usage.ru_maxrss / unit, printed.read().decode())


def _tell(measured: Measured) -> None:
    ours, theirs = measured.ours, measured.theirs
    print(
        f"×{measured.times:<4} {measured.slides:6}   {ours.seconds:6.2f} ({ours.median:.2f})   "
        f"{theirs.seconds:9.2f} ({theirs.median:.2f})   {ours.seconds / theirs.seconds:8.2f}   "
        f"{ours.megabytes:5.0f} / {theirs.megabytes:.0f}"
    )
    fastest = min(ours.runs, key=lambda run: run.seconds)
    stages = STAGE.findall(fastest.printed.splitlines()[-1])
    print("       " + ", ".join(f"{stage.strip()} {seconds}" for stage, seconds in stages))


def _tell_growth(smaller: Measured, larger: Measured) -> None:
    """How time and memory grow with the slides: both have a part that does not, so up to 1 is linear."""
    from math import log

    slides = log(larger.slides / smaller.slides)
    seconds = log(larger.ours.seconds / smaller.ours.seconds) / slides
    memory = log(larger.ours.megabytes / smaller.ours.megabytes) / slides
    verdict = "linear or less" if max(seconds, memory) <= LINEAR else "faster than linear"
    print(
        f"from {smaller.slides} to {larger.slides} slides, time grows as their number to the power of {seconds:.2f}, "
        f"memory {memory:.2f}: {verdict}"
    )


if __name__ == "__main__":
    main()
