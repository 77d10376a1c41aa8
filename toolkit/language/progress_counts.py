"""How many were done of how many there are to do, told in neighbouring clauses of an answer."""

from __future__ import annotations

import re

from toolkit.language.cues import cue
from toolkit.language.progress_words import MEASURES

_SMALL_NUMBER = re.compile(r"(?<![第一二两三四五六七八九十百])[一二两三四五六七八九十](?=[项个家处条件所座份名户段])")
_ALL, _DONE = (rf"(?<![\d.])(?P<{name}>\d+(?:\.\d+)?)(?:余|多)?" for name in ("all", "done"))
_OF = rf"(?P<of>{MEASURES})(?<!元)"
_SOME_OF_ALL = (
    cue(
        "SOME_OF_ALL 1",
        rf"(?<!原)(?:任务|计划|应|需|清单|共|全部|总数|总计|目标)(?:数|量)?\w{{0,8}}?{_ALL}{_OF}[\w、]{{0,14}}?"
        rf"(?:已|现已?|仅|只|实际?|目前|累计|截至\w{{1,8}})\w{{0,6}}?{_DONE}(?P=of)(?!以上)",
    ),
    cue("SOME_OF_ALL 2", rf"{_ALL}{_OF}\w{{0,10}}中、?(?:目前|现)?(?:已|仅|只)有?{_DONE}(?P=of)"),
    cue("SOME_OF_ALL 3", rf"{_DONE}{_OF}、(?:全年|年度|一共|共)?(?:计划|任务|应|需|目标|要求)\w{{0,3}}?{_ALL}(?P=of)"),
    cue("SOME_OF_ALL 4", rf"{_ALL}[个名人户家处项座]、实际\w{{0,4}}{_DONE}[个名人户家处项座]"),
    cue(
        "SOME_OF_ALL 5",
        rf"{_ALL}{_OF}\w{{0,6}}?已?(?:完成|建成|挂牌|开工|完工|竣工|落实|整改|验收|达标"
        rf"|到位)\w{{0,2}}?{_DONE}(?P=of)(?:、|$)",
    ),
    cue("SOME_OF_ALL 6", rf"{_ALL}{_OF}\w{{0,10}}中、?有?{_DONE}(?P=of)已"),
    cue(
        "SOME_OF_ALL 7",
        rf"(?<!受理)(?<!收到)(?<!接到)(?:问题|任务|目标|清单)\w{{0,4}}{_ALL}{_OF}、已?(?:完成|整改|办结|建成"
        rf"|销号)\w{{0,4}}?{_DONE}(?P=of)",
    ),
    cue("SOME_OF_ALL 8", rf"总投资{_ALL}(?P<of>[亿万]元)[、\w]{{0,14}}?完成(?:投资)?{_DONE}(?P=of)"),
    cue("SOME_OF_ALL 9", rf"{_ALL}{_OF}\w{{0,10}}、(?:目前|现)?已有?{_DONE}(?P=of)(?!以上)"),
    cue(
        "SOME_OF_ALL 10",
        rf"(?<!检查)(?<!走访)(?<!抽查)(?<!培训){_ALL}{_OF}\w{{0,8}}、(?:目前|现|已|其中)*(?:完工|竣工|达标|到货|到岗|办结|化解|投用|挂牌"
        rf"|建成|验收|销号|交付|签约|整改完成|清除|通过验收|整改){_DONE}(?P=of)(?:、|$)",
    ),
    cue("SOME_OF_ALL 11", rf"(?P<same>\w)了?{_ALL}{_OF}、(?:目前|现|已)*(?P=same)[到了]{_DONE}(?P=of)"),
    cue("SOME_OF_ALL 12", rf"到第?{_DONE}{_OF}[^\W\d]{{0,2}}、[全共总一]\w{{0,4}}?{_ALL}(?P=of)"),
    cue("SOME_OF_ALL 13", rf"任务{_ALL}{_OF}、\w{{0,3}}到\w{{0,3}}为?止?\w{{0,2}}了{_DONE}(?P=of)"),
    cue("SOME_OF_ALL 14", rf"总[长量数]\w{{0,4}}?{_ALL}{_OF}、\w{{0,6}}[到了]{_DONE}(?P=of)"),
    cue("SOME_OF_ALL 19", rf"(?:预计|计划|概算)投资{_ALL}(?P<of>[亿万]元)[、\w]{{0,14}}?完成(?:投资)?{_DONE}(?P=of)"),
    cue("SOME_OF_ALL 20", rf"(?:完成|进度|进展)\w{{0,4}}?{_DONE}/{_ALL}(?P<of>)(?![\d./])"),
    cue("SOME_OF_ALL 21", rf"{_ALL}{_OF}[^\d、]{{0,6}}了{_DONE}(?P=of)$"),
    cue("SOME_OF_ALL 22", rf"{_ALL}{_OF}\w{{0,4}}、(?:投用|完成|建成|完工|竣工|通过|达标|办结){_DONE}$"),
    cue("SOME_OF_ALL 23", rf"{_ALL}{_OF}、[^\d、]{{1,4}}[好完]{_DONE}(?P=of)"),
    cue("SOME_OF_ALL 24", rf"{_DONE}\w?/共{_ALL}"),
    cue("SOME_OF_ALL 25", rf"累计\W?{_DONE}{_OF}、\w{{0,4}}总\w{{1,2}}\W?{_ALL}(?P=of)"),
    cue("SOME_OF_ALL 26", rf"{_ALL}{_OF}\w{{0,6}}?已[^\W\d]{{2,4}}?{_DONE}(?P=of)(?!以上)"),
    cue("SOME_OF_ALL 27", rf"完成{_DONE}{_OF}、[共总全]\w{{0,2}}{_ALL}(?P=of)"),
    cue(
        "SOME_OF_ALL 28",
        rf"(?:建设|创建|新建|改造|安装|采购|安置){_ALL}{_OF}、[\w、]{{0,16}}?(?:运营|施工|完工|竣工|投用|入住|安装|开工|交付|挂牌)"
        rf"{_DONE}(?P=of)",
    ),
    cue("SOME_OF_ALL 29", rf"计划{_ALL}{_OF}、[^\d、]{{0,6}}(?:完成|建成|完工){_DONE}(?P=of)"),
    cue("SOME_OF_ALL 16", rf"{_ALL}{_OF}\w{{0,14}}问题、[^\W\d]{{2,4}}{_DONE}(?P=of)"),
    cue("SOME_OF_ALL 17", rf"(?:^|年度)计划{_ALL}{_OF}、[^\d、]{{2,8}}{_DONE}(?P=of)"),
    cue(
        "SOME_OF_ALL 18",
        rf"(?:重建|储备|新建|安置)\w{{0,6}}?{_ALL}{_OF}、(?:入住|达成交易|交付|交易|主体完工){_DONE}(?P=of)",
    ),
    cue("SOME_OF_ALL 15", rf"开工\w{{0,4}}?{_ALL}{_OF}、(?:已)?(?:完工|竣工)\w{{0,4}}?{_DONE}(?P=of)"),
)
"""How many there are, and how many of them are done, in neighbouring clauses."""

_DIGITS = str.maketrans({char: str(value) for value, char in enumerate("一二三四五六七八九十", start=1)} | {"两": "2"})
_OTHERWISE = re.compile(r"实际|\d/\d|/共|[亿万]元|\d$")
_COUNTED = re.compile(rf"\d[余多]?({MEASURES})")
_TWO_NUMBERS = re.compile(r"[\d一二两三四五六七八九十]\D+[\d一二两三四五六七八九十]")


def falls_short(clauses: str) -> bool:
    """Whether fewer were done than there are to do: 任务120个，已建成86个."""
    if not _TWO_NUMBERS.search(clauses):
        return False
    clauses = _SMALL_NUMBER.sub(lambda number: number[0].translate(_DIGITS), clauses.replace(",", ""))
    counted = _COUNTED.findall(clauses)
    if len(set(counted)) == len(counted) and not _OTHERWISE.search(clauses):
        return False
    matches = (match for pattern in _SOME_OF_ALL for match in pattern.finditer(clauses))
    return any(float(match["done"]) < float(match["all"]) for match in matches)
