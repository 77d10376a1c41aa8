"""建台账文件夹: a folder that a clerk understands and can copy to a USB stick."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from toolkit import desk as desks
from toolkit import ledger as ledgers
from toolkit import outputs
from toolkit.desk import Desk
from toolkit.findings import CannotDo
from toolkit.findings import ledger as found
from toolkit.model import Finding, Json, Progress, no_progress
from toolkit.settings import DEFAULT
from toolkit.settings import FILE_NAME as SETTINGS_NAME
from toolkit.workbooks import plan_book, roster_book

GUIDE_NAME = "说明.txt"
_FOLDERS = (desks.FORMS, desks.RETURNS, desks.SUMMARIES, desks.FEEDBACK)
_GUIDE = """这是一个台账文件夹，可以整个拷贝到 U 盘或别的电脑上继续用。

任务分工表.xlsx　　任务和责任单位，以它为准。可以在 Excel、WPS 里改，编码一列不要动。
收集表.xlsx　　　　收集自己的一张表时用它代替任务分工表；一个台账文件夹收一张。
单位名录.xlsx　　　单位、简称、单位组和固定的单位序列。
下发\\填报期\\　　　发给各单位的填报表。
回收\\填报期\\　　　各单位交回的表，原样放进来（压缩包也可以），不用改名。
汇总\\填报期\\　　　汇总表。在《明细》（收集表在《总表》）的“审核”“审核意见”两栏里审核，也可以直接改填报内容。
反馈\\填报期\\　　　提示单、催报单、退回单、通报。
fengong.toml　　　 设置，用记事本改。
模板\\　　　　　　　本单位自己的模板放在这里（没有就用程序自带的）。
台账.db　　　　　　每一期发了什么、收到什么、怎么定的。只增不改，不要删除，建议定期拷贝备份。

在这个文件夹里打开命令窗口，各个命令都不用写文件名：
fengong issue --round 2026年第三季度 --due 2026-10-10　　下发
fengong merge　　　　　汇总
fengong review　　　　 读取汇总表里的审核和改动
fengong notify　　　　 生成反馈文书
fengong calendar　　　 本周到期的事项
fengong log　　　　　　谁在什么时候做了什么
fengong export　　　　 把台账全部导出
"""
_SETTINGS = """# 设置，改动后保存即可。各项的意思见 docs/设置.md；行首有 # 的是默认值，去掉 # 再改。
# due_soon_days = 7
# holidays = ["2027-01-01/2027-01-03"]
# extra_workdays = ["2027-02-14"]
"""


@dataclass(frozen=True, slots=True)
class InitResult:
    """What was made."""

    folder: Path
    files: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> Json:
        """The folder and what was put into it, relative to it."""
        return {
            "folder": str(self.folder),
            "files": [path.relative_to(self.folder).as_posix() for path in self.files],
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        lines = [f"台账文件夹：{self.folder}"]
        if not any((self.folder / name).exists() for name in (desks.PLAN_NAME, desks.SURVEY_NAME)):
            lines.append("下一步：在这个文件夹里用 fengong draft 从通知拟出任务分工表，或把已有的任务分工表放进来。")
            lines.append("要收集自己的一张表，用 fengong form new 做收集表。")
        return lines


def init(
    *, desk: Desk, plan: Path | None = None, roster: Path | None = None, progress: Progress = no_progress
) -> InitResult:
    """Make the folder of ``desk`` a working folder, with copies of ``plan`` and ``roster`` when they are given.

    Nothing that is there already is changed: run again, it only adds what is missing.  Raises :class:`CannotDo`,
    with nothing made, when the plan or the register cannot be read or one lies there already.
    """
    folder = desk.folder
    if folder.exists() and not folder.is_dir():
        raise CannotDo(found.NAME_TAKEN.at(path=str(folder)))
    read_plan = plan_book.load(plan).plan if plan else None
    plan_name = desks.SURVEY_NAME if read_plan and read_plan.survey else desks.PLAN_NAME
    sources = [(plan, folder / plan_name), (roster, folder / desks.ROSTER_NAME)]
    taken = [target for source, target in sources if source and target.exists()]
    if taken:
        raise CannotDo(*(found.THERE_ALREADY.at(path=target.name) for target in taken))
    read_roster = roster_book.examine(roster)[0] if roster else None
    for name in _FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    made = []
    for source, target in sources:
        if source is not None:
            shutil.copyfile(source, target)
            made.append(target)
    for name, text in ((SETTINGS_NAME, _SETTINGS), (GUIDE_NAME, _GUIDE)):
        if not (folder / name).exists():
            outputs.write_bytes(folder / name, text.replace("\n", "\r\n").encode("utf-8-sig"))
            made.append(folder / name)
    fresh = ledgers.create(folder)
    if fresh:
        made.append(folder / ledgers.FILE_NAME)
    if fresh or read_plan or read_roster:
        with (
            ledgers.writing(folder, desk.who, desk.now, seconds=DEFAULT.wait_seconds, progress=progress) as ledger,
            ledger.event(desk.now, desk.who, "建台账") as record,
        ):
            if read_plan is not None:
                record.plan(read_plan)
            if read_roster is not None:
                record.roster(read_roster)
            record.what = "建立台账文件夹" if fresh else "放入任务分工表或单位名录"
    findings = () if fresh else (found.ALREADY.at(path=str(folder)),)
    return InitResult(folder, tuple(made), findings)
