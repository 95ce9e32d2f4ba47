"""Programs our files are held against; a test whose program is absent is skipped and says so."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

MEAN_DIFFERENCE, BLOCK_DIFFERENCE = 0.015, 0.2

_ROOT = Path(__file__).parents[2]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_JARS = (Path("/usr/share/java/epubcheck.jar"), Path("/usr/bin/epubcheck"))
_DARK = "--blink-settings=preferredColorScheme=0"


def _browse(address: str, *options: str, is_dark: bool = False) -> bytes:
    """Run headless Chromium once, in a profile of its own, and return what it prints."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        pytest.skip("needs Chromium (Debian: chromium)")
    quiet = ("background-networking", "component-update", "sync", "gpu")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            browser, "--headless", "--no-sandbox", *(f"--disable-{what}" for what in quiet), "--hide-scrollbars",
            f"--user-data-dir={profile}", "--virtual-time-budget=20000", *([_DARK] if is_dark else []), *options, address,
        ]  # fmt: skip
        return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout


def dom_of(address: str, *, is_dark: bool = False) -> str:
    """Return a page's document after its scripts ran."""
    return _browse(address, "--dump-dom", "--window-size=1400,1000", is_dark=is_dark).decode()


def picture_of(address: str, width: int, height: int, file: Path, *, is_dark: bool = False) -> Path:
    """Return a picture of the top of a page; a window is at least 500 wide, so a phone needs a frame."""
    _browse(address, f"--screenshot={file}", f"--window-size={width},{height}", is_dark=is_dark)
    return file


def print_of(address: str, file: Path) -> Path:
    """Return a page as its print style lays it on paper, as PDF."""
    _browse(address, f"--print-to-pdf={file}", "--no-pdf-header-footer")
    return file


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
    ran = subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "-q", str(book)],
        capture_output=True,
        timeout=180,
        check=False,
    )
    return (ran.stdout + ran.stderr).decode().strip()


def assert_like(picture: Image.Image, reference: Path) -> None:
    """Hold a picture against the one that was looked at and kept: small, grey, with room for other versions' edges.

    ``MARSAD_KEEP_PICTURES=1`` keeps the new one instead: look at it before it is committed.
    """
    small = picture.convert("L")
    small.thumbnail((360, 600))
    if os.environ.get("MARSAD_KEEP_PICTURES"):
        reference.parent.mkdir(exist_ok=True)
        small.quantize(16).save(reference, optimize=True)
    with Image.open(reference) as kept:
        overall, worst = difference(small, kept.convert("L"))
    assert overall <= MEAN_DIFFERENCE, f"{reference.name}: {overall:.1%} away on the whole"
    assert worst <= BLOCK_DIFFERENCE, f"{reference.name}: one part is {worst:.1%} away"


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Return how far two grey pictures lie apart: on the whole, and in their worst block of 24 pixels; 0 to 1."""
    if one.size != other.size:
        return 1.0, 1.0
    apart = np.abs(np.asarray(one, dtype=float) - np.asarray(other, dtype=float)) / 255
    blocks = [
        apart[y : y + 24, x : x + 24].mean() for y in range(0, apart.shape[0], 24) for x in range(0, apart.shape[1], 24)
    ]
    return float(apart.mean()), float(max(blocks))
