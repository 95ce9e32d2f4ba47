"""What the docs claim is run or compared."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def generator():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["checks.md", "tables.md", "command-line.md", "errors.md"])
def test_the_generated_reference_is_fresh(name: str) -> None:
    page = (ROOT / "docs/reference" / name).read_text("utf-8")
    assert page == generator().PAGES[name](), f"{name} is stale: python docs/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_tutorial_runs_as_written(tmp_path: Path) -> None:
    """Each ``console`` block of the tutorial is run in an empty folder; what follows a command must be in its output."""
    text = (ROOT / "docs/tutorial/your-first-week.md").read_text("utf-8")
    steps = re.findall(r"^```console\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert steps
    marsad = f"{sys.executable} -m marsad"
    for block in steps:
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, expected = step.partition("\n")
            runnable = re.sub(r"^marsad\b", marsad, command)
            done = subprocess.run(runnable, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
            assert done.returncode in {0, 1}, f"$ {command}\n{done.stdout}{done.stderr}"
            for line in expected.splitlines():
                if line.strip() and line.strip() != "...":
                    pattern = re.escape(line.strip()).replace(r"\.\.\.", ".*")
                    assert re.search(pattern, done.stdout + done.stderr), f"$ {command}\nno {line!r} in\n{done.stdout}"
