"""Fixtures that several rooms' tests share."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from clerk.office import SOFFICE, Office

PROJECT = Path(__file__).resolve().parent.parent
CORPUS = PROJECT.parent / "shared" / "corpus"


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice with a profile of its own; tests that need it are skipped, loudly, where it is not installed."""
    if SOFFICE is None:
        warnings.warn("LibreOffice is not installed: tests of re-saved forms are SKIPPED", stacklevel=1)
        pytest.skip("LibreOffice (soffice) is not installed")
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real notices beside the project."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not beside the project")
    return CORPUS
