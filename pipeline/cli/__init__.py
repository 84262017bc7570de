"""The command `slides`: the only package that prints, exits or knows Click."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.looks import template, theme, themes
from pipeline.cli.telling import run, run_for_programs, tell, told_in_one_line, usage
from pipeline.diagnostics import UsageError
from pipeline.messages import printable
from pipeline.settings import HandoutLayout, Ink, Overrides, Paper, Product, Settings, Sides
from pipeline.units import Aspect

if TYPE_CHECKING:
    from pipeline.jobs import Job

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PAGES|FOLDERS]...")
OUTPUT = click.option(
    "-o",
    "--output",
    default="build",
    type=click.Path(path_type=Path),
    show_default=True,
    help="Folder for the results.",
)
ROOT = click.option(
    "--root", type=click.Path(path_type=Path), help="Folder that pictures may come from. Default: the folder asked for."
)
ONLY = click.option(
    "--only", metavar="NAMES", help="Some of deck,handout,cheatsheet (the comparison sheet).  [default: all three]"
)
THEME = click.option("--theme", metavar="NAME", help="The look, a folder of templates/.  [default: default]")
TEMPLATE = click.option(
    "--template",
    metavar="FILE",
    help="A company's .pptx or .potx: its layouts, colours and fonts in place of the theme's.",
)
ASPECT = click.option(
    "--aspect",
    type=click.Choice([a.value for a in Aspect]),
    help="Proportions of slides; a template keeps its own.  [default: the theme's]",
)
STRICT = click.option("--strict", is_flag=True, help="Warnings fail the page.")
TIMINGS = click.option("--timings", is_flag=True, help="Say how long each stage took.")
QUIET = click.option("-q", "--quiet", is_flag=True, help="Say nothing but warnings and errors.")
EXIT_CODES = """
\b
Exit codes: 0 all is well; 1 a page has errors or something was lost;
2 usage; 3 the results cannot be written, or a deck was edited by hand;
4 a library of the system is missing; 70 a fault of the pipeline.
"""


@click.group(context_settings=CONTEXT)
@click.version_option(package_name="slides-pipeline", prog_name="slides")
def main() -> None:
    """Make a PowerPoint deck, a printable handout and a one-page comparison sheet of documentation pages.

    \b
    slides build content             every page of a folder, into build/
    slides build page.md -o out      one page, into out/page/
    slides check content             are the files that were built still whole?
    slides outline page.md           what the pipeline reads in a page
    slides explain page.md#7         why slide 7 is there and looks as it does
    slides themes                    the looks that there are
    slides template check my.pptx    what a company's template makes of a deck
    """  # noqa: D301 - Click keeps the lines as they are below this mark


main.add_command(template)
main.add_command(theme)
main.add_command(themes)


@main.command(epilog=EXIT_CODES)
@PATHS
@OUTPUT
@ROOT
@ONLY
@THEME
@TEMPLATE
@ASPECT
@click.option(
    "--paper", type=click.Choice([p.value for p in Paper]), help="Paper of handout and comparison sheet.  [default: a4]"
)
@click.option(
    "--handout-layout",
    type=click.Choice([layout.value for layout in HandoutLayout]),
    help="Slides beside their text, one running text, or slides in small before it.  [default: notes]",
)
@click.option(
    "--handout-ink", type=click.Choice([ink.value for ink in Ink]), help="Fills as designed, or lines.  [default: full]"
)
@click.option(
    "--handout-sides",
    type=click.Choice([sides.value for sides in Sides]),
    help="Sides of the paper printed on; two sides are bound.  [default: one]",
)
@STRICT
@click.option("--offline", is_flag=True, help="Never connect; pictures from the web show as frames.")
@click.option("--force", is_flag=True, help="Overwrite a deck that was edited by hand.")
@TIMINGS
@QUIET
def build(paths: tuple[Path, ...], **options: Any) -> None:
    """Build pages and check what was built.

    Each page gives OUTPUT/page/page.pptx, page-handout.pdf, page-cheatsheet.pdf (the comparison sheet), and
    page-report.json and .html that say where everything went. Without PAGES, the folder content/ is built. A page
    with errors leaves its older files as they are.

    Settings come from the folder's slides.toml, the page's front matter and these options; the latter win.
    """
    with told_in_one_line():
        from pipeline.build import build_all

        settings = _settings(options)
        jobs = _jobs(paths, settings, options["root"])
        run(
            build_all(jobs, settings),
            len(jobs),
            "nothing new was put in place",
            quiet=options["quiet"],
            timings=options["timings"],
        )


@main.command(epilog=EXIT_CODES)
@PATHS
@OUTPUT
@ROOT
@ONLY
@STRICT
@click.option("--offline", is_flag=True, help="Never connect.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="Say it in lines, as a JSON array of the pages' reports, or as annotations of a GitHub workflow.",
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a report, and check nothing.")
@QUIET
def check(paths: tuple[Path, ...], *, form: str, schema: bool, **options: Any) -> None:
    """Check files that were built earlier, also after somebody edited or moved them.

    Every section, paragraph, item, cell, line of code, figure, link and reference of the page is looked for in
    the files; what is missing, altered, moved, doubled or does not fit is named with its line. With the report of
    the build beside them, the files must also show what they showed then, and be no older than their page.
    """
    with told_in_one_line():
        if schema:
            from pipeline.verify.schema import SCHEMA

            click.echo(json.dumps(dict(SCHEMA), ensure_ascii=False, indent=1))
            return
        from pipeline.build import check_all

        settings = _settings(options)
        jobs = _jobs(paths, settings, options["root"])
        outcomes = check_all(jobs, settings)
        if form == "text":
            run(outcomes, len(jobs), "not whole", quiet=options["quiet"])
        else:
            run_for_programs(outcomes, form)


@main.command()
@click.argument("page", type=click.Path(path_type=Path))
@ROOT
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--ledger", is_flag=True, help="The proof of reading: who answers for each line.")
def outline(page: Path, root: Path | None, *, as_json: bool, ledger: bool) -> None:
    """Print what the pipeline reads in PAGE, with line numbers.

    With --ledger, print for every range of lines that is not blank the node of the document that holds its words,
    by its place, as in "#making-it > list 1 > item 2 > paragraph 1", or why it has none: front matter, a comment,
    component code, a link definition, or markup alone. Words that nothing holds are marked LOST, their lines
    "unclaimed" if nothing at all holds them; then the exit code is 1. With --json, "ranges" has the same, and "lost"
    and "unclaimed" count.
    """
    with told_in_one_line():
        from pipeline.making import read_document
        from pipeline.model.ledger_report import is_whole, ledger_data, ledger_text
        from pipeline.model.outline import outline_data, outline_text

        settings = _settings({"output": Path("build"), "offline": True})
        if page.is_dir():
            raise UsageError(usage("no-such-page", f"{str(page)!r} is a folder", "name one page"))
        (job,) = _jobs((page,), settings, root)
        document, diagnostics, _ = read_document(job, settings)
        if as_json:
            data = ledger_data(document) if ledger else outline_data(document)
            click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            text = ledger_text(document) if ledger else outline_text(document)
            click.echo("\n".join(map(printable, text.split("\n"))) if ledger else text)
        tell(diagnostics, quiet=False)
        if ledger and not is_whole(document):
            sys.exit(1)


@main.command()
@click.argument("page", metavar="PAGE[#SLIDE]")
@ROOT
@THEME
@TEMPLATE
@ASPECT
@click.option("--json", "as_json", is_flag=True, help="As JSON, an array of slides.")
def explain(page: str, root: Path | None, *, as_json: bool, **look: str | None) -> None:
    """Say why each slide of PAGE, or SLIDE alone, is there and looks as it does.

    For each slide: the rule that made it, the source lines that it shows or has in its notes, its layout with the
    others that fit and what each costs (a further slide costs 11), the sizes of its type in points, hints that could
    not be followed, what each click shows where a slide has steps, and what the speaker's notes hold.
    """
    with told_in_one_line():
        from pipeline.build import plan_page
        from pipeline.model.explanation import explanation_data, explanation_text

        path, number = _page_and_slide(page)
        settings = _settings({"output": Path("build"), "offline": True, **look})
        (job,) = _jobs((path,), settings, root)
        document, plans, diagnostics = plan_page(job, settings)
        slides = range(1, len(plans.deck.slides) + 1)
        if number is not None and number not in slides:
            raise UsageError(usage("no-such-slide", f"{path} has slides 1 to {len(slides)}", f"as in {path}#1"))
        numbers = (number,) if number else slides
        if as_json:
            click.echo(json.dumps(explanation_data(plans.deck, numbers), ensure_ascii=False, indent=2))
        else:
            text = explanation_text(plans.deck, numbers, document.path)
            click.echo("\n".join(map(printable, text.split("\n"))))
        tell(diagnostics, quiet=False)


def _page_and_slide(page: str) -> tuple[Path, int | None]:
    """A page's path, and the slide's number behind it where one is asked for."""
    path, mark, number = page.rpartition("#")
    with _usable_paths():
        numbered = bool(mark) and number.isdecimal() and not Path(page).exists()
        found = Path(path if numbered else page)
        if found.is_dir():
            raise UsageError(usage("no-such-page", f"{str(found)!r} is a folder", "name one page"))
    return found, int(number) if numbered else None


# ---------------------------------------------------------------- what the options mean


_SHAPING = ("theme", "aspect", "paper", "handout-layout", "handout-ink", "handout-sides", "template")


def _settings(options: dict[str, Any]) -> Settings:
    given = {name: options.get(name.replace("-", "_")) for name in _SHAPING}
    with _usable_paths():
        output = options["output"].resolve()
    return Settings(
        root=Path.cwd(),
        output=output,
        products=_products(options.get("only")),
        options=Overrides.read({name: value for name, value in given.items() if value is not None}),
        strict=options.get("strict", False),
        offline=options.get("offline", False),
        force=options.get("force", False),
        epoch=_epoch(os.environ.get("SOURCE_DATE_EPOCH")),
    )


def _products(only: str | None) -> frozenset[Product]:
    if only is None:
        return frozenset(Product)
    names = [name.strip() for name in only.split(",") if name.strip()]
    known = {product.value: product for product in Product}
    if not names or not set(names) <= known.keys():
        unknown = next((name for name in names if name not in known), only)
        raise UsageError(usage("unknown-product", f"--only cannot be {unknown!r}", f"there are {', '.join(known)}"))
    return frozenset(known[name] for name in names)


_LAST_SECOND = 253_402_300_799  # of the year 9999


def _epoch(value: str | None) -> int | None:
    """The build's date by the reproducible-builds.org convention, in seconds since 1970, UTC."""
    if not value:
        return None
    if not value.isdecimal() or len(value) > len(str(_LAST_SECOND)) or int(value) > _LAST_SECOND:
        raise UsageError(
            usage(
                "bad-epoch",
                f"SOURCE_DATE_EPOCH={value!r} is no number of seconds",
                "seconds since 1970, as in 1700000000",
            )
        )
    return int(value)


def _jobs(paths: tuple[Path, ...], settings: Settings, root: Path | None) -> tuple[Job, ...]:
    from pipeline.jobs import find_jobs

    with _usable_paths():
        return find_jobs(paths or (Path("content"),), settings.output, root.resolve() if root else None)


@contextmanager
def _usable_paths() -> Iterator[None]:
    """Names that are too long, hold NUL or lead round in a circle are told as such."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise UsageError(usage("unusable", f"{type(error).__name__}: {error}", "")) from error
