"""A LibreOffice of one's own for a test: fresh profile, optional window under Xvfb, driven through UNO."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

DRIVER = Path(__file__).with_name("uno_driver.py")
SYSTEM_PYTHON = "/usr/bin/python3"
_NOBODY = 65534
_INSTALLS = 3
_CRASHED = frozenset({-signal.SIGSEGV, 128 + signal.SIGSEGV})
"""As Python says it, and as the shell around unopkg does."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Save/Document"><prop oor:name="WarnAlienFormat" oor:op="fuse">
<value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse">
<value>false</value></prop></item>
</oor:items>
"""


def missing_tools(*tools: str) -> list[str]:
    """What of LibreOffice, its Python bridge and these tools is not installed."""
    missing = [tool for tool in ("soffice", *tools) if shutil.which(tool) is None]
    bridge = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return missing if bridge.returncode == 0 else [*missing, "python3-uno"]


def needs(*tools: str) -> None:
    """Skip loudly where LibreOffice cannot be driven; in CI nothing is skipped."""
    if missing := missing_tools(*tools):
        reason = f"not installed: {', '.join(missing)} (make test installs it where it may)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


def new_profile(folder: Path) -> Path:
    """A fresh profile that asks nothing."""
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    return folder


def install_extension(profile: Path, oxt: Path) -> None:
    """``unopkg add`` into a fresh profile.

    LibreOffice 7.4's unopkg now and then dies of its own SIGSEGV on a busy machine, so a crash (never a refusal) gets
    another fresh profile.
    """
    for _ in range(_INSTALLS):
        with tempfile.TemporaryDirectory(prefix="fengong-unopkg-") as name:
            done = _unopkg_add(Path(name), profile, oxt)
            if done.returncode == 0:
                shutil.rmtree(profile)
                shutil.copytree(Path(name) / "profile", profile)
                return
        if done.returncode not in _CRASHED:
            break
    raise AssertionError(f"unopkg add: exit {done.returncode}: {done.stderr.decode(errors='replace')}")


def _unopkg_add(folder: Path, profile: Path, oxt: Path) -> subprocess.CompletedProcess[bytes]:
    """One attempt in a copy of the profile; unopkg refuses to work for root, so root has nobody do it."""
    shutil.copytree(profile, folder / "profile")
    shutil.copy(oxt, folder / oxt.name)
    place = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["unopkg", "add", "-f", "--suppress-license", place, str(folder / oxt.name)]
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY)
        command = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", *command]
    return subprocess.run(
        command, env={**os.environ, "HOME": str(folder)}, check=False, capture_output=True, timeout=120
    )


class Office:
    """A running LibreOffice; each method of the driver is a method here."""

    def __init__(self, driver: subprocess.Popen[str]) -> None:
        self._driver = driver

    def __getattr__(self, command: str) -> Any:
        def call(**arguments: Any) -> Any:
            assert self._driver.stdin is not None and self._driver.stdout is not None
            self._driver.stdin.write(json.dumps([command, arguments]) + "\n")
            self._driver.stdin.flush()
            line = self._driver.stdout.readline()
            if not line:
                raise AssertionError("the driver of LibreOffice ended")
            answer = json.loads(line)
            if "error" in answer:
                raise AssertionError(answer["error"])
            return answer["ok"]

        return call

    def assert_no_basic_error(self) -> None:
        """Compile and run errors of Basic are silent but for the editor that opens."""
        assert not [c for c in self.components() if "BasicIDE" in c["kind"]], "a Basic error opened the editor"


@contextmanager
def running(profile: Path, *, environment: Mapping[str, str], display: str | None = None) -> Iterator[Office]:
    """LibreOffice with this profile until the block ends, headless unless a display is given."""
    pipe = f"fengong{uuid.uuid4().hex[:12]}"
    arguments = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--norestore", "--nologo", "--nodefault"]
    arguments += [] if display else ["--headless"]
    settings = {**os.environ, **environment, **({"DISPLAY": display} if display else {})}
    office = subprocess.Popen(
        [*arguments, f"--accept=pipe,name={pipe};urp;"],
        env=settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    driver = subprocess.Popen(
        [SYSTEM_PYTHON, str(DRIVER), pipe], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert driver.stdout is not None and "ready" in driver.stdout.readline()
        yield Office(driver)
    finally:
        driver.kill()
        driver.wait()
        with suppress(ProcessLookupError):
            os.killpg(office.pid, 9)
        office.wait()
