"""The command line: a thin skin over the registry of commands.

Exit status (contract): 0 done; 1 done, with findings of severity error; 2 could not be done, nothing written,
and a message that says what to do.  Never a traceback: what nobody expected goes to a log file.
"""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Iterable, Sequence
from datetime import datetime
from heapq import nsmallest
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from toolkit import __version__, filling
from toolkit.desk import who
from toolkit.errorlog import write_log
from toolkit.findings import CannotDo
from toolkit.findings import command as found
from toolkit.model import Cancelled, Finding, Severity
from toolkit.parameters import JsonFile, reason, type_of
from toolkit.registry.command import Argument, Command, Given, Need
from toolkit.registry.commands import BY_NAME, COMMANDS, GROUPS

DONE, DONE_WITH_ERRORS, NOT_DONE = 0, 1, 2
_SHOWN_FINDINGS = 12
_FROM_EXCEL = ("--wb=", "--from_xl=", "--app=", "--hwnd=")
"""What xlwings' ``RunFrozenPython`` appends to a program's arguments."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run ``fengong`` with these arguments (default: the process's own) and exit."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a GBK console must not stop the work for one character
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run([word for word in given if not word.startswith(_FROM_EXCEL)]))


def run(arguments: list[str]) -> int:
    """Run one command; returns the exit status."""
    command = _named(arguments)
    try:
        result = _program().main(arguments, prog_name="fengong", standalone_mode=False)
        return result if isinstance(result, int) else DONE
    except click.exceptions.NoArgsIsHelpError as help_page:
        click.echo(help_page.ctx.get_help() if help_page.ctx else "")
        return NOT_DONE
    except click.UsageError as problem:
        return _refuse([_usage_finding(problem, command)])
    except CannotDo as problem:
        return _refuse(problem.findings)
    except (KeyboardInterrupt, Cancelled, click.Abort):
        return _refuse([found.CANCELLED.at()])
    except OSError as problem:
        return _refuse([found.NO_FOLDER.at(path=str(problem.filename or ""), reason=reason(problem))])
    except Exception as problem:
        return _refuse([found.INTERNAL.at(what=type(problem).__name__, log=write_log())])


def _named(arguments: Sequence[str]) -> str:
    """The command among the arguments, of one word or two; empty when there is none."""
    pairs = (f"{first} {second}" for first, second in pairwise(arguments))
    return next((words for words in (*arguments, *pairs) if words in BY_NAME), "")


# --- generating click commands from the registry ------------------------------------------


class _ChinesePage(click.Command):
    """A command whose help page is Chinese throughout."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line: how to call it."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "用法：")

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What is told by its place."""
        if places := [(p.make_metavar(), p.help or "") for p in self.params if isinstance(p, _Place)]:
            with formatter.section("参数"):
                formatter.write_dl(places)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, in the order of the registry."""
        with formatter.section("选项"):
            formatter.write_dl([_record(p) for p in self.params if isinstance(p, click.Option)])


class _ChineseGroup(_ChinesePage, click.Group):
    under = ""
    """The word that its commands share, and a blank; empty for the whole program."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, then the options."""
        listed = [command for command in COMMANDS if command.name.startswith(self.under)]
        with formatter.section("命令"):
            formatter.write_dl([(command.name, f"{command.label}：{command.tip}") for command in listed])
        _ChinesePage.format_options(self, ctx, formatter)


class _Place(click.Argument):
    """An argument told by its place, shown as the contract writes it."""

    def make_metavar(self, *_: object, **__: object) -> str:
        """NAME, NAME... or [NAME]."""
        name = (self.metavar or self.name or "") + ("..." if self.nargs == -1 else "")
        return name if self.required else f"[{name}]"


def _record(option: click.Option) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    return (names if option.is_flag else f"{names} {option.metavar}", option.help or "")


