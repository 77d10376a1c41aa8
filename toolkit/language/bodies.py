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
"""The words of levels that a department's name begins with."""

_MANY_LEVELS = """
自治区 自治州 自治县 自治旗 直辖市 县级市 设区市 地级市 市州 地市 州市 县市区 市县区 县区 区县 市县
市区 乡镇 镇乡 街镇 镇街 镇村 街乡 街道 村居 社区 开发区 园区 功能区 管理区 省 市 县 区 州 盟 旗
镇 乡 街 村 场
"""
_BODY_ENDINGS = """
局 委 办 厅 部 院 署 处 科 股 所 站 队 台 馆 社 行 园 厂 矿 校 会 组 办公室 研究室 督查室
秘书室 编辑室 实验室 监察室 教研室 审计室 中心 公司 集团 政府 街道 管委会 街道办 管理办 银行 法院 检察院 联社
信用社 团委 团市委 团县委 团区委 团省委 妇联 残联 侨联 文联 台联 工商联 科协 社科联 记协 党校 小学 中学 大学
学院 幼儿园 医院 专班 小组 指挥部 基金 联盟 理事 总社 村委 居委 支部 海关 基地 政协 人大 纪委 监委
区分局 水库 仓库 联席会议 法庭 传媒 报业 园区 产业园 物业 电网 国网 铁塔 移动 联通 电信 邮政 剧团
艺术团 兵团 农场 林场 牧场 渔场 农垦 机场 车站 码头 单位 部门 机构 企业 政研室 史志室 书店 燃气
城投 交投 国投 地铁 协 疾控 医共体 融媒体 职中 一中 二中 三中 段 业主 轨道 监委机关 工委机关 委机关
社科院 农科院 贸促会 热线
"""
_TERRITORY_ENDINGS = """
自治区 自治州 自治县 开发区 高新区 经开区 新区 新城 示范区 度假区 保税区 自贸区 园区 片区 试验区
经济区 合作区 管理区 功能区 工业区 垦区 林区 矿区 景区 县 区 市 州 盟 旗 镇 乡 街 省 村 社区
"""
_WHOLE_NAMES = (
    "团委",
    "团市委",
    "团县委",
    "团区委",
    "团省委",
    "工商联",
    "红十字会",
    "中科院",
    "海关",
    "办公室",
    "共青团中央",
)
"""Endings that are names of units by themselves."""
_GENERIC_TERRITORIES = ("开发区", "高新区", "经开区", "保税区", "工业区", "度假区", "新区", "管理区", "经济技术开发区")
"""Places that stand alone where a district has one of the kind."""
_MANY_ENDINGS = """
单位 部门 机构 企业 政府 委员会 委办局 部委办局 委局办 部委 局办 局 委 办 厅 街镇 镇街 乡镇 镇乡
街乡 街道 镇 乡 区 县 市 州 县区 区县 市县 县市区 旗 地区 地方 地 学校 高校 院校 医院 集团 公司
专班 管委会 办事处 街道办 管理办 社区 村居 居村 村 国企 央企 组织 协会 商会 运营商 银行 金融机构
党委 党组 党工委 成员 支队 大队 小组 工作组 指挥部 园区 开发区 功能区 中心 站 所 院 馆 主体 级
系统 机关 产业园 工业园 国资 驻地 党组织 权属人 法院 检察院 分局 科室 处室 股室 党派 林场 农场 校
园 队 企 商 业主
"""


def _any_of(words: str) -> str:
    """A pattern for any of the words, longest first."""
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"


_LEVEL = _any_of(_MANY_LEVELS)
_LEVEL_LIST = re.compile(rf"{_LEVEL}(?:[、，,/和及或]?\s*{_LEVEL})*级?")
_ENDING = re.compile(_any_of(_BODY_ENDINGS) + r"$")
_TERRITORY = re.compile(rf"[^\W\d_]+{_any_of(_TERRITORY_ENDINGS)}")

_MANY = re.compile(
    r"^(?:各(?!自|界)|全体|所有|其他|其它|其余|主管|行业主管|属地|所在|驻地|第三方|责任(?=处|科|股)|事权|辖区)|各(?!自)|有关|相关|涉及|所属|下属|下辖|成员|直属(?!机关)"
    r"|(?:省|市|州|县|区|旗|镇)(?:直|属|级|内|驻|管)(?:各|有关|相关|重点|国有)?(?=单位|部门|机构|企业|国企|机关$|院校|学校|高校|医院|街镇|公司$|集团$|国资)"
    r"|(?:国有|中央|民营|重点|骨干|龙头|平台|建筑|施工|经营|专业经营|燃气|物业|用能|供水|供电|运营)企业$"
    r"|(?:责任|牵头|配合|试点|示范|推广|应用|参建|建设|实施|运营|产权|权属|使用|业主|承办|主管|监管|职能|工作|组成|行政|执法|审批|公共服务|企事业|事业|管养|养护|设计|施工|监理)(?:单位|部门|机构|机关)$"
    r"|(?:以上|以下)|^地方(?:各级)?|国企$|央企$|高校$|院校$|街镇$|镇街$|乡镇$|村居$|县市区$|县区$|区县$|运营商$|党组织$"
)
_MANY_ENDING = re.compile(_any_of(_MANY_ENDINGS) + r"$")
_BARE_NOUN = re.compile(r"(?:单位|部门|机构|企业|地区|地方|学校|高校|医院|社区|个人|人员|组织)")
_DEPARTMENTAL = re.compile(
    r"[^\W\d_]{1,12}部门|[^\W\d_]{0,10}(?:主管|管理|监管|执法|审批|服务|行政|司法|公安|检察|纪检监察)机关"
)
_GOVERNMENTS = re.compile(
    rf"{_LEVEL}(?:[、，,/和及]?(?:\([^()]*\)|{_LEVEL}))+(?:两|三|四)?级?(?:人民)?(?:政府|党委|党政)"
)
_TAIL_NOUNS = ("村委会", "居委会", "业委会")

