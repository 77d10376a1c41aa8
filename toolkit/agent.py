"""The loopback agent: lets the WPS add-in reach the program where WPS may not start programs itself.

Listens on 127.0.0.1 at a random port while the desktop program is open, or while ``fengong agent`` runs; answers
only who knows the token, which lies in a file only this user can read, and only pages without an origin of their own
(``null``, ``file://``), as an add-in is.  It does what the buttons do and nothing else.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from toolkit import buttons
from toolkit.findings import command as found
from toolkit.registry.buttons import BUTTONS_BY_ID
from toolkit.resources import state_dir

AGENT_FILE = "agent.json"
JOB_PREFIX = "fengong-"
_LONGEST_REQUEST = 64 * 1024
_ORIGINS = (None, "null", "file://")


def agent_file() -> Path:
    """Where a running agent leaves its port and token."""
    return state_dir() / AGENT_FILE


@contextmanager
def running() -> Iterator[int]:
    """An agent until the block ends; gives its port."""
    token = secrets.token_urlsafe(32)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.token = token
    port = int(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    _leave(json.dumps({"port": port, "token": token}))
    try:
        yield port
    finally:
        server.shutdown()
        server.server_close()
        with suppress(OSError):
            agent_file().unlink()


def _leave(text: str) -> None:
    """Write the agent file so that only this user can read it, from the first moment on."""
    path = agent_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        path.unlink()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(text)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    token = ""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_OPTIONS(self) -> None:
        """A browser's question before it posts."""
        self._answer(204 if self._origin_allowed() else 403)

    def do_POST(self) -> None:
        """Press a button: 202 when the job was taken, 403 without the token, 400 for nonsense."""
        told = self.headers.get("X-Fengong-Token", "")
        if not self._origin_allowed() or not hmac.compare_digest(told.encode(), self.server.token.encode()):
            self._answer(403)
            return
        size = self.headers.get("Content-Length", "")
        if self.path != "/press" or not size.isdigit() or int(size) > _LONGEST_REQUEST:
            self._answer(400)
            return
        try:
            button_id, job = _job(json.loads(self.rfile.read(int(size))))
        except (ValueError, TypeError, KeyError):
            self._answer(400)
            return
        threading.Thread(target=_work, args=(button_id, job), daemon=True).start()
        self._answer(202)

    def _origin_allowed(self) -> bool:
        return self.headers.get("Origin") in _ORIGINS

    def _answer(self, status: int) -> None:
        self.send_response(status)
        if self._origin_allowed():
            self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin") or "null")
            self.send_header("Access-Control-Allow-Headers", "Content-Type, X-Fengong-Token")
            self.send_header("Access-Control-Allow-Methods", "POST")
            self.send_header("Access-Control-Allow-Private-Network", "true")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: there is no console to write to."""


def _job(request: dict[str, Any]) -> tuple[str, buttons.Job]:
    """The button and job of a request.  Raises ``ValueError`` for a button or folder that is none of ours."""
    folder = Path(request["job"])
    if request["id"] not in BUTTONS_BY_ID or not folder.is_dir() or not folder.name.startswith(JOB_PREFIX):
        raise ValueError(request["id"])
    snapshot, original = (Path(request[name]) if request.get(name) else None for name in ("snapshot", "original"))
    picked = tuple(Path(str(path)) for path in request.get("picked", ()))
    return request["id"], buttons.Job(
        folder, snapshot, original, str(request.get("sheet", "")), str(request.get("cells", "")), picked
    )


def _work(button_id: str, job: buttons.Job) -> None:
    try:
        buttons.run(button_id, job)
    except Exception as problem:
        buttons.report_failure(job.folder, found.INTERNAL.at(what=type(problem).__name__, log=""))