def _parameter(argument: Argument) -> click.Parameter:
    if argument.flag is None:
        return _Place(
            [argument.name],
            help=argument.help + (_told_when(argument) if argument.given else ""),
            type=type_of(argument),
            required=argument.required and argument.given is None,
            nargs=-1 if argument.many else 1,
            metavar=argument.metavar,
        )
    names = [argument.name, argument.flag, *([argument.short] if argument.short else [])]
    if argument.need is Need.SWITCH:
        return click.Option(names, is_flag=True, help=argument.help)
    return click.Option(
        names,
        type=type_of(argument),
        help=argument.help + _told_when(argument),
        required=argument.required and argument.given is None,
        multiple=argument.many,
        metavar=argument.metavar,
    )


def _told_when(argument: Argument) -> str:
    """Whether an argument has to be told."""
    if not argument.required:
        return ""
    return "（必填；在台账文件夹里可以不写）" if argument.given not in (None, Given.FOLDER) else "（必填）"


def _program() -> click.Group:
    settings = {"help_option_names": ["--help", "-h"]}
    group = _ChineseGroup(
        "fengong",
        help="分工：从通知到汇总表。读通知拟任务分工表，下发填报表，校验、汇总收回的表，生成反馈文书。",
        context_settings=settings,
        no_args_is_help=True,
        subcommand_metavar="命令 …",
        options_metavar="[选项]",
    )
    _own_help_option(group)
    group.params.append(_version_option())
    for command in COMMANDS:
        word, _, second = command.name.partition(" ")
        page = _ChinesePage(
            second or word,
            help=command.tip,
            params=[*map(_parameter, command.arguments), _json_option()],
            callback=_callback(command),
            options_metavar="[选项]",
            context_settings=settings,
        )
        _own_help_option(page)
        (_subgroup(group, word) if second else group).add_command(page)
    group.add_command(_button_command())
    group.add_command(click.Command("functions", callback=_answer_cells, hidden=True))
    group.add_command(click.Command("agent", callback=_run_agent, hidden=True))
    return group


def _subgroup(group: click.Group, word: str) -> click.Group:
    """The group of the commands that begin with a word."""
    known = group.commands.get(word)
    if isinstance(known, click.Group):
        return known
    own = _ChineseGroup(word, help=GROUPS[word], no_args_is_help=True, subcommand_metavar="命令 …")
    own.under, own.options_metavar = f"{word} ", "[选项]"
    _own_help_option(own)
    group.add_command(own)
    return own


def _button_command() -> click.Command:
    """The spreadsheet buttons' way in; not for people, so not in the help."""

    def call(button_id: str, job: Path, **given: Any) -> int:
        from toolkit import buttons

        handed = buttons.Job(job, **{name: value for name, value in given.items() if value})
        try:
            return DONE if buttons.run(button_id, handed) else NOT_DONE
        except Exception as problem:
            buttons.report_failure(job, found.INTERNAL.at(what=type(problem).__name__, log=write_log()))
            return NOT_DONE

    path = click.Path(path_type=Path)
    options = [
        click.Option(["--job"], type=path, required=True),
        click.Option(["--snapshot"], type=path),
        click.Option(["--original"], type=path),
        click.Option(["--sheet"], default=""),
        click.Option(["--cells"], default=""),
        click.Option(["--pick", "picked"], type=path, multiple=True),
    ]
    return click.Command("button", params=[click.Argument(["button_id"]), *options], callback=call, hidden=True)


def _own_help_option(command: click.Command) -> None:
    def show(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
        if wanted and not ctx.resilient_parsing:
            click.echo(ctx.get_help())
            ctx.exit()

    command.add_help_option = False
    command.params.append(
        click.Option(["--help", "-h"], is_flag=True, is_eager=True, expose_value=False, callback=show, help="显示本页")
    )


def _version_option() -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(f"fengong {__version__}")
            ctx.exit()

    return click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show, help="显示版本")


