"""Reading the sheet of fields (字段表) a clerk filled in: a survey as a plan whose one task is the table.

The sheet has lines of settings above (表名, 每单位 …) and one row a field below the header.  Moved columns, other
header words and a sheet made without the program are borne; what cannot be meant is told, all of it at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from toolkit import identity
from toolkit.containers.content import Content, Sheet, cell_name
from toolkit.findings import CannotDo, Kind
from toolkit.findings import survey as found
from toolkit.identity import STAMP_SHEET
from toolkit.language.text import essence, fold
from toolkit.language.typed import read_typed
from toolkit.model import Finding, Plan, Role, Severity, Task
from toolkit.survey import EVERY_UNIT, FLAGS, Field, FieldType, Survey
from toolkit.workbooks import plan_cells
from toolkit.workbooks.plan_reader import PlanReading

HEADING = "收集表"
"""The title of the sheet itself, which is no name of a table."""
HEAD = "FGS1"
"""A1 of the very hidden sheet; right of it the id of the plan and the code of its task."""
COLUMNS = ("字段", "类型", "必填", "选项", "说明", "示例")
TITLE, NOTE, UNITS, ROWS, BESIDE, ISSUER = "表名", "填表说明", "填报单位", "每单位", "随附材料", "发文单位"
SETTINGS = (TITLE, NOTE, UNITS, ROWS, BESIDE, ISSUER)
ONE, MANY = "一行", "多行"
SETTING_HINTS = {
    TITLE: "表的名称，印在每份表的最上面。",
    NOTE: "要对单位说的话，印在表名下面；可以空着。",
    UNITS: f"谁来填：单位或单位组，用顿号隔开；{EVERY_UNIT}就是名录里的每一个单位。",
    ROWS: f"{ONE}：每个单位填一行；{MANY}：每个单位填几行都可以。",
    BESIDE: "要随表报送的材料，如签字盖章的审批单；没有就空着。",
    ISSUER: "印在催报单、退回单的落款处；可以空着。",
}
"""Printed right of each setting."""
MOST_FIELDS = 60

_OTHER_WORDS = {
    "字段": ("字段名", "字段名称", "栏目", "栏目名称", "列名", "指标", "指标名称", "填报项"),
    "类型": ("字段类型", "数据类型", "格式"),
    "必填": ("是否必填", "必填项", "是否必须"),
    "选项": ("可选项", "选项内容", "下拉选项", "备选项"),
    "说明": ("填写说明", "填报说明", "填写要求", "备注"),
    "示例": ("例", "举例", "样例", "示例填写"),
}
_MEANING = {essence(name): word for word, names in _OTHER_WORDS.items() for name in (word, *names)}
_SETTING_WORDS = {
    TITLE: ("标题", "收集表名称", "表的名称", "名称"),
    NOTE: ("填报要求", "表头说明"),
    UNITS: ("报送单位", "谁填"),
    ROWS: ("每单位一行多行", "每单位一行还是多行", "每个单位", "每单位行数", "行数"),
    BESIDE: ("附件", "随表材料", "佐证材料", "审批材料"),
    ISSUER: ("下发单位", "组织单位"),
}
_SETTING = {essence(name): word for word, names in _SETTING_WORDS.items() for name in (word, *names)}
_TYPES = {
    FieldType.TEXT: ("文字", "字符", "字符串", "文本型", "text"),
    FieldType.NUMBER: ("数值", "整数", "小数", "金额", "数字型", "number"),
    FieldType.DATE: ("年月日", "时间", "日期型", "date"),
    FieldType.CHOICE: ("下拉", "单选", "下拉选项", "选择", "选项下拉"),
    FieldType.FLAG: ("是或否", "是否型", "判断"),
    FieldType.PHONE: ("电话号码", "联系电话", "固定电话", "座机"),
    FieldType.MOBILE: ("手机号", "手机号码", "移动电话"),
    FieldType.IDENTITY: ("身份证号", "身份证号码", "公民身份号码"),
    FieldType.EMAIL: ("电子邮箱", "邮件", "电子邮件", "email", "邮箱地址"),
    FieldType.URL: ("链接", "网站", "网址链接", "url"),
}
_TYPE_OF = {essence(name): kind for kind, names in _TYPES.items() for name in (kind.value, *names)}
_YES = frozenset(map(essence, ("是", "必填", "必须", "要", "y", "yes", "true", "1"))) | {"√", "✓", "✔"}
_NO = frozenset(map(essence, ("", "否", "选填", "不", "不必填", "非必填", "可不填", "n", "no", "false", "0"))) | {"×"}
_HEADER_WITHIN = 30
_LONGEST_NAME = 30
_RESERVED = frozenset(map(essence, ("编码", "序号", "问题")))


def holds_fields(content: Content) -> bool:
    """Whether a workbook has a sheet of fields."""
    return any(_find_header(sheet) for sheet in content.sheets)


def read_fields(content: Content, name: str) -> PlanReading:
    """The survey of a workbook as a plan.  Raises :class:`CannotDo` with everything that is wrong with it."""
    for sheet in content.sheets:
        if (header := _find_header(sheet)) is not None:
            return _Reader(content, sheet, *header, name).read()
    raise CannotDo(*(content.findings or [found.NO_FIELD_TABLE.at(path=name)]))


def _find_header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The header row: it names 字段 and at least one thing more about it."""
    for row in range(min(_HEADER_WITHIN, len(sheet.rows))):
        columns: dict[str, int] = {}
        for column in range(len(sheet.rows[row])):
            text = essence(sheet.text(row, column))
            word = _MEANING.get(text) or (ROWS if _SETTING.get(text) == ROWS else None)
            if word:
                columns.setdefault(word, column)
        if "字段" in columns and columns.keys() & {"类型", "必填", "选项"}:
            return row, columns
    return None


