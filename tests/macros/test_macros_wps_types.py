"""The WPS scripts against the published types of ET's interface: a misspelt name of an API is found here."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "macros" / "wps" / "src" / "main.js"
CONFIG = {
    "compilerOptions": {
        "allowJs": True,
        "checkJs": True,
        "noEmit": True,
        "strict": True,
        "noImplicitAny": False,
        "target": "ES5",
        "lib": ["ES5", "DOM"],
        "types": ["et-jsapi-declare"],
        "skipLibCheck": True,
        "ignoreDeprecations": "5.0",
    },
    "files": ["main.js"],
}


@pytest.mark.long
def test_the_scripts_use_names_that_exist(tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    shutil.copy(SOURCE, tmp_path / "main.js")
    (tmp_path / "tsconfig.json").write_text(json.dumps(CONFIG), "utf-8")
    install = ["npm", "install", "--no-save", "--no-package-lock", "--prefix", str(tmp_path)]
    subprocess.run([*install, "typescript@5", "et-jsapi-declare@2.5.0"], check=True, capture_output=True, timeout=200)
    tsc = tmp_path / "node_modules" / ".bin" / "tsc"
    good = subprocess.run([tsc, "-p", tmp_path], capture_output=True, text=True, check=False)
    assert good.returncode == 0, good.stdout
    text = (tmp_path / "main.js").read_text("utf-8")
    (tmp_path / "main.js").write_text(text.replace("readAsBinaryString", "readAsBinaryText"), "utf-8")
    assert "readAsBinaryText" in subprocess.run([tsc, "-p", tmp_path], capture_output=True, text=True).stdout
