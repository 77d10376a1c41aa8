"""Names of people, told by their surnames: 刘洪, 副镇长 黎明, 王建国、李晓明."""

from __future__ import annotations

import re

from toolkit.language.text import fold, split_outside

_OFFICES = (
    "书记|[省市县区镇乡州盟旗]长|主任|局长|部长|主席|秘书长|常委|委员"
    "|组长|科长|处长|院长|校长|队长|所长|行长|总经理|董事长"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余"
    "杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史"
    "陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷"
    "詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛"
    "靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费"
)
"""The surnames of nearly all people."""
_PERSON = re.compile(rf"(?:.{{0,10}}(?:{_OFFICES})[\s:、]*)?[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}")
"""A person's name, the office held printed in front of it or not."""


def is_person(text: str) -> bool:
    """Whether a text names nothing but persons: 刘洪, 副镇长 黎明, 王建国、李晓明."""
    names = [name for name in split_outside(fold(text).replace("\n", "、").strip(), "、,;/") if name.strip()]
    return bool(names) and all(_PERSON.fullmatch(name.strip()) for name in names)
