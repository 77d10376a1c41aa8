"""What the columns of a task table mean, told by the words of their header, never by their place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from toolkit.language.text import fold, unspaced
from toolkit.model import Role


class Meaning(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    LEVEL = "level"
    """A class, field or group of tasks: becomes a heading, or the title when it belongs to one task."""
    TASK = "task"
    """工作任务: a title beside a requirement, a heading over several, the requirement where nothing else is."""
    CONTENT = "content"
    UNITS = "units"
    DEADLINE = "deadline"
    STATUS = "status"
    REMARK = "remark"
    ASIDE = "aside"
    """A column the plan has no field for: 参考文件, 计量单位, 责任领导 …"""


_UNIT = "(?:单位|部门|科室|股室|处室|部室|站所|院系|机构|主体|街镇|镇街|乡镇|部委|机关|专班|工作组|责任制)"
_SEP = r"[(（/、及和与或]?"
_WORDS: tuple[tuple[Meaning, Role | None, str], ...] = (
    (
        Meaning.NUMBER,
        None,
        r"序号|编号|案号|(?:提案|建议|案件|文件|线索)(?:编?号)|项次|序列|序次|序|项目编号|任务编号|事项编号|NO\.?|№",
    ),
    # people and measures first: 责任人 is no unit, 计量单位 is no unit either
    (
        Meaning.ASIDE,
        None,
        r"(?:.{0,4}(?:责任|负责|联系|联络|经办|填报)(?:人|员)|.{0,3}(?:责任|牵头|分管|包保|主管|包抓|挂点|联系|市|县|区)领导"
        r"|.{0,4}(?:电话|姓名|职务|联系方式))(?:[及和/、].*)?"
        r"|(?:计量|计算|统计|度量)?单位[(（].*[)）]|(?:计量|计算|度量)单位|量纲|分值|权重|得分|评分.*|数量|金额.*|投资额?.*"
        r"|(?:参考|参照|政策|依据)?文件(?:依据)?|(?:设定|政策|法律|法规|工作|文件|制定|实施|任务)?依据|来源|任务来源|出处|文号"
        r"|(?:所在|属地)(?:地点?|乡镇|镇街|街道|区域|位置|单位|县区)|(?:建设|实施|整治|项目)(?:地点?|区域|位置)|地点|地址|位置"
        r"|推广范围|适用范围|行使层级|层级|实施范围|指标属性|指标类型|指标性质|属性|现状值?|基期值?|.*目标值|公开(?:属性|方式|渠道|形式)|类别编码"
        r"|权力责任类别|职责类别|权力类别|权力类型|佐证材料|证明材料|成果形式|成果体现|工作成果|评价标准|考核(?:办法|方式|标准)|检查(?:方式|标准)|链接|网址",
    ),
    (
        Meaning.DEADLINE,
        None,
        r"(?:计划|拟|预计|要求|应|任务|工作)?(?:完成|办结|整改|实施|推进|落实|公开|报送|办理)?"
        r"(?:时限|时间|期限|节点|日期|进度安排|时间节点|时间要求|时限要求|时间安排|时间进度|时间表|年限)(?:要求|安排|节点)?"
        r"|进度安排|起止时间|启动时间|年度安排|时间频次",
    ),
    (
        Meaning.STATUS,
        None,
        r"(?:工作|任务|目前|当前|实际|最新)?(?:完成|进展|落实|推进|办理|整改|执行|开展)(?:情况|状态|进度|结果)(?:说明|汇报)?"
        r"|工作进展|进展|状态|是否完成",
    ),
    (Meaning.REMARK, None, r"备注|附注|说明|注|备考|其他说明|备注说明|有关说明"),
    (
        Meaning.UNITS,
        Role.RESPONSIBLE,
        rf"牵头(?:{_UNIT}?[(（/、及和与或]责任(?!人)|{_UNIT}?{_SEP}(?:配合|协办|参与)).*|(?:责任|负责|落实){_UNIT}?{_SEP}牵头.*",
    ),
    (
        Meaning.UNITS,
        Role.SUPPORT,
        rf"(?:主要)?(?:配合|协助|协同|参与|参加|支撑|支持|协办|会办|联办|协作|辅助)(?:责任|配合|落实|实施|推进)?{_UNIT}?",
    ),
    (
        Meaning.UNITS,
        Role.LEAD,
        rf"(?:市级|区级|县级|省级)?(?:牵头|主办|主责|主牵头|总牵头|第一责任)(?:责任|主责|负责|实施|落实|推进)?{_UNIT}?",
    ),
    (
        Meaning.UNITS,
        Role.RESPONSIBLE,
        rf"(?:任务|工作|主要|具体|市级|区级|县级|省级)?"
        rf"(?:责任|承办|负责|落实|实施|推进|执行|行使|行使|主管|监管|指导|完成|组织|落地|建设|填报|报送|公开|权责|职责|直接责任|责任落实)"
        rf"(?:责任|实施)?{_UNIT}(?:及分工|分工)?|(?:任务|责任|职责|部门|工作)?分工|责任分解|{_UNIT}|(?:相关|有关|分工|涉及|各){_UNIT}|数据来源{_UNIT}?",
    ),
    (
        Meaning.LEVEL,
        None,
        r"(?:任务|工作|事项|指标|项目|措施|问题)?(?:类型|类别|分类|大类|领域|方面|维度|板块|条线|模块)|重点领域|领域分类"
        r"|[一1]级(?:指标|目录|任务|事项)|一级|(?:目标|重点)?(?:领域|方向)|专项行动|行动|行动名称|部分|章节|阶段|专项|目标维度|体系",
    ),
    (
        Meaning.CONTENT,
        None,
        r"(?:主要|重点|具体)?(?:工作|任务|实施|建设|推进|改革|整改|整治|公开|目标|落实|政策|创建|帮扶|改进|防范)?(?:具体)?(?:要求|内容|措施|举措|要点|目标|做法|安排|标准|指标)"
        r"(?:和要求|及要求|及措施|及目标|和目标|及内容|与要求|要求|及完成标准)?"
        r"|具体(?:任务|事项|工作|指标)(?:内容|要求)?|任务描述|工作描述|指标(?:解释|含义|说明|定义|内涵)|评价内容"
        r"|权力责任事项|职责(?:内容|任务)?|任务分解|细化任务|(?:任务|工作)目标|工作任务(?:和|及)要求|主要(?:任务|目标|措施)(?:和|及).*"
        r"|任务要求|责任内容|具体责任|量化指标|推进措施|落实措施|(?:重点|主要)?工作任务?内容|[三3]级(?:指标|任务)",
    ),
    (
        Meaning.TASK,
        None,
        r"(?:重点|主要|具体|年度|核心|目标|分解|专项)?(?:工作|改革|建设)?(?:任务|事项|项目|举措|工作|要点|职责|改革举措)(?:名称|事项|清单|项目)?"
        r"|(?:任务|项目|指标|事项|工作|措施|问题|权力责任|职责|场景|体检指标|指标项)名称|指标|指标项|重点(?:工程|项目|举措|工作)|改革事项"
        r"|[二2]级(?:指标|目录|任务|事项)|(?:反馈|整改|存在|突出|主要)?问题(?:概况|描述|表现|简述|情况)?|隐患(?:内容|描述|情况)?|议题|案由|事由|(?:提案|建议)(?:标题|题目|名称|内容)|标题|工程|名称",
    ),
)
_PART_OF_YEAR = re.compile(
    r"(?:第?[一二三四1-4]季度|[上下]半年|(?:1[0-2]|[1-9])月份?)末?(?:工作|阶段)?(?:目标|进度|计划|任务|安排|要求|节点|形象进度)*"
)
"""The label of a column that says how far the work is to be by then."""
_COMPILED = tuple((meaning, role, re.compile(pattern)) for meaning, role, pattern in _WORDS)
_LONGEST_LABEL = 16
_LONGEST_KNOWN = 24
"""Characters of the longest label without what stands in brackets behind it."""
_ENDINGS = (
    (Meaning.UNITS, re.compile(rf"{_UNIT}(?:[及和与、]?(?:责任|负责|联系|经办)?(?:人|人员|领导))?$|属地$")),
    (Meaning.ASIDE, re.compile(r"(?:领导|人员?|电话|投资|资金|金额|面积|分值|数量|占比|地点|位置|依据|来源)$")),
    (Meaning.DEADLINE, re.compile(r"(?:时限|时间|日期|节点|期限|年限|进度|进度安排|进度要求)$")),
    (Meaning.STATUS, re.compile(r"(?:情况|进展)$")),
    (Meaning.LEVEL, re.compile(r"(?:类别|类型|分类|领域|方面|板块|条线)$")),
    (Meaning.CONTENT, re.compile(r"(?:内容|要求|措施|举措|目标|标准|安排|做法|指标|规模|路径|方式)$")),
    (Meaning.TASK, re.compile(r"(?:任务|事项|项目|清单|名称|工程|行动|问题|政策|工作|要点|环节|步骤)$")),
)
"""What the last word of a label means where no pattern knows the whole."""
_TAIL = re.compile(r"[(（][^()（）]{1,40}[)）]$|[:：*]+$")
_JOINED = re.compile("及其?|和|与|、")
"""What joins the two things that one column holds: 改革举措及成果形式."""
_FIRST = r"(?:第一|首位|首个|列首)(?:个|位|名)?"
_FIRST_LEADS = re.compile(rf"{_FIRST}.{{0,6}}(?:牵头|主办)|(?:牵头|主办).{{0,8}}{_FIRST}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a task table."""

    meaning: Meaning
    label: str = ""
    role: Role | None = None
    first_leads: bool = False
    """The header says that the first unit of each cell leads."""
    guessed: bool = False
    """The meaning was read from the content, because no header says it."""
    quoted: bool = False
    """A column the plan has no place for, though its texts matter: they go to the remark behind their label."""

    @property
    def unnamed(self) -> bool:
        """Whether neither a header nor the content tells what the column is."""
        return self.guessed and self.meaning is Meaning.ASIDE and not self.label


