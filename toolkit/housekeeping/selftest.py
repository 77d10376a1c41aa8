"""自检: the whole chain on the bundled sample in a temporary folder, to prove that an installed program is complete.

A packaged program may lack a module, a data file or the ability to start worker processes, and nobody would notice
before the file that needs them.  So every module and library is loaded, every bundled file is looked for, and the
chain is run twice: in one reading process and in two, which must give the same bytes.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import toolkit
from toolkit import resources
from toolkit.findings import command as found
from toolkit.housekeeping import demo
from toolkit.merge import merge
from toolkit.model import Finding, Json, Progress, no_progress
from toolkit.sample.round import AS_OF, ROUND

LIBRARIES = (
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "charset_normalizer",
    "chinese_calendar",
    "click",
    "cn2an",
    "cryptography.hazmat.primitives.ciphers",
    "defusedxml.ElementTree",
    "docx",
    "docxtpl",
    "jinja2",
    "lxml.etree",
    "lxml.html",
    "markupsafe",
    "msoffcrypto",
    "openpyxl",
    "pdfminer.cmapdb",
    "pdfplumber",
    "py7zr",
    "python_calamine",
    "rapidfuzz.distance.metrics_cpp",
    "rapidfuzz.fuzz_cpp",
    "rich.progress",
    "sqlite3",
    "xlrd",
    "xlsxwriter",
)
"""What the program loads only when it is needed; of a library that has a slow twin in Python, the fast one.

Nothing here imports PIL, but openpyxl drops the pictures of a workbook where it is missing.
"""

_SURFACES = ("toolkit.__main__", "toolkit.addin", "toolkit.desktop")
"""Modules that start something or need what only some PCs have."""
_CHINESE_CMAPS = ("GBK-EUC-H", "GB-EUC-H", "UniGB-UCS2-H", "UniGB-UTF16-H")
"""Tables that a Chinese PDF without embedded maps cannot be read without."""
_TEMPLATES = ("任务分工表.xlsx", "填报表.xlsx", "汇总表.xlsx", "提示单.docx", "催报单.docx", "退回单.docx", "通报.docx")


class Failed(Exception):
    """A check that did not hold; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check and what came of it."""

    name: str
    passed: bool
    figures: str
    """What was counted, or why it failed."""


@dataclass(frozen=True, slots=True)
class SelfTestResult:
    """What the self-test found."""

    checks: tuple[Check, ...]
    files: tuple[Path, ...] = ()
    """Always empty: the temporary folder is gone."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One error a check that failed."""
        return tuple(found.SELFTEST_FAILED.at(name=c.name, reason=c.figures) for c in self.checks if not c.passed)

    def to_json(self) -> Json:
        """The checks, and whether all passed."""
        return {
            "passed": all(check.passed for check in self.checks),
            "packaged": is_packaged(),
            "checks": [{"name": c.name, "passed": c.passed, "figures": c.figures} for c in self.checks],
        }

    def sentences(self) -> list[str]:
        """A line a check, then the verdict."""
        lines = [f"[{'通过' if c.passed else '未通过'}] {c.name}：{c.figures}" for c in self.checks]
        failed = sum(not check.passed for check in self.checks)
        verdict = f"自检没有通过：{len(self.checks)} 项中有 {failed} 项不对。" if failed else "自检通过。"
        kind = "打包的程序" if is_packaged() else "源代码"
        return [*lines, f"{verdict}（fengong {toolkit.__version__}，{kind}）"]


def is_packaged() -> bool:
    """Whether this is the program that needs no Python."""
    return hasattr(sys, "_MEIPASS")


def selftest(*, progress: Progress = no_progress) -> SelfTestResult:
    """Run every check; a check that fails does not keep the others from running.  Leaves nothing behind."""
    done: list[Check] = []
    with tempfile.TemporaryDirectory(prefix="分工 自检 ", ignore_cleanup_errors=True) as folder:
        for number, (name, check) in enumerate(CHECKS.items()):
            progress(number, len(CHECKS), name)
            done.append(_checked(name, check, Path(folder).resolve() / "台账"))
    progress(len(CHECKS), len(CHECKS), "")
    return SelfTestResult(tuple(done))


def _checked(name: str, check: Callable[[Path], str], folder: Path) -> Check:
    try:
        return Check(name, True, check(folder))
    except Failed as failure:
        return Check(name, False, str(failure))
    except Exception as failure:  # whatever goes wrong is what the self-test is for
        return Check(name, False, f"{type(failure).__name__}: {failure}")


