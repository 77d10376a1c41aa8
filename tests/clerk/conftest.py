"""Prints what the simulator found: the table of damages, the pairs with their seeds, the campaign's figures."""

from __future__ import annotations

import pytest

LINES = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def say(pytestconfig: pytest.Config) -> list[str]:
    """Lines to print below the test results."""
    return pytestconfig.stash.setdefault(LINES, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the lines the tests left."""
    if lines := config.stash.get(LINES, []):
        terminalreporter.section("clerk simulator")
        for line in lines:
            terminalreporter.write_line(line)
