"""Programs the conformance tests hold our files against; a test whose program is absent is skipped and says so."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_JARS = (Path("/usr/share/java/epubcheck.jar"), Path("/usr/bin/epubcheck"))


def dom_of(address: str) -> str:
    """Return a page's document after its scripts ran, as headless Chromium has it."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        pytest.skip("needs Chromium (Debian: chromium)")
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom")
    return subprocess.run([browser, *options, address], check=True, capture_output=True, timeout=120).stdout.decode()


def axe_source() -> str:
    """Return the script of axe-core."""
    path = Path(os.environ.get("MARSAD_AXE", _ROOT / "node_modules/axe-core/axe.min.js"))
    if not path.exists():
        pytest.skip("needs axe-core (npm install --no-save axe-core, or MARSAD_AXE=path/to/axe.min.js)")
    return path.read_text(encoding="utf-8")


def epubcheck(book: Path) -> str:
    """Return what epubcheck says of a book: nothing where it is clean."""
    jar = next((path for path in _JARS if path.exists()), None)
    if jar is None or shutil.which("java") is None:
        pytest.skip("needs epubcheck and java (Debian: epubcheck)")
    ran = subprocess.run(["java", "-jar", str(jar), "-q", str(book)], capture_output=True, timeout=180, check=False)
    return (ran.stdout + ran.stderr).decode().strip()
