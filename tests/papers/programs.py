"""Other people's programs, which open what we write: a browser and an office."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OFFICE = shutil.which("soffice")
PATIENCE = 240  # seconds, on a machine with much else to do

with_browser = pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")
with_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")

QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--enable-logging=stderr", "--host-resolver-rules=MAP * ~NOTFOUND"),
)


def rendered(file: Path, width: int = 1280) -> tuple[str, list[str]]:
    """The page as it is once its scripts have run, and what the browser complains of."""
    profile = file.with_suffix(".profile")
    wanted = (f"--user-data-dir={profile}", f"--window-size={width},900", "--dump-dom", file.as_uri())
    command = [str(BROWSER), *QUIET, "--virtual-time-budget=2000", *wanted]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=PATIENCE)
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def converted(file: Path, to: str) -> Path:
    """The file as LibreOffice saves it in another format."""
    folder = file.parent / "converted"
    profile = f"-env:UserInstallation={(file.parent / 'office').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", to, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE, env=os.environ | {"LC_ALL": "C.UTF-8"})
    return folder / f"{file.stem}.{to.split(':', maxsplit=1)[0]}"
