"""A request for more time: whether it says until when, and why.

A reason is what is left of the request once its own words are taken away: who asks, that it is not done, until when
it shall be, and that it will then be done.  So 招标流标，延至10月底 has one and 因故延至10月底 has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.language.text import fold

_LIST_MARK = re.compile(r"^\(?(?:\d{1,2}|[一二三四五六七八九十])(?:[、)]|\.(?!\d))")
_CLAUSE_ENDS = re.compile(r"[;。!?\n]|(?<!\d)[.,]|[.,](?!\d)")
_NUMBER = r"(?:\d+(?:\.\d+)?|[一二三四五六七八九十两半几]+)"
_DAY = (
    r"(?:(?:20\d{2}|二[〇零○]\w{2}|[今明后当本]|次)年?(?:度)?)?(?:"
    r"20\d{2}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}日?)?月?底?|(?:\d{1,2}"
    r"|[一二三四五六七八九十]{1,3}|元|腊|正)月(?:份)?(?:底|末|初|中旬|上旬|下旬|中|(?:\d{1,2}"
    r"|[一二三四五六七八九十]{1,3})[日号])?"
    r"|\d{1,2}[./]\d{1,2}(?!\d)|(?<!\d)\d{1,2}号|[第]?[一二三四1-4]季度(?:末|初|前)?|[上下]半年|年[底末中初]"
    r"|[本下当]?个?[月季周]度?[底末初]?(?<=[底末初])|[春夏秋冬](?:季|天|末)|春节|元旦|五一|国庆|汛期|开学|20\d{2}年(?:底|末|内)?"
    r"|[明后]年)"
    r"|下(?:一)?个?(?:年度?|季度|月(?:底|初|中旬|上旬|下旬)?|周|旬|学期|半年|季)|[明后]年(?:[春夏秋冬](?:季|天)?)?|(?:年|月)[底末]"
)
_LENGTH = (
    rf"{_NUMBER}\s*个?\s*(?:多|余)?(?:工作日|自然日|天|日|周|星期|礼拜|月|季度|半年|年)(?!底|末|初|度|前"
    rf"|份)|半年|半个月|一年"
)

_PAST = re.compile(
    r"原定|原计划|本应|应于|原|自|从|^(?:\d{4}年)?\d{1,2}月以来|以来|去年|上年|已于|起|截至|此前"
    r"|今年[以前]|年初|前期|上半年"
)
_CAUSE = re.compile(r"因(?!此|而)|由于|鉴于|受|考虑到|缘于|为了?(?:避|确|保|避免|防)|导致|造成|致使|原因")
_AIMED = re.compile(
    rf"(?:延|推|顺延|延长|展期|宽限|缓|调整|变更|改|放宽|后移)\w{{0,8}}?(?:至|到|为|在|成)\s*(?:{_DAY})"
    rf"|(?:延|推迟|顺延|延长|展期|宽限|缓|放宽|后移|给予|增加)\w{{0,6}}?(?:{_LENGTH})"
    rf"|(?:{_LENGTH})(?:的)?(?:时间|期限|左右|延期)?(?:后|内|之内)?(?:完成|办结)"
)
_AIM = re.compile(
    "[延推缓到至前底末初内旬顺改]|完成|办结|完工|竣工|力争|争取|预计|计划|能|可以|调整|宽限|给|后|时限|期限"
)
_DATE = re.compile(rf"{_DAY}")
_TERM = re.compile(_LENGTH)

_REQUEST = re.compile(
    r"(?:将|把)\w{0,16}?(?:时间|时限|期限|日期|工期)|"
    "申请|请求|恳请|敬请|特此|特|拟|现|请|望|希望|恳求|要求|建议|批准|批复|同意|准予|予以|给予|支持|为盼"
    "|谢谢|行不行|同意与否|与否|回话|特此说明|经研究|承诺|举行|为谢|第[一二三]次|往后调|往后|调到|理由|新时限|考虑|研究|领导|上级|部门|办公室|市办|县办|贵办|督查室|牵头单位|"
    "延期|延长|延后|延缓|延迟|延至|延到|推迟|顺延|展期|宽限|缓办|缓|后移|调整|变更|改为|改到|适当"
    "|完成时限|完成时间|完成期限|时限|期限|时间|日期|工期|进度|届时|申报|办理|结束|"
    "[我本][\u4e00-\u9fff]{1,2}(?=申请|请|拟|恳|特)|我局|我委|我单位|本单位|我办|我镇|我县|我院|我校|本局|我们|该项|此项|本项|这项|工作|任务|事项|项目|整改|"
    "放宽|宽延|后延|沟通|经与|汇报|协商|商议|统筹|深表|歉意|谅解|敬请|剩余|余下|到时候|时候|完不成|干不完"
    "|做不完|办不完|来不及|完成不了|无法|不能|未能|难以|没有|没能|未|不|尚未|暂时|暂|目前|按期|按时|如期"
    "|按照|要求|规定|计划|预计|力争|争取|将|确保|保证|尽快|抓紧|加快|继续|推进|进展|落实|实施|全部|全面|"
    "完成|办结|完工|竣工|做完|滞后|较慢|缓慢|困难|较多|较大|很大|存在|确有|一定|有|原因|客观|主观|根据"
    "|为确保|为了|质量|效果|更好|特殊|各种|种种|多种|其他|其它|有关|相关|自身|具体|实际|情况|因素|问题"
    "|工作需要|因故|由于|鉴于|因|受|影响|"
    "需要|需|等|待|条件成熟|成熟|条件|了|的|再|后|前|至|到|在|于|为|以|和|及|并|已|内|之|一|段|些|点|左右"
    r"|点时间|特申请|妥否|请批示|批示|请\w{0,2}审批|审定|核准|原定|原"
)
_DONE_SO_FAR = re.compile(
    r"^(?:目前|截至\w{0,8}|现)?(?:已|总体|累计|基本)?(?:完成|启动|开展|进度|进展|推进)\w{0,10}(?:\d+%|顺利"
    r"|正常|过半|大半|左右)?$"
)
_PROMISE = re.compile(
    r"^(?:我\w{1,2}|本\w{1,2}|下一?步|后续|届时)?(?:将|确保|力争|争取|会|保证|抓紧|加快|尽快|全力|积极)"
)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Postponement:
    """What a request for more time says."""

    until: bool
    """A day, a month or a length of time is named to which it shall be put off."""
    reason: bool


def read_postponement(text: str) -> Postponement:
    """What a request tells."""
    lines = (_LIST_MARK.sub("", fold(line).replace(" ", "").replace(":", "")) for line in text.splitlines())
    clauses = [_LIST_MARK.sub("", clause) for line in lines for clause in _CLAUSE_ENDS.split(line) if clause]
    return Postponement(any(map(_names_day, clauses)), any(map(_gives_reason, clauses)))


def _names_day(clause: str) -> bool:
    if _AIMED.search(clause):
        return True
    if _PAST.search(clause) or _CAUSE.search(clause):
        return False
    day = _DATE.search(clause) or _TERM.search(clause)
    return bool(day and (_AIM.search(clause) or day.group() == clause))


def _gives_reason(clause: str) -> bool:
    if _DONE_SO_FAR.search(clause) or _PROMISE.search(clause):
        return False
    bare = re.sub(r"[^\w]", "", _REQUEST.sub("", _TERM.sub("", _DATE.sub("", clause))))
    return len(bare) >= _FEWEST
