"""Lines around a notice that are no part of it: page furniture, signatures, contacts, attachment marks."""

from __future__ import annotations

import re

from toolkit.language.text import unspaced

_FURNITURE = re.compile(
    r"(?:您的(?:当前)?位置|当前位置|所在位置|首页|天气预报|个人中心|字号|【?字体|视力保护|无障碍|打印(?:本页|整页)?|关闭(?:窗口)?|分享|扫一扫|用微信扫描|二维码|上一篇|下一篇|浏览次数|点击(?:数|量|次数)|阅读次数"
    r"|主办[:：单]|承办[:：]|网站标识码|版权所有|技术支持|备案号|.{0,4}ICP备|运维电话|地址[:：]|邮编[:：]|来源[:：]|作者[:：]|编辑[:：]|责任编辑|信息来源|发布(?:时间|日期|机构|部门|单位)[:：]|有效性[:：]|索引号|主题分类|信息分类|组配分类|发文(?:机关|日期|字号)[:：]|成文日期|文号[:：]|标\s*题[:：]|名\s*称[:：]"
    r"|联\s*系\s*人|联系电话|电子邮箱|邮箱[:：]|传真[:：]|公开(?:方式|属性|类型)[:：]|抄送[:：]|抄报[:：]|主送[:：]|(?:出席|列席|请假|缺席|记录|分送|参会)(?:人员|单位|领导)?[:：]|印发$|.{2,30}\d{4}年\d{1,2}月\d{1,2}日印发)"
)
_DATE_LINE = re.compile(
    r"[（(]?\d{4}年\d{1,2}月\d{1,2}日[）)]?|[二〇○零一二三四五六七八九十]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_SIGNER = re.compile(
    r"[^。；;，,：:（）()]{3,60}(?:政府|办公室|办公厅|委员会|委|局|厅|部|院|小组|办|中心|指挥部|会议|会|处|校|学|司|团|站|所|队|专班)"
)
_SIGNED_TAIL = re.compile(
    rf"(?<=[。；;)）】])\s*(?:{_SIGNER.pattern})?\s*(?:19|20)\d{{2}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日\s*$"
)
_ASIDE = re.compile(r"[（(](?:此件|本文|此文|联系|附件|注[:：]|以下|此页|完).{0,60}[）)]")
_ATTACHMENT = re.compile(r"附\s*件\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})?(?:[-—]\d{1,2})?\s*[:：.．、]?")
_PAGE = re.compile(r"[-—–－\s]*\d{1,4}[-—–－\s]*|第\d{1,4}页(?:[/，,]?共\d{1,4}页)?")

_TITLE = re.compile(
    r"(?:分工|分解|清单|任务|方案|要点|计划|措施|意见|体系|目录|台账|安排|工作表|一览表|表)(?:表)?(?:[(（][^()（）]*[)）])?$"
)
_FOOT = re.compile(r"[（(]?(?:备?注|说明)\d{0,2}[:：]|(?:联\s*系\s*人|联系电话|联系方式|抄送|填表人|制表)[:：]")
"""What stands below a table: notes, contacts."""


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page or the covering letter's end rather than to any task."""
    plain = unspaced(text)
    if not plain or _DATE_LINE.fullmatch(plain) or _ASIDE.fullmatch(plain) or _PAGE.fullmatch(plain):
        return True
    return bool(_FURNITURE.match(plain)) and len(plain) < 120


def is_date_line(text: str) -> bool:
    """Whether a line is nothing but a date."""
    return _DATE_LINE.fullmatch(unspaced(text)) is not None


def is_signer(text: str) -> bool:
    """Whether a line may be the name under a letter, when a date stands below it."""
    return _SIGNER.fullmatch(unspaced(text)) is not None


def is_foot(text: str) -> bool:
    """Whether a line is a note or a contact as they stand below a table."""
    return _FOOT.match(unspaced(text)) is not None


def without_signature(text: str) -> str:
    """A text without the signature glued to its end: …五百名。云溪市人民政府办公室2024年3月5日."""
    return _SIGNED_TAIL.sub("", text)


def opens_attachment(text: str) -> bool:
    """Whether a line is the mark above an attachment: 附件, 附件1, 附件2：."""
    return _ATTACHMENT.fullmatch(unspaced(text)) is not None


def is_title(text: str) -> bool:
    """Whether a line ends like the name of a plan or table: …任务分工表, …工作要点（2023年）."""
    return _TITLE.search(text) is not None
