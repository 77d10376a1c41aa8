"""The kinds of arguments on the command line: each refuses, before any work begins, what could not be done anyway."""

from __future__ import annotations

import errno
import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from toolkit.findings import CannotDo
from toolkit.findings import command as found
from toolkit.registry.command import Argument, Need

if TYPE_CHECKING:
    from toolkit.containers.address import Address

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://")
_SAME_ENDINGS = {".htm": ".html"}
_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "文件夹不存在，也建不了",
    errno.ENOTDIR: "路径中间有一段是文件，不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "名称太长",
    errno.EBUSY: "正被别的程序使用",
}


def reason(problem: OSError) -> str:
    """Why the system refused, in Chinese where it is one of the usual causes."""
    return _REASONS.get(problem.errno or 0) or problem.strerror or str(problem)


def type_of(argument: Argument) -> click.ParamType[Any]:
    """The kind of an argument of the registry."""
    match argument.need:
        case Need.FILE | Need.PATH:
            return InPath(folder=argument.need is Need.PATH)
        case Need.ADDRESS:
            return PathOrAddress()
        case Need.OUT_FILE:
            return OutFile(Path(argument.metavar).suffix)
        case Need.OUT_FOLDER:
            return OutFolder()
        case Need.OUT_PATH:
            return OutPath()
        case Need.DAY:
            return Day()
        case Need.COUNT:
            return Count()
        case Need.CHOICE:
            return Choice(argument.choices)
        case Need.SWITCH:
            return click.BOOL
        case Need.TEXT:
            return click.STRING


class Day(click.ParamType[date]):
    """YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, when there is one of that name."""
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            try:
                return date.fromisoformat(str(value))
            except ValueError:
                _refuse(param, value, "没有这一天，请核对年月日。")
        _refuse(param, value, "日期写成 2022-12-31 这样的格式。")


class Count(click.ParamType[int]):
    """A whole number above 0."""

    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        if re.fullmatch(r"[0-9]{1,6}", str(value)) and int(value) > 0:
            return int(value)
        _refuse(param, value, "请写一个大于 0 的整数。")


class Choice(click.ParamType[str]):
    """One of a few words."""

    name = "choice"

    def __init__(self, choices: tuple[str, ...]) -> None:
        self._choices = choices

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word."""
        if value in self._choices:
            return str(value)
        _refuse(param, value, f"可以写：{'、'.join(self._choices)}。")


class InPath(click.ParamType[Path]):
    """What is there to be read: a file, or where ``folder`` says so also a folder."""

    name = "path"

    def __init__(self, *, folder: bool) -> None:
        self._folder = folder

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, when something lies there."""
        path = Path(value)
        if not os.path.lexists(path):
            raise CannotDo(found.NOT_FOUND.at(path=str(value)))
        if path.is_dir() and not self._folder:
            raise CannotDo(found.NOT_A_FILE.at(path=str(value)))
        return path


class PathOrAddress(click.ParamType[Any]):
    """What is there to be read: a file, a folder, or the address of one elsewhere."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | Address:
        """The path, or the address; whether an address is reached shows when it is read."""
        if not _ADDRESS.match(str(value)):
            return InPath(folder=True).convert(value, param, ctx)
        from toolkit.containers.address import Address

        return Address(value)


class OutFile(click.ParamType[Path]):
    """A file to write, with the ending of what it will hold."""

    name = "path"

    def __init__(self, ending: str = "") -> None:
        self._ending = ending

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, when it is free or a file and could be written."""
        path = Path(value)
        ending = path.suffix.lower()
        if path.is_dir() or str(value).endswith(("/", os.sep)):
            raise CannotDo(found.NOT_A_FILE.at(path=str(value)))
        if self._ending and _SAME_ENDINGS.get(ending, ending) != self._ending:
            _refuse(param, value, f"文件名要以 {self._ending} 结尾。")
        _refuse_unwritable(path)
        return path


class OutFolder(click.ParamType[Path]):
    """A folder to write to, made where it is not there."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, when it is free or a folder and could be written to."""
        path = Path(value)
        if path.exists() and not path.is_dir():
            raise CannotDo(found.NOT_A_FOLDER.at(path=str(value)))
        _refuse_unwritable(path / "文件")
        return path


class OutPath(click.ParamType[Path]):
    """A workbook to write, or a folder to write one to."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, as that of a file when it ends like a workbook."""
        kind = OutFile(".xlsx") if str(value).lower().endswith(".xlsx") else OutFolder()
        return kind.convert(value, param, ctx)


class JsonFile(click.ParamType[str]):
    """Where the result goes as JSON: a file, or ``-``; a file that holds anything but JSON is never replaced."""

    name = "json"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as given."""
        if value == "-":
            return "-"
        path = OutFile().convert(value, param, ctx)
        if path.is_file() and not _may_be_json(path):
            _refuse(param, value, "这个文件里有别的内容，请换一个文件名。")
        return str(value)


def _may_be_json(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(64).lstrip()[:1] in (b"", b"{", b"[")


def _refuse_unwritable(path: Path) -> None:
    """Refuse a place that lies below a file, or in a folder that must not be written to."""
    above = next(folder for folder in path.absolute().parents if os.path.lexists(folder))
    if not above.is_dir():
        raise CannotDo(found.NO_FOLDER.at(path=str(path.parent), reason=_REASONS[errno.ENOTDIR]))
    if not os.access(above, os.W_OK | os.X_OK):
        raise CannotDo(found.NO_FOLDER.at(path=str(above), reason=_REASONS[errno.EACCES]))


def _refuse(param: click.Parameter | None, value: object, wanted: str) -> NoReturn:
    name = param.opts[0] if param is not None else ""
    raise CannotDo(found.BAD_VALUE.at(name=name, value=str(value), wanted=wanted))
