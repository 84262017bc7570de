"""Commands on looks: the themes that there are, new ones, and companies' templates."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from pipeline.cli.telling import tell, told_in_one_line
from pipeline.diagnostics import Diagnostic, Severity, SlidesError
from pipeline.messages import printable


@click.group()
def theme() -> None:
    """List the themes, or begin one."""


@theme.command("list")
def list_themes() -> None:
    """Print the themes, each with what it is for."""
    _list_themes()


@click.command()
def themes() -> None:
    """Print the themes, each with what it is for."""
    _list_themes()


@theme.command("new")
@click.argument("name")
@click.option(
    "--from", "base", default="default", show_default=True, metavar="THEME", help="The theme that it extends."
)
def new_theme(name: str, base: str) -> None:
    """Begin a theme NAME: a folder of templates/ whose theme.toml lists all that can be changed.

    Every value stands there as a comment; one without its mark is the new theme's own.
    """
    with told_in_one_line():
        from pipeline.theme_file import begin_theme

        click.echo(f"{begin_theme(name, base)}: now take the marks from what is to be different")


@click.group()
def template() -> None:
    """See what a company's template makes of a deck."""


@template.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", default="build", type=click.Path(path_type=Path), show_default=True, help="Folder for pictures."
)
@click.option("--no-pictures", is_flag=True, help="Draw no pictures of its roles.")
@click.option("--strict", is_flag=True, help="Warnings end with exit code 1.")
def check_template(file: Path, *, output: Path, no_pictures: bool, strict: bool) -> None:
    """Say which layout of FILE plays which role and why, what it lacks, and what it does wrong by itself.

    Where LibreOffice is installed, OUTPUT/FILE-template/ gets a picture of each kind of slide.
    """
    with told_in_one_line():
        from pipeline.template.checking import role_lines, template_findings
        from pipeline.template.reading import read_template
        from pipeline.typeset import Typesetter

        reading = read_template(file)
        for line in role_lines(reading):
            click.echo(printable(line))
        found = template_findings(reading)
        tell((*found, *_missing_fonts(Typesetter(reading.theme).substituted())), quiet=False)
        if not no_pictures:
            from pipeline.template_pictures import role_pictures

            folder = output / f"{file.stem}-template"
            drawn = role_pictures(reading.theme, folder)
            click.echo(f"{len(drawn)} pictures in {folder}" if drawn else "no pictures: LibreOffice is not installed")
        if strict and any(said.severity is Severity.WARNING for said in found):
            sys.exit(1)


def _missing_fonts(fonts: Iterable[str]) -> Iterator[Diagnostic]:
    for font in fonts:
        message = f"its font {font!r} is not installed here: text is measured with wide letters instead"
        yield Diagnostic(severity=Severity.NOTE, code="substituted-font", message=message)


def _list_themes() -> None:
    with told_in_one_line():
        from pipeline.theme import known_themes, load_theme

        names = known_themes()
        width = max(map(len, names))
        for name in names:
            try:
                about = load_theme(name).about
            except SlidesError as error:
                about = str(error)
            click.echo(f"{name:{width}}  {about}")
