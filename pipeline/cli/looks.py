"""Commands on looks: the themes that there are, and new ones."""

from __future__ import annotations

import click

from pipeline.cli.telling import told_in_one_line
from pipeline.diagnostics import SlidesError


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
