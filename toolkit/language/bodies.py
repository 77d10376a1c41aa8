"""What an official body is called: the shapes of names of units, collectives and territories.

The lexicon is closed (endings of names, words of levels, words that make a name a collective), so that
names never met before are told by their shape.  A text without such a shape is never called a unit.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from toolkit.language.departments import is_stem
from toolkit.language.text import brackets, fold


class Shape(StrEnum):
    """What a name looks like."""

    BODY = "body"
    """One unit: 市教育局, 国网供电公司."""
    TERRITORY = "territory"
    """A place that stands for its government: 宣州区, 泗泾镇."""
    COLLECTIVE = "collective"
    """Several units under one name: 市直各单位, 相关街镇."""
    OTHER = "other"
    """Anything else."""


LEVELS = ("自治区", "自治州", "省", "市", "县", "区", "州", "盟", "旗", "镇", "乡")
_LEVEL_WORD = (
    r"(?:自治区|自治州|自治县|自治旗|直辖市|县级市|设区市|地级市|市州|地市|州市|县市区|县区|区县|市县|市区|乡镇|镇乡|街镇|镇街|镇村|街道"
    r"|开发区|园区|功能区|省|市|县|区|州|盟|旗|镇|乡|街|场)"
)
_LEVEL_LIST = re.compile(rf"{_LEVEL_WORD}(?:[、，,/和及]?\s*{_LEVEL_WORD})*(?:级)?")

_ENDINGS = ["局", "委", "办", "厅", "部", "院", "署", "处", "科", "股", "办公室", "研究室", "督查室", "秘书室", "资料室", "编辑室", "指挥室", "所", "站", "队", "中心", "公司", "集团", "政府", "街道", "管委会", "委员会", "办事处", "街道办", "银行", "分行", "支行", "央行", "法院", "检察院", "联社", "信用社", "团委", "团市委", "团县委", "团区委", "团省委", "工会", "妇联", "残联", "侨联", "文联", "台联", "工商联", "科协", "社科联", "记协", "红十字会", "校", "小学", "中学", "大学", "学院", "幼儿园", "党校", "医院", "卫生院", "专班", "小组", "指挥部", "协会", "学会", "商会", "联合会", "联谊会", "联盟", "基金会", "理事会", "常委会", "议会", "促进会", "研究会", "银保监会", "证监会", "监会", "居委会", "村委会", "业委会", "总社", "供销社", "合作社", "出版社", "报社", "通讯社", "新华社", "分社", "杂志社", "电视台", "电台", "气象台", "台", "海关", "基地", "政协", "人大", "纪委", "监委", "政法委", "总工会", "军分区", "武装部", "警备区", "博物馆", "图书馆", "档案馆", "文化馆", "美术馆", "科技馆", "体育馆", "展览馆", "纪念馆", "方志馆", "馆", "水库", "仓库", "总厂", "工厂", "水厂", "电厂", "厂", "煤矿", "矿", "村", "社区", "分局", "总局", "总队", "支队", "大队", "中队", "工作组", "协调组", "专责组", "事务所", "营业部", "联席会议", "行", "社", "企业", "单位", "部门", "机构", "法庭", "联络处", "代表处", "传媒", "报业", "园", "产业园", "物业", "中科院", "工程院", "实验室", "海事局", "总站", "机场", "车站", "码头", "港务", "平台", "电网", "国网", "人民银行", "学校", "书院", "剧院", "剧团", "艺术团", "兵团", "农场", "林场", "牧场", "渔场", "保护区管理局", "林管局", "农垦", "铁路局", "铁塔", "移动", "联通", "电信", "邮政"]
_TERRITORY_ENDINGS = "自治区 自治州 自治县 开发区 高新区 经开区 新区 示范区 度假区 保税区 自贸区 园区 片区 试验区 经济区 合作区 县 区 市 州 盟 旗 镇 乡 街 省 垦区 林区 矿区 景区 风景区"
_ENDING = re.compile(rf"(?:{'|'.join(sorted(_ENDINGS, key=len, reverse=True))})$")
_TERRITORY = re.compile(rf"^[\w“”·—-]+(?:{'|'.join(_TERRITORY_ENDINGS.split())})$")

_COLLECTIVE = re.compile(
    r"^(?:各|有关|相关|属地|所在地|全市|全区|全县|全省|全体|所有|其他|其它|每个|行业主管|主管)"
    r"|各(?!自)|(?:有关|相关|涉及|其他|其它|所属|下属|下辖|辖区|属地|驻地)"
    r"|(?:市|省|县|区|州|旗|镇|乡|直)(?:直|属|级|内|驻)(?!属?机关工)[^局委办]*(?:单位|部门|机构|企业|国企|机关|院校|学校|高校|医院|街镇|公司|集团)$"
    r"|(?:成员|责任|牵头|配合|参建|建设|实施|运营|产权|权属|使用|业主|承办|主管|监管|职能|工作|组成|行政|执法|审批|公共服务|企事业|事业)(?:单位|部门|机构|机关)$"
    r"|(?:国有|中央|民营|重点|骨干|龙头|平台|区属|市属|省属)企业$|国企$|央企$|高校$|院校$|(?:县|市|区|乡|镇)(?:级)?以上|地方人民政府$|地方政府$|街镇$|镇街$|镇村$|村居$|村（居）$|县区$|县市区$|区县$|部委$|党组织$|党委\(党组\)$"
)
_PLAIN_COLLECTIVE = re.compile(
    r"^(?:各|有关|相关)?(?:单位|部门|机构|企业|地区|地方|地|学校|高校|医院|街镇|乡镇|镇街|街道|社区|村|县区|区县|县市区|园区|成员单位|责任单位)$"
)
_DEPARTMENTAL = re.compile(r"[^\W\d]{1,12}(?:行政)?(?:主管|管理|监管|执法|审批|服务)?(?:部门|机关)$")
_GOVERNMENTS = re.compile(
    rf"^各?{_LEVEL_WORD}(?:[、，,/和及]?(?:\({_LEVEL_LIST.pattern}\)|{_LEVEL_WORD}))*(?:级)?(?:人民)?(?:政府|党委|党政)"
)
_VERB_FIRST = re.compile(
    r"^(?:加强|加快|加大|做好|做到|推进|推动|开展|打造|完善|落实|公开|建立|健全|优化|提升|强化|深化|实施|鼓励|引导|促进|发挥|依托|通过|涉及|关于"
    r"|对于|按照|根据|以及|或者|不得|不再|应当|必须|可以|是否|谁|如|例如|比如|详见|见|参见|参照|以下|简称|含|包括|不含|设立|设置|成立|组建|培育|扶持|支持(?!中心)|建设(?!局|委|厅|部|主管|单位|管理|集团|公司|银行|用地|项目|工程|交通|中心|领导|和|行政|系统|投资|控股|发展|局))"
)
_NOT_A_NAME = re.compile(r"[。？！?!；;：:]|的|了|要求|将|并且|进行|不少于|不低于|\d{4}年|等方面|[“\"]$")


def is_level_list(text: str) -> bool:
    """Whether a text only names levels or kinds of places: 街, 市、区, 县级市."""
    return bool(_LEVEL_LIST.fullmatch(text.strip()))


@lru_cache(maxsize=16384)
def shape(name: str) -> Shape:
    """What a name looks like, by its ending and its words."""
    text = fold(name).replace(" ", "")
    core = _without_brackets(text)
    if not core or len(text) > 60 or _NOT_A_NAME.search(core):
        return Shape.OTHER
    if is_stem(core) or is_stem(_without_level(core)):
        return Shape.BODY
    if _VERB_FIRST.match(core):
        return Shape.OTHER
    if _PLAIN_COLLECTIVE.fullmatch(core) or _COLLECTIVE.search(core) or (_GOVERNMENTS.match(core) and _is_plural(text)):
        return Shape.COLLECTIVE
    if _DEPARTMENTAL.fullmatch(core):
        return Shape.COLLECTIVE if not core.endswith(("机关",)) or len(core) > 3 else Shape.OTHER
    if _TERRITORY.match(core) and len(core) >= 2 and not is_level_list(core):
        return Shape.TERRITORY
    if len(core) >= 2 and _ENDING.search(core) and not _ENDING.fullmatch(core):
        return Shape.BODY
    if _ENDING.fullmatch(core) and len(core) >= 3:
        return Shape.BODY
    return Shape.OTHER


def is_group_name(text: str) -> bool:
    """Whether a name stands for several units: 各县区政府, 市直有关单位, 相关部门, 市、县(区)司法行政主管部门."""
    return shape(text) is Shape.COLLECTIVE


def level_of(name: str) -> str:
    """The word of its level that a unit's name begins with (市 of 市教育局), empty when it has none."""
    if is_stem(name):
        return ""
    for level in LEVELS:
        rest = name[len(level) :]
        if name.startswith(level) and len(rest) >= 2 and (is_stem(rest) or shape(name) is Shape.BODY):
            return level
    return ""


def _without_level(name: str) -> str:
    for level in LEVELS:
        if name.startswith(level) and is_stem(name[len(level) :]):
            return name[len(level) :]
    return name


def _without_brackets(text: str) -> str:
    pieces, last = [], 0
    for start, end in brackets(text):
        pieces.append(text[last:start])
        last = end + 1
    return "".join((*pieces, text[last:]))


def _is_plural(text: str) -> bool:
    return bool(re.search(r"[、，,/()和及]|各|级|县市区|县区|区县|街镇|乡镇|镇街", text))
