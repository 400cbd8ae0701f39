"""The tools that a machine may lack."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGES = {"promtool": "prometheus", "amtool": "prometheus-alertmanager"}


def run(tool: str, *arguments: str | Path, folder: Path | None = None) -> tuple[int, str]:
    """Status and output of a tool; without it the test is skipped, and fails where CI is set."""
    if shutil.which(tool) is None:
        said = f"{tool} is not here; on Debian: apt-get install {PACKAGES[tool]}"
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)
    done = subprocess.run(
        [tool, *map(str, arguments)], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr
