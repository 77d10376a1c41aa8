"""Fixtures that several rooms' tests share, and the lines they want to see printed below the results."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
from clerk.office import SOFFICE, Office
from hypothesis import settings

PROJECT = Path(__file__).resolve().parent.parent
CORPUS = PROJECT.parent / "shared" / "corpus"

# A gate must say the same of the same commit everywhere, so every run of `make test` draws the same examples.
# New ones are looked for where a find is welcome: `make test-long`, or `pytest --hypothesis-profile=hunt`.
settings.register_profile("same", derandomize=True, database=None)
settings.register_profile("hunt", derandomize=False, print_blob=True)
settings.load_profile("same")

_LINES = pytest.StashKey[list[str]]()


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


@pytest.fixture(scope="session")
def say(pytestconfig: pytest.Config) -> list[str]:
    """Lines to print below the results: figures, and the seeds they were made from."""
    return pytestconfig.stash.setdefault(_LINES, [])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of a distributed run hands its lines to the process that prints."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["lines"] = session.config.stash.get(_LINES, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take the lines of a worker that is done."""
    node.config.stash.setdefault(_LINES, []).extend(getattr(node, "workeroutput", {}).get("lines", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the lines the tests left."""
    if lines := config.stash.get(_LINES, []):
        terminalreporter.section("figures")
        for line in lines:
            terminalreporter.write_line(line)
