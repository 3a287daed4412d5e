"""The files around the code say the same thing."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
# conda-forge has the same project under another name.
CONDA_NAMES = {"nbconvert-core": "nbconvert"}


def _plain(requirement: str) -> str:
    found = re.fullmatch(r"([A-Za-z0-9_.-]+)(.*)", requirement.replace(" ", ""))
    assert found is not None, requirement
    name, bound = found.groups()
    name = name.lower().replace("_", "-")
    return CONDA_NAMES.get(name, name) + bound


def test_conda_and_pip_users_get_the_same_dependencies() -> None:
    """A Windows user of conda must not meet another product."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    nested = [line for part in environment if isinstance(part, dict) for line in part["pip"]]
    conda = {_plain(line) for line in [*environment, *nested] if isinstance(line, str)}

    assert conda - {"pip", "python>=3.11"} == {_plain(line) for line in project["dependencies"]}
    assert project["requires-python"] == ">=3.11"


def test_the_locks_pin_hashes_and_name_no_registry() -> None:
    """What is installed is what was tried, wherever it is fetched from."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        pinned = re.findall(r"^[a-z0-9_.\[\]-]+==", text, flags=re.MULTILINE)

        assert len(pinned) > 50
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text


def test_every_direct_dependency_stands_in_the_lock() -> None:
    """A dependency that is not locked is fetched unchecked."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = (ROOT / "requirements.lock").read_text("utf-8")

    for line in project["dependencies"]:
        name = re.split(r"[>=<]", line)[0]
        assert re.search(rf"^{re.escape(name)}==", text, flags=re.MULTILINE), name


def test_a_named_test_in_the_evidence_exists() -> None:
    """A promise that points at nothing is not kept."""
    page = (ROOT / "docs/reference/evidence.md").read_text("utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page)

    assert named
    for path, function in named:
        source = (ROOT / path).read_text("utf-8")
        assert not function or f"def {function}(" in source, f"{path}::{function}"


def test_every_promised_line_has_its_evidence_or_says_it_is_open() -> None:
    """A gap must be seen, not forgotten."""
    page = (ROOT / "docs/reference/evidence.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if re.match(r"\| [BMWVGH]\d+ \|", line)]
    numbers = [line.split("|")[1].strip() for line in rows]

    promised = (("B", 9), ("M", 8), ("W", 8), ("V", 6), ("G", 8), ("H", 5))
    assert numbers == [f"{part}{n}" for part, last in promised for n in range(1, last + 1)]
    for row in rows:
        shown = row.split("|")[3].strip()
        assert re.search(r"`(tests/|make |benchmarks/)", shown) or shown.startswith("open:"), row


def test_notebooks_are_committed_without_outputs() -> None:
    """An output can hold what somebody typed."""
    import json

    for path in [*ROOT.glob("workbooks/**/*.ipynb"), *ROOT.glob("tests/**/*.ipynb")]:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            assert not cell.get("outputs"), path.name
            assert cell.get("execution_count") is None, path.name
