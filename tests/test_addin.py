"""The worksheet functions as Excel would register and call them, by xlwings' own code with recording stand-ins."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from toolkit.cli import main
from toolkit.registry.functions import FUNCTIONS

PROBE = """
import json, sys
sys.path.insert(0, {tests!r})
from addin_stub import Workbook, load_udfs
udfs = load_udfs()
import toolkit.addin
book = Workbook()
udfs.import_udfs("toolkit.addin", book)
missing = -2147352572
calls = [
    udfs.call_udf("toolkit.addin", "FG_情况", ("已办结",)),
    udfs.call_udf("toolkit.addin", "FG_UNITS", ("市教育局牵头，市财政局配合", missing)),
    udfs.call_udf("toolkit.addin", "FG_单位", ("市教育局牵头，市财政局配合", "配合")),
    udfs.call_udf("toolkit.addin", "FG_完成率", ((("已完成",), ("推进中",)),)),
    udfs.call_udf("toolkit.addin", "FG_DRAFT", ("没有.docx",)),
]
json.dump({{"options": book.options, "vba": book.VBComponents.imported, "calls": calls}}, sys.stdout, default=str)
"""


def probe() -> dict[str, list[object]]:
    """In a process of its own: the stand-ins replace modules."""
    import json

    code = PROBE.format(tests=str(Path(__file__).parent))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    answer: dict[str, list[object]] = json.loads(done.stdout[done.stdout.index("{") :])
    return answer


def test_every_function_is_registered_and_called_through_xlwings() -> None:
    answer = probe()
    told = {str(o["Macro"]).rpartition("!")[2]: o for o in answer["options"]}  # type: ignore[index]
    assert set(told) == {name for f in FUNCTIONS for name in (f.name, f.twin)}
    for function in FUNCTIONS:
        for name in (function.name, function.twin):
            options = told[name]
            assert options["Description"] == function.help and options["Category"] == function.category  # type: ignore[index]
            assert len(options["ArgumentDescriptions"]) == len(function.parameters)  # type: ignore[index]
    assert "Function FG_UNITS(text, Optional role)" in str(answer["vba"][0])
    status, units, supporting, rate, refusal = answer["calls"]
    assert status == [["已完成"]] or status == "已完成"
    assert units == [["市教育局"], ["市财政局"]] and supporting == [["市财政局"]]
    assert rate in (0.5, [[0.5]]) and "找不到" in str(refusal)


def test_the_program_accepts_what_run_frozen_python_appends(capsys: object) -> None:
    try:
        main(["--version", "--wb=分工.xlsm", "--from_xl=1", "--app=1", "--hwnd=2"])
    except SystemExit as end:
        assert end.code == 0