def _json_option() -> click.Option:
    return click.Option(
        ["json_file", "--json"], type=JsonFile(), metavar="FILE", help="把结果写成 JSON；写 - 时输出到屏幕"
    )


def _callback(command: Command) -> Any:
    def call(json_file: str | None, **given: Any) -> int:
        from toolkit.progress import progress_bar

        people = sys.stderr if json_file == "-" else sys.stdout
        told = {name: value for name, value in given.items() if value not in (None, (), False)}
        desk = filling.desk_of(command, told, Path.cwd(), datetime.now().astimezone(), who())
        chosen = filling.filled(command, told, desk)
        with progress_bar(command.label) as progress:
            result = command.load()(**chosen, progress=progress)
        if json_file is not None:
            _write_json(json_file, result.to_json())
        _tell(result.sentences(), result.findings, people)
        failed = any(finding.severity is Severity.ERROR for finding in result.findings)
        return DONE_WITH_ERRORS if failed else DONE

    return call


def _answer_cells() -> int:
    """Answer worksheet functions, one JSON line ``[name, arguments]`` after the other, until the input ends."""
    from toolkit import functions

    for line in sys.stdin.buffer:
        name, given = json.loads(line)
        sys.stdout.buffer.write(json.dumps(functions.call(name, given), ensure_ascii=True).encode() + b"\n")
        sys.stdout.buffer.flush()
    return DONE


def _run_agent() -> int:
    """Run the loopback agent of the WPS add-in until interrupted."""
    from toolkit import agent

    with agent.running():
        threading.Event().wait()
    return DONE


# --- speaking to the caller -----------------------------------------------------------


def _write_json(target: str, data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    if target == "-":
        sys.stdout.buffer.write(text.encode() + b"\n")
        sys.stdout.flush()
        return
    from toolkit.outputs import write_bytes

    write_bytes(Path(target), text.encode())


def _tell(sentences: Iterable[str], findings: Sequence[Finding], people: IO[str] | None) -> None:
    for sentence in sentences:
        click.echo(sentence, file=people)
    count = sum(1 for finding in findings if finding.severity is not Severity.NOTE)
    for finding in nsmallest(min(count, _SHOWN_FINDINGS), findings, key=lambda finding: finding.severity.rank):
        click.echo(_line(finding), file=people)
    if count > _SHOWN_FINDINGS:
        click.echo(f"……另有 {count - _SHOWN_FINDINGS} 个问题，见结果文件。", file=people)


def _line(finding: Finding) -> str:
    parts = (finding.unit, finding.path, finding.sheet, finding.cell)
    place = " ".join(part for part in parts if part and part not in finding.message)
    where = f"（{place}）" if place else ""
    return f"[{finding.severity.label}] {finding.message}{where}\n       → {finding.advice}"


def _refuse(findings: Sequence[Finding]) -> int:
    for finding in findings:
        click.echo(_line(finding), err=True)
    return NOT_DONE


def _usage_finding(problem: click.UsageError, command: str) -> Finding:
    if isinstance(problem, click.NoSuchOption):
        return found.NO_SUCH_OPTION.at(name=problem.option_name, command=command)
    if isinstance(problem, click.MissingParameter) and problem.param is not None:
        name = problem.param.metavar if isinstance(problem.param, click.Argument) else problem.param.opts[0]
        return found.MISSING_ARGUMENT.at(name=name or "", command=command)
    if isinstance(problem, click.exceptions.NoSuchCommand) or not command:
        words = str(getattr(problem, "command_name", "") or problem.format_message())
        return found.NO_SUCH_COMMAND.at(name=words)
    if isinstance(problem, click.BadOptionUsage):
        return found.NO_VALUE.at(name=problem.option_name, command=command)
    if extra := re.search(r"unexpected extra arguments? \((.*)\)", problem.format_message(), re.DOTALL):
        return found.TOO_MANY.at(words=extra[1], command=command)
    return found.WRONG_USAGE.at(detail=problem.format_message(), command=command)