# --- the checks ---------------------------------------------------------------------------


def _assertions(_folder: Path) -> str:
    """The program's own assertions must not have been optimised away."""
    try:
        assert not CHECKS
    except AssertionError:
        return "有效"
    raise Failed("程序编译时关掉了断言")


def _modules(_folder: Path) -> str:
    names = [name for name in _module_names() if not name.startswith(_SURFACES)]
    for name in names:
        importlib.import_module(name)
    return f"{len(names)} 个"


def _module_names() -> Iterator[str]:
    for module in pkgutil.walk_packages(toolkit.__path__, "toolkit.", onerror=_reraise):
        yield module.name


def _reraise(name: str) -> None:
    if not name.startswith(_SURFACES):
        raise Failed(f"装不进模块 {name}")


def _libraries(_folder: Path) -> str:
    for name in LIBRARIES:
        importlib.import_module(name)
    cmaps = importlib.import_module("pdfminer.cmapdb").CMapDB
    for name in _CHINESE_CMAPS:
        cmaps.get_cmap(name)
    return f"{len(LIBRARIES)} 个，中文 PDF 字符表 {len(_CHINESE_CMAPS)} 张"


def _bundled_files(_folder: Path) -> str:
    if missing := [name for name in _TEMPLATES if not resources.template(name).is_file()]:
        raise Failed(f"缺少模板 {'、'.join(missing)}")
    if not is_packaged():  # a project's add-ins are built when they are wanted
        return f"模板 {len(_TEMPLATES)} 个，{resources.manual().name}"
    addins = resources.addins_dir()
    if addins is None:
        raise Failed("缺少加载项")
    return f"模板 {len(_TEMPLATES)} 个，{resources.manual().name}，加载项 {len(list(addins.iterdir()))} 个"


def _chain(folder: Path) -> str:
    shown = demo.demo(folder)
    collection = shown.collection
    if lost := [made.path.name for made in shown.made if not made.path.is_file()]:
        raise Failed(f"没有写出 {'、'.join(lost)}")
    told = [(entry.task, entry.unit) for entry in collection.entries]
    if len(set(told)) != len(told) or set(told) != {(duty.task, duty.unit) for duty in collection.duties}:
        raise Failed("汇总的填报项与职责不是一一对应")
    kinds = [made.kind for made in shown.made]
    return (
        f"任务 {len(collection.plan.tasks)} 项，单位 {len(collection.units)} 个，填报表 {kinds.count('填报表')} 份，"
        f"回收 {kinds.count('回收表')} 份，填报项 {len(told)} 项，问题 {len(collection.findings)} 条，"
        f"反馈文书 {sum(made.path.is_relative_to(folder / '反馈') for made in shown.made)} 份"
    )


def _reopened(folder: Path) -> str:
    """Every document that was written opens again with a library that did not write it."""
    import docx
    import openpyxl

    books = documents = 0
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_relative_to(folder / "回收")):
        if path.suffix == ".xlsx":
            books += bool(openpyxl.load_workbook(path).sheetnames)
        elif path.suffix == ".docx":
            document = docx.Document(str(path))
            documents += bool(document.paragraphs or document.tables)
    if not books or not documents:
        raise Failed("没有可以打开的工作簿和文书")
    return f"工作簿 {books} 个，文书 {documents} 个"


def _workers(folder: Path) -> str:
    """Two reading processes give the bytes that one gave; the folder is as deep, so the links are the same too."""
    first = folder / "汇总" / ROUND / "汇总表.xlsx"
    again = folder / "汇总" / "再次" / "汇总表.xlsx"
    merge([folder / "回收" / ROUND], folder / "任务分工表.xlsx", again, round=ROUND, as_of=AS_OF, jobs=2)
    if again.read_bytes() != first.read_bytes():
        raise Failed("两个进程汇总的结果与一个进程的不同")
    return f"两个进程汇总的结果逐字节相同，{first.stat().st_size} 字节"


CHECKS: dict[str, Callable[[Path], str]] = {
    "断言": _assertions,
    "程序模块": _modules,
    "所用的库": _libraries,
    "自带文件": _bundled_files,
    "全流程": _chain,
    "重新打开": _reopened,
    "多进程": _workers,
}
"""By name on screen, in the order they run."""
