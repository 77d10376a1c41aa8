"""Libraries that someone with a Python of their own may add (``fengong[dask]``), and that no package carries."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]

EXTRAS = {
    re.split(r"[^\w-]", requirement, maxsplit=1)[0].lower()
    for extra, requirements in _PROJECT["optional-dependencies"].items()
    if extra not in ("desktop", "dev")
    for requirement in requirements
}
