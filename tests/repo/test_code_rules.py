"""What our own code must never do with what people typed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The page's frame is our own file; Voilà hands it no word that somebody typed.
TEMPLATES = ROOT / "src/amparo/serve/pages.py"
SOURCES = sorted([*ROOT.glob("src/**/*.py"), *ROOT.glob("widgets/**/*.py")])
MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "jinja2"}
CALLS = {"eval", "exec", "compile", "__import__"}
YAML_LOADERS = {"load", "load_all", "unsafe_load", "full_load", "unsafe_load_all", "full_load_all"}


def _offences(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in MODULES:
            yield str(node.module)
        elif isinstance(node, ast.Call):
            yield from _call(node.func)


def _call(function: ast.expr) -> Iterator[str]:
    match function:
        case ast.Name(id=name) if name in CALLS:
            yield name
        case ast.Attribute(value=ast.Name(id="yaml"), attr=name) if name in YAML_LOADERS:
            yield f"yaml.{name}"
        case _:
            pass


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_r34_nothing_typed_can_become_a_program(path: Path) -> None:
    """No pickle, no yaml.load, no eval, no exec, no template language on what people wrote."""
    found = set(_offences(ast.parse(path.read_text("utf-8"))))

    assert found <= ({"jinja2"} if path == TEMPLATES else set())


@pytest.mark.parametrize(
    "text", ["import pickle", "from jinja2 import Template", "eval(x)", "yaml.load(x)", "exec(x)"]
)
def test_r34_the_scan_sees_what_it_looks_for(text: str) -> None:
    """A scan that finds nothing anywhere proves nothing."""
    assert list(_offences(ast.parse(text)))
