"""A round as pandas tables, for who goes on from the summary in a notebook.

Nothing of the chain itself needs pandas (importing it costs as much as reading some hundred forms); it is
imported when one of these is called.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from toolkit.model import Collection

if TYPE_CHECKING:
    import pandas as pd

_ENTRY_COLUMNS = {
    "task": "编码",
    "number": "序号",
    "unit": "单位",
    "role": "职责",
    "state": "状态",
    "status": "完成情况",
    "status_text": "原文",
    "progress": "进展说明",
    "evidence": "佐证材料",
    "done_on": "完成日期",
    "remark": "备注",
}


def entries(collection: Collection) -> pd.DataFrame:
    """One row a task × unit, in the order of the summary's 明细, with the path and cell each status came from."""
    import pandas as pd

    rows = []
    for entry in collection.entries:
        place = entry.source("status")
        row = {label: getattr(entry, name) for name, label in _ENTRY_COLUMNS.items()}
        row |= {"职责": entry.role.label, "状态": entry.state.value}
        row |= {"文件": place.path if place else None, "单元格": place.cell if place else None}
        rows.append(row)
    frame = pd.DataFrame(rows, columns=[*_ENTRY_COLUMNS.values(), "文件", "单元格"])
    frame["完成日期"] = pd.to_datetime(frame["完成日期"])
    return frame


def findings(collection: Collection) -> pd.DataFrame:
    """One row a finding, worst first."""
    import pandas as pd

    return pd.DataFrame([{**asdict(f), "severity": f.severity.value} for f in collection.findings])


def matrix(collection: Collection) -> pd.DataFrame:
    """Units × tasks of status words; 未报 where nothing came, empty where a task is not the unit's."""
    import pandas as pd

    cells = [(e.unit, e.task, e.status or "未报") for e in collection.entries]
    table = pd.DataFrame(cells, columns=["单位", "编码", "完成情况"])
    wide = table.pivot(index="单位", columns="编码", values="完成情况")
    units = [report.unit for report in collection.units]
    codes = [task.code for task in collection.plan.tasks]
    return wide.reindex(index=units, columns=codes)