@dataclass
class _Line:
    """A row of the table of fields."""

    row: int
    texts: Mapping[str, str]

    def __getitem__(self, word: str) -> str:
        return self.texts.get(word, "")


class _Reader:
    def __init__(self, content: Content, sheet: Sheet, header: int, columns: Mapping[str, int], name: str) -> None:
        self._content = content
        self._sheet = sheet
        self._header = header
        self._columns = columns
        self._name = name
        self._findings: list[Finding] = []

    def read(self) -> PlanReading:
        lines = list(self._lines())
        settings = self._settings()
        fields = tuple(field for line in lines if (field := self._field(line)) is not None)
        self._tell_twice(lines)
        if not lines:
            self._findings.append(found.NO_FIELDS.at(path=self._name, sheet=self._sheet.name))
        if len(fields) > MOST_FIELDS:
            self._tell(found.TOO_MANY_FIELDS, "字段", lines[MOST_FIELDS].row, count=len(fields), most=MOST_FIELDS)
        many = self._many(settings.get(ROWS, ""), lines)
        if any(finding.severity is Severity.ERROR for finding in self._findings):
            raise CannotDo(*self._findings)
        survey = Survey(fields, many, settings.get(NOTE, ""), settings.get(BESIDE, ""))
        return PlanReading(self._plan(survey, settings), self._findings)

    def _plan(self, survey: Survey, settings: Mapping[str, str]) -> Plan:
        title = settings.get(TITLE) or self._name.rsplit(".", 1)[0]
        units = plan_cells.read_units(settings.get(UNITS) or EVERY_UNIT, Role.RESPONSIBLE)
        requirement = survey.note or f"填报{title}"
        task = Task(1, requirement, number="1", title=title, assignments=tuple(units))
        plan = Plan(title, (task,), issuer=settings.get(ISSUER) or None, survey=survey)
        plan_id, code = self._kept_ids()
        if code:
            return replace(plan, plan_id=plan_id, tasks=(replace(task, code=code),))
        # Before it has an identity of its own, a table is known by its name alone: its words may still be mended.
        plan = replace(plan, tasks=(replace(task, code=identity.task_code(title, "收集表")),))
        return identity.coded(plan)

    def _kept_ids(self) -> tuple[str, str]:
        """Id and code that the workbook was given when it was made."""
        for sheet in self._content.sheets:
            if sheet.name == STAMP_SHEET and sheet.text(0, 0) == HEAD and identity.read_code(sheet.text(0, 2)):
                return sheet.text(0, 1), sheet.text(0, 2)
        return "", ""

    # --- settings -------------------------------------------------------------------------

    def _settings(self) -> dict[str, str]:
        """What the lines above the header say: label and text, side by side or by a colon; a line alone is the name."""
        settings: dict[str, str] = {}
        heading = ""
        hints = set(SETTING_HINTS.values())
        for row in range(self._header):
            cells = (self._sheet.text(row, column) for column in range(len(self._sheet.rows[row])))
            texts = [text for text in cells if text and text not in hints]
            if not texts:
                continue
            label, _, rest = fold(texts[0]).partition(":")
            word = _SETTING.get(essence(label))
            if word is None and len(texts) == 1 and essence(texts[0]) != essence(HEADING):
                heading = heading or texts[0].strip()
            if word is not None:
                value = rest.strip() and texts[0].replace("：", ":").partition(":")[2].strip()
                settings.setdefault(word, value or (texts[1].strip() if len(texts) > 1 else ""))
        if not settings.get(TITLE) and heading:
            settings[TITLE] = heading
        return settings

    def _many(self, told: str, lines: list[_Line]) -> bool:
        """每单位 one row or many; some write it beside the fields, and then any 多行 counts."""
        words = [told, *(line[ROWS] for line in lines)]
        said = [essence(word) for word in words if word]
        unclear = next((word for word in words if word and not _rows_word(essence(word))), None)
        if unclear is not None:
            self._findings.append(found.ROWS_UNCLEAR.at(path=self._name, sheet=self._sheet.name, text=unclear))
        return any(_rows_word(word) == MANY for word in said)

    # --- fields ---------------------------------------------------------------------------

    def _lines(self) -> Iterator[_Line]:
        for row in range(self._header + 1, len(self._sheet.rows)):
            texts = {word: self._sheet.text(row, column).strip() for word, column in self._columns.items()}
            if any(texts[word] for word in texts if word != ROWS):
                yield _Line(row, texts)

    def _field(self, line: _Line) -> Field | None:
        name = " ".join(line["字段"].split())
        if not name:
            text = next(text for text in line.texts.values() if text)
            self._tell(found.FIELD_NAMELESS, "字段", line.row, row=line.row + 1, text=text)
            return None
        self._check_name(name, line)
        kind = self._type(name, line)
        choices = tuple(_split(line["选项"]))
        if kind is FieldType.CHOICE:
            self._check_choices(name, choices, line)
        elif choices and not (kind is FieldType.FLAG and {*choices} <= {*FLAGS}):
            self._tell(found.CHOICES_IGNORED, "选项", line.row, name=name, type=kind.value)
        if kind is not FieldType.CHOICE:
            choices = ()
        field = Field(name, kind, self._required(name, line), choices, line["说明"], line["示例"])
        if field.example and read_typed(field, field.example) is None:
            self._tell(found.EXAMPLE_UNFIT, "示例", line.row, name=name, text=field.example, type=kind.value)
        return field

    def _check_name(self, name: str, line: _Line) -> None:
        if essence(name) in _RESERVED:
            self._tell(found.NAME_RESERVED, "字段", line.row, name=name)
        elif not essence(name):
            self._tell(found.NAME_UNFIT, "字段", line.row, name=name, why="里面没有文字")
        elif len(name) > _LONGEST_NAME:
            self._tell(found.NAME_UNFIT, "字段", line.row, name=name, why=f"超过 {_LONGEST_NAME} 个字")

    def _type(self, name: str, line: _Line) -> FieldType:
        if not line["类型"]:
            return FieldType.CHOICE if line["选项"] else FieldType.TEXT
        kind = _TYPE_OF.get(essence(line["类型"]))
        if kind is None:
            types = "、".join(FieldType)
            self._tell(found.TYPE_UNKNOWN, "类型", line.row, name=name, text=line["类型"], types=types)
        return kind or FieldType.TEXT

    def _check_choices(self, name: str, choices: tuple[str, ...], line: _Line) -> None:
        if not choices:
            self._tell(found.CHOICES_MISSING, "选项" if "选项" in self._columns else "字段", line.row, name=name)
        said = [essence(choice) or choice for choice in choices]
        for place, choice in enumerate(choices):
            if said[place] in said[:place]:
                self._tell(found.CHOICE_TWICE, "选项", line.row, name=name, text=choice)

    def _required(self, name: str, line: _Line) -> bool:
        text = line["必填"]
        said = essence(text) or text.strip()
        if said not in _YES and said not in _NO:
            self._tell(found.REQUIRED_UNCLEAR, "必填", line.row, name=name, text=text)
        return said in _YES

    def _tell_twice(self, lines: list[_Line]) -> None:
        first: dict[str, int] = {}
        for line in lines:
            key = essence(line["字段"])
            if key and key in first:
                words = {"name": line["字段"], "first": first[key] + 1, "row": line.row + 1}
                self._tell(found.FIELD_TWICE, "字段", line.row, **words)
            first.setdefault(key, line.row)

    def _tell(self, kind: Kind, column: str, at_row: int, **words: Any) -> None:
        cell = cell_name(at_row, self._columns.get(column, self._columns["字段"]))
        self._findings.append(kind.at(path=self._name, sheet=self._sheet.name, cell=cell, **words))


def _rows_word(said: str) -> str:
    """一行 or 多行, empty when neither can be told."""
    if said in ("多行", "多条", "多", "每单位多行", "不限", "若干行", "多行表"):
        return MANY
    return ONE if said in ("一行", "1行", "单行", "一条", "一", "1", "每单位一行") else ""


def _split(text: str) -> Iterator[str]:
    """The choices of a cell: by ；or line breaks where there are any, else by 、, commas and slashes."""
    pieces = re.split(r"[;；\n]", text) if re.search(r"[;；\n]", text.strip()) else re.split(r"[、,，/|]", text)
    yield from (piece.strip() for piece in pieces if piece.strip())
