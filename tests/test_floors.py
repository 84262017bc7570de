"""Each module imports only from lower floors; the stages do not know each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline"
FLOORS = {
    "units": 0,
    "diagnostics": 0,
    "messages": 1,
    "settings": 1,
    "office": 1,
    "theme": 2,
    "model": 3,
    "theme_file": 3,
    "highlight": 4,
    "labels": 4,
    "typeset": 4,
    "template": 4,
    "beside": 5,
    "jobs": 5,
    "read": 5,
    "plan": 5,
    "verify": 5,
    "write": 6,
    "outputs": 6,
    "looks": 6,
    "template_pictures": 7,
    "making": 7,
    "build": 8,
    "cli": 9,
    "__main__": 10,
}
STRANGERS = {
    "read": {"plan", "verify", "write"},
    "template": {"typeset"},
    "plan": {"read", "verify", "write"},
    "verify": {"read", "plan", "write", "typeset", "labels", "template"},
    "write": {"read", "plan", "verify"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pipeline."):
            rooms.add(node.module.split(".")[1])
        elif isinstance(node, ast.ImportFrom) and node.module == "pipeline":
            rooms |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            rooms |= {a.name.split(".")[1] for a in node.names if a.name.startswith("pipeline.")}
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_from_lower_floors(path: Path) -> None:
    room = _room(path)
    if room == "__init__":
        assert not _imported_rooms(path)
        return
    assert room in FLOORS, f"give {room} a floor"
    imported = _imported_rooms(path) - {room}
    assert not {r for r in imported if FLOORS[r] >= FLOORS[room]}
    assert not imported & STRANGERS.get(room, set())


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_is_of_a_size_that_can_be_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 60, f"{path.name}:{node.lineno} {node.name} has {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_the_command_line_prints_exits_or_knows_click(path: Path) -> None:
    if _room(path) in {"cli", "__main__"}:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            assert node.id not in {"print", "exit"}, f"{path.name}:{node.lineno}"
        if isinstance(node, ast.Import):
            assert not {a.name.split(".")[0] for a in node.names} & {"click", "rich"}, path.name