@lru_cache(maxsize=4096)
def read_column(label: str) -> Column | None:
    """The column a header cell names, ``None`` when the words are no header."""
    text = unspaced(fold(label)).strip(".。:：")
    plain = text
    while (shorter := _TAIL.sub("", plain)) and shorter != plain:
        plain = shorter
    if not plain or len(plain) > _LONGEST_KNOWN:
        return None
    for candidate in dict.fromkeys((text, plain)):
        for meaning, role, pattern in _COMPILED:
            if pattern.fullmatch(candidate):
                leads = meaning is Meaning.UNITS and bool(_FIRST_LEADS.search(text))
                return Column(meaning, text, role, leads)
    return Column(Meaning.REMARK, text, quoted=True) if _PART_OF_YEAR.fullmatch(plain) else None


def read_loosely(label: str) -> Column | None:
    """The column that a cell of a row known to be a header names, by the last word of a label nobody foresaw."""
    if (column := read_column(label)) is not None:
        return column
    text = unspaced(fold(label)).strip(".。:：")
    while (shorter := _TAIL.sub("", text)) and shorter != text:
        text = shorter
    if not text or len(text) > _LONGEST_LABEL or re.search(r"[，,。；;]", text):
        return None
    first = _JOINED.split(text)[0]
    if first != text and (column := read_column(first)) is not None and column.meaning is not Meaning.UNITS:
        return replace(column, label=text, guessed=True)
    for meaning, pattern in _ENDINGS:
        if pattern.search(text):
            role = _role_in(text) if meaning is Meaning.UNITS else None
            return Column(meaning, text, role, guessed=True)
    return None


def is_label(text: str) -> bool:
    """Whether a cell of a header may be a label nobody foresaw: short, without stops, no number."""
    plain = unspaced(fold(text))
    return 0 < len(plain) <= _LONGEST_LABEL and not re.search(r"[，,。；;！？]|^[\d.%]+$", plain)


def _role_in(text: str) -> Role:
    if re.search("牵头|主办", text):
        return Role.LEAD
    return Role.SUPPORT if re.search("配合|协|参[与加]", text) else Role.RESPONSIBLE


def joined(upper: Column | None, lower: Column | None) -> Column | None:
    """The column whose header stands in two rows: the lower word decides, the upper one helps it (责任单位 → 牵头)."""
    if lower is None or upper is None:
        return lower or upper
    if upper.meaning is Meaning.UNITS and lower.meaning is not Meaning.UNITS:
        return replace(upper, label=upper.label + lower.label)
    return lower