_VERB_FIRST = re.compile(
    r"加强|加快|加大|做好|做到|推进(?!办|中心|组|领导)|推动|开展|打造|完善|落实|公开(?!办)|建立|健全|优化|提升|强化|深化|实施(?!单位|主体)|鼓励|引导"
    r"|促进(?!中心|局|会)|发挥|依托|通过|涉及(?!单位|部门)|关于|对于|按照|根据|以及|或者|不得|不再|应当|必须|可以|是否|谁|如|例如|比如|详见|见|参照"
    r"|以下|简称|含|包括|不含|设立|设置|成立|组建|培育|扶持|支持|覆盖|围绕|聚焦|针对|确保|严格|严禁|充分|积极|全面|具体|统筹(?!办)|协调|切实|结合"
)
_NOT_A_NAME = re.compile(
    r"[。？！?!；;：:<>《》]|的|了|要求|并且|进行|不少于|不低于|\d{4}年|等方面|[“\"]$|网站|要(?!素|闻)|须|应当|(?<![供响效反适感])应(?!急|用|对|诉|变|收)|做好|抓好|加强|不(?!动产|见面)|是|为(?!民|先)"
)
_NATIONAL = re.compile(r"国家|国务院|中国|全国|中央|最高|中共|人民银行|海关总署|共青团中央")
_NO_LEVEL = re.compile(
    r"市(?:场|容|域|州|县|属|级|直|内|民(?:中心|服务|热线|生活)|政(?:公用|工程|设施|管理|养护|道路|建设)|区)|区(?:域|块|间|县|属|级|直|内)"
    r"|县(?:域|区|级|直|属)|省(?:际|级|直|属)|乡(?:村|镇|土)|镇(?:江|村|街|域|级)|州(?:市|级|直)|旗(?:舰|帜|县)|盟(?:市)"
)


_LONGEST, _LONGEST_CORE = 200, 40
"""Characters of the longest name, with and without its brackets."""


def is_level_list(text: str) -> bool:
    """Whether a text only names levels or kinds of places: 街, 市、区, 县级市."""
    return bool(_LEVEL_LIST.fullmatch(text.strip()))


def shape(name: str) -> Shape:
    """What a name looks like, by its ending and its words."""
    return _shape(name) if len(name) <= _LONGEST else Shape.OTHER


@lru_cache(maxsize=16384)
def _shape(name: str) -> Shape:
    text = fold(name).replace(" ", "")
    core = without_brackets(text)
    if not core or len(core) > _LONGEST_CORE or core.isascii():
        return Shape.OTHER
    if core in _WHOLE_NAMES or is_stem(core) or is_stem(without_level(core)):
        return Shape.BODY
    if _NOT_A_NAME.search(core) or _VERB_FIRST.match(core):
        return Shape.OTHER
    if _is_collective(core) or _GOVERNMENTS.match(text):
        return Shape.COLLECTIVE
    if core in _GENERIC_TERRITORIES or (_TERRITORY.fullmatch(core) and not is_level_list(core)):
        return Shape.TERRITORY
    if (ending := _ENDING.search(core)) is not None and core != ending.group():
        return Shape.BODY
    return Shape.OTHER


def _is_collective(core: str) -> bool:
    if _BARE_NOUN.fullmatch(core) or _DEPARTMENTAL.fullmatch(core):
        return True
    return bool(_MANY.search(core) and _MANY_ENDING.search(core)) and not core.endswith(_TAIL_NOUNS)


def is_group_name(text: str) -> bool:
    """Whether a name stands for several units: 各县区政府, 市直有关单位, 相关部门, 市、县(区)司法行政主管部门."""
    return shape(text) is Shape.COLLECTIVE


def is_bare_noun(text: str) -> bool:
    """Whether a text is only the noun of a collective: 单位, 部门."""
    return bool(_BARE_NOUN.fullmatch(text))


def is_national(name: str) -> bool:
    """Whether a name is that of a national body: 国家医保局, 中国人民银行."""
    return bool(_NATIONAL.match(name))


@lru_cache(maxsize=16384)
def level_of(name: str) -> str:
    """The word of its level that a unit's name begins with (市 of 市教育局), empty when it has none."""
    if is_stem(name) or is_national(name):
        return ""
    for level in LEVELS:
        rest = name[len(level) :]
        if name.startswith(level) and len(rest) >= 2:
            if is_stem(rest):
                return level
            if not _NO_LEVEL.match(name) and shape(name) is Shape.BODY:
                return level
    return ""


def without_level(name: str) -> str:
    """A department's name without the word of its level: 市教育局 → 教育局; other names as they are."""
    for level in LEVELS:
        if name.startswith(level) and is_stem(name[len(level) :]):
            return name[len(level) :]
    return name


def without_brackets(text: str) -> str:
    """Text without its round brackets and what stands in them."""
    pieces, last = [], 0
    for start, end in brackets(text):
        pieces.append(text[last:start])
        last = end + 1
    return "".join((*pieces, text[last:]))
