"""``import toolkit`` gives the verbs and the model, and costs nothing until they are used."""

from __future__ import annotations

import subprocess
import sys

import toolkit
from toolkit import model


def test_verbs_and_model_are_there() -> None:
    for verb in toolkit.VERBS:
        assert callable(getattr(getattr(toolkit, verb), verb))
    assert toolkit.Plan is model.Plan and toolkit.Entry is model.Entry
    assert not hasattr(toolkit, "Nonsense") and not hasattr(toolkit, "re")


def test_importing_it_loads_no_heavy_library() -> None:
    code = (
        "import sys, toolkit, toolkit.cli; print([m for m in ('pandas','openpyxl','docx','lxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
