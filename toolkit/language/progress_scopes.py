"""The time and the task that a clause of an answer speaks of, and what settles an open one; over folded text."""

from __future__ import annotations

import re

from toolkit.language.cues import cue
from toolkit.language.progress_words import END

LATER = cue(
    "LATER",
    r"(?<![到至在])下一?步|下一?阶段|(?<![到至在])下一?(?:环节|年度)|后续(?!村|批|路|点|标段|乡|单位|工程"
    r"|项目)|今后|接下来|未来"
    r"|以后|日后|(?:^|[自从])明年(?:起|将|继续|开始|度)|此后将",
)
"""From such words on, an answer speaks of what comes after."""
NOW_AGAIN = re.compile(r"目前|截至|现[已在正]?|当前|至今")
BEFORE = cue(
    "BEFORE",
    r"去年|上年|往年|年初|此前|原先|原来|以前|之前(?!完成)|以往|过去|历史|曾|上期|上轮|一度|起初|最初"
    r"|前几年|上级督查时|开始时",
)
BESIDES = re.compile(r"另有|此外|另外还")
"""Of more than was asked."""
ANEW = re.compile(r"再|新增|扩|推广|[明后下一]年|二期|下一?[批期轮]|更多")
"""Of a new turn of work, after one that is finished."""
COMPLETION = re.compile(
    "招标|挂网|开工|施工|动工|进场|起草|报批|报审|上会|审议|提请|提交|印发|采购|签约|签订|"
    "完工|竣工|建成|全部完成|全面完成|完成全部|办结|收官|投入使用|交付"
)
"""The task itself is still on its way, or comes to its end."""
EXTRA = re.compile("新增|扩|推广|二期|三期|更多|再")
"""A new work behind the task."""
MORE = re.compile(r"超(?:过|出|额|额完成)?(?:年度|全年|既定|原定|计划)?(?:任务|目标|计划|进度)")
"""More was done than was asked."""
WHOLLY = cue(
    "WHOLLY",
    rf"^(?!其他|其余|别的|另|除)\w*(?:全部|全都|均|都|悉数|逐[一项个条户]|现已|也已|已[按依]|最终|终于|顺利|圆满|如期|按期|提前|已经)(?!列入|纳入|安排|计划)"
    rf"\w{{0,12}}(?:{END}|改好|搬完|迁入|交[账卷]|[完好掉满齐]$|[完好掉满齐]了)|[完好掉齐]了$|获\w{{1,10}}(?:批准|批复"
    rf"|同意|通过)|得以\w+|交[账卷]$|超过\w{{0,8}}目标|(?:都|全|均"
    rf"|也)\w{{0,6}}了$|^[现已]?已(?:补|改|换|清|修|办|拆|建)\w{{0,3}}$"
    rf"|^(?:\d{{4}}年)?\d{{1,2}}月(?:\d{{1,2}}日|底|初|中旬|上旬|下旬)?(?:顺利|全部|正式|全线)*(?:{END})$"
    rf"|(?:已|现)(?:竣工|完工|结束|销号|办结|清零|印发|投用|退出|交回|标注|规范)",
)
"""Whatever was open before such a clause is over, unless it is told as the present state."""
STILL = re.compile(r"[尚仍还暂]|目前|当前|至今|正在|在\w{1,2}$")
"""The present state of what is open."""
UNCONCERNED = re.compile("与本\\w{0,12}无关|不在\\w{0,10}(?:范围|之内|任务)|不计入")
OUTSIDE = cue(
    "OUTSIDE",
    r"不在\w{0,10}(?:范围|之内|之列|任务|清单)|按\w{2,6}不(?:予|计|纳|列|再|作|需|办|公|喷|参)?|不(?:计入|纳入|列入|属于?)(?=\w)"
    r"|(?:不属|属于?)\w{0,8}(?:[明后下]一?年|下一?期|下阶段|他)|由\w{2,14}(?:另行|另外|统一|统筹|直接)"
    r"|(?:下一?届|下一批|规划中的)\w*(?:由|另行|不在)|按\w{2,6}另行|与本\w{0,12}无关|不作(?:要求|考核)|不予\w{2}|单列",
)
"""What is open is no part of the task: 不计入考核, 由市文旅局另行研究."""
OTHERS = re.compile("其他|其余|别的|另|除")
"""Of others than what is open."""
RESUMED = re.compile(
    "完成|恢复|复工|竣工|完工|建成|通[车水气电航]|交付|投用|结项|解决|办结|开放|补[办齐上]|上线|明确后"
)
"""What was held up goes on."""
AGREED = re.compile("签订|签署|同意|成立|组建|制定|召开|提交|申请|报送")
"""What is done about a trouble, without its being over."""
OVER = cue(
    "OVER", rf"(?:已经?|现已|均|全部|最终|顺利|终于|如期|按期)\w{{0,10}}(?:{END}|解决|整改|恢复|补报|通过|接通|清)"
)
