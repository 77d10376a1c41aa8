"""The words by which a text gives roles: labels (牵头单位：) and verb phrases (…牵头, …按职责分工负责)."""

from __future__ import annotations

import re

from toolkit.model import Role

ROLE_WORD = (
    r"(?:牵头|主办|主责|责任|负责|落实|实施|推进|指导|承办|承担|主管|监管|行使|执行|完成|督导|督办|监督"
    r"|配合|协助|协办|参与|参加|参建|支撑|支持|协同|协作|联办|会办|工作|建设)"
)
"""A word that tells a role, in a label."""
_PLAIN_LABEL = r"(?:牵头|主办|主责|责任|负责|承办|配合|协助|协同|协作|协办|参与|参加|支撑|支持|落实)"
_NOUN = (
    r"(?:单\s*位|部\s*门|机\s*构|主\s*体|处\s*室|科\s*室|股\s*室|部\s*室|站\s*所|镇\s*街|乡\s*镇|地\s*区|分\s*工|方)"
)
LABEL = re.compile(
    rf"(?:第一|主要|共同|具体|总)?(?:(?P<roles>{ROLE_WORD}(?:\s*(?:[、/及和与]|以及)?\s*{ROLE_WORD})*)\s*{_NOUN}"
    rf"\s*(?:\([^()]*\)|（[^（）]*）)?\s*(?:[:：]|(?:分别)?[为是])|(?P<plain>{_PLAIN_LABEL})\s*[:：])\s*"
)
"""牵头单位：, 责任单位为, 牵头及责任部门：; the plainest role words do without a noun (配合：)."""
OTHER_LABEL = re.compile(
    r"(?P<name>(?:计划)?(?:完成)?(?:时限|时间|期限|日期)(?:要求|节点)?|时间节点|进度(?:要求|安排)?|责任人|联\s*系\s*人"
    r"|(?:责任|分管|牵头|包保|市级|区级|县级)?领导|联系电话|备\s*注)\s*[:：]\s*"
)
"""A label of something else than units."""
BOUNDARY = " \t\n\r　；;，,。、|（(【["
"""Characters before which no name runs on into a label."""

_MANNER = (
    r"(?:按照?(?:各自)?(?:工作)?(?:的)?(?:职责|职能|职权|权限|任务|分工)(?:范围|权限)?(?:内)?(?:分工)?"
    r"|(?:根据|依据|依|结合)(?:各自)?(?:工作)?(?:职责|分工)(?:分工)?|在(?:各自)?职责(?:范围)?内|各自|分工|分别|共同|具体|联合"
    r"|统筹|全力|积极|主动|密切|协同|做好|抓好|予以|加强|配套)"
)
_STRONG_ACT = (
    r"(?:牵头|抓总|主办|负责|落实|实施|推进|指导|承办|督导|督促|监督|配合|协助|协办|参与|参加|支撑|支持|协作|联办|会办)"
)
_WEAK_ACT = r"(?:组织|协调|开展|完成|执行|保障|办理|承担|管理|服务)"
"""Acts that also end names (服务保障): alone they are no verb phrase."""
_ORGANISE = r"(?<!社会)(?<!群团)(?<!党)(?<!自治)(?<!群众)组织"
"""组织 as an act, not as the end of a name (各社会组织)."""
VERB = re.compile(
    rf"(?:(?P<phrase>{_MANNER}*(?:{_ORGANISE})?{_STRONG_ACT}(?:[、和并及]?(?:{_MANNER}|{_STRONG_ACT}|{_WEAK_ACT}))*"
    rf"(?:相关|有关|各项)?(?:工作|任务|事项)?|{_MANNER}+{_WEAK_ACT}+|{_MANNER}*(?:按照?|依)(?:各自)?职责分工)"
    r"|(?:为|是|作为)(?P<part>(?:总)?(?:牵头|责任|配合|主办|协办|参与|实施|落实)(?:责任)?)(?:单位|部门|主体))"
    r"(?=\s*(?:$|[，,；;。、\s|]))"
)


_SPACED = re.compile(r"(?:牵\s*头|责\s*任|配\s*合|协\s*办|主\s*办|支\s*撑|协\s*助)\s*(?:单\s*位|部\s*门)(?=\s*[:：])")


def close_labels(text: str) -> str:
    """Text whose labels are written without blanks inside: 责 任 单 位 ： → 责任单位：."""
    return _SPACED.sub(lambda match: re.sub(r"\s", "", match.group()), text)


def role_of(words: str) -> Role:
    """The role that a verb phrase or label gives."""
    if re.search(r"牵头|主办|主责|抓总", words):
        return Role.LEAD
    if re.search(r"配合|协助|协办|参与|参加|支撑|支持|协同|协作|联办|会办", words):
        return Role.SUPPORT
    return Role.RESPONSIBLE
