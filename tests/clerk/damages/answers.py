"""What is typed: own words, dittos, merged answers (A7, A14, A21, A26, A35)."""

from __future__ import annotations

from dataclasses import replace

from clerk.parcel import Parcel, Stage, Unfit, damage
from toolkit import vocabulary as words
from toolkit.sample.answers import OWN_WORDS, Answer


def some(parcel: Parcel, count: int) -> list[str]:
    """A few of the answered tasks, in the order of the form."""
    if len(parcel.answered) < count:
        raise Unfit("too few answers")
    chosen = set(parcel.rng.sample(parcel.answered, count))
    return [code for code in parcel.answered if code in chosen]


def reword(parcel: Parcel, ways: list[tuple[str, str]]) -> None:
    """Give tasks, one after the other, a 完成情况 typed in these ways."""
    for code, (text, word) in zip(some(parcel, min(len(ways), len(parcel.answered))), ways, strict=False):
        parcel.answer(code, replace(parcel.answers[code], status=text, word=word))


@damage("A7-own-words", Stage.ANSWER)
def own_words(parcel: Parcel) -> None:
    reword(parcel, parcel.rng.sample(OWN_WORDS, 6))


@damage("A7-punctuation", Stage.ANSWER)
def punctuation(parcel: Parcel) -> None:
    reword(parcel, [("已完成。", words.DONE), (" 推进中 ", words.ONGOING), ("未启动；", words.NOT_STARTED)])


@damage("A7-wide-and-blank", Stage.ANSWER)
def wide_and_blank(parcel: Parcel) -> None:
    reword(parcel, [("已 完 成", words.DONE), ("推进中　", words.ONGOING), ("【已完成】", words.DONE)])


@damage("A7-broken-lines", Stage.ANSWER)
def broken_lines(parcel: Parcel) -> None:
    reword(parcel, [("已完成并\n持续推进", words.DONE_AND_ONGOING), ("正在\n推进", words.ONGOING)])


@damage("A7-unknown-word", Stage.ANSWER)
def unknown_word(parcel: Parcel) -> None:
    (code,) = some(parcel, 1)
    parcel.answer(code, replace(parcel.answers[code], status="差不多了", word=None))
    parcel.tell(code, "error")


@damage("A7-sentence-as-status", Stage.ANSWER)
def sentence_as_status(parcel: Parcel) -> None:
    (code,) = some(parcel, 1)
    text = "请见附件，具体情况电话沟通"
    parcel.answer(code, replace(parcel.answers[code], status=text, word=None))
    parcel.tell(code, "error")


@damage("A35-postponed", Stage.ANSWER)
def postponed(parcel: Parcel) -> None:
    (code,) = some(parcel, 1)
    answer = Answer("申请延期", "因汛期停工，拟延期至2026年12月20日。", remark="已请示分管领导", word=words.POSTPONED)
    parcel.answer(code, answer)


@damage("A35-not-ours", Stage.ANSWER)
def not_ours(parcel: Parcel) -> None:
    (code,) = some(parcel, 1)
    parcel.answer(code, Answer("不是我单位职责", "此项由其他单位承担。", word=words.NOT_CONCERNED))


def _pairs(parcel: Parcel) -> list[tuple[str, str]]:
    """Answered tasks that stand in rows one below the other."""
    with parcel.pen() as (_, rows):
        found = [
            (above, code)
            for above, code in zip(parcel.answered, parcel.answered[1:], strict=False)
            if rows[code] == rows[above] + 1
        ]
    if not found:
        raise Unfit("no neighbours")
    return found


def _like_above(parcel: Parcel, mark: str, field: str = "status") -> None:
    above, code = parcel.rng.choice(_pairs(parcel))
    source, answer = parcel.answers[above], parcel.answers[code]
    if field == "status":
        answer = replace(answer, status=source.status, word=source.word)
    else:
        answer = replace(answer, progress=source.progress)
    parcel.answer(code, answer, pointing=field, shown=mark)
    parcel.leaned_on.add(above)
    parcel.tell(code)


@damage("A14-same-as-above", Stage.ANSWER)
def same_as_above(parcel: Parcel) -> None:
    _like_above(parcel, "同上")


@damage("A14-ditto-mark", Stage.ANSWER)
def ditto_mark(parcel: Parcel) -> None:
    _like_above(parcel, "〃")


@damage("A14-progress-same-as-above", Stage.ANSWER)
def progress_same_as_above(parcel: Parcel) -> None:
    _like_above(parcel, "同上。", "progress")


@damage("A14-ditto-chain", Stage.ANSWER)
def ditto_chain(parcel: Parcel) -> None:
    with parcel.pen() as (_, rows):
        codes = parcel.answered
        runs = [
            codes[i : i + 3]
            for i in range(len(codes) - 2)
            if [rows[code] - rows[codes[i]] for code in codes[i : i + 3]] == [0, 1, 2]
        ]
    if not runs:
        raise Unfit("no three neighbours")
    first, *rest = parcel.rng.choice(runs)
    if parcel.leaned_on & set(rest):
        raise Unfit("other cells point to it")
    source = parcel.answers[first]
    for code in rest:
        answer = replace(parcel.answers[code], status=source.status, word=source.word)
        parcel.answer(code, answer, pointing="status", shown="同上")
        parcel.tell(code)
    parcel.leaned_on |= {first, *rest}


@damage("A14-same-as-number", Stage.ANSWER)
def same_as_number(parcel: Parcel) -> None:
    """ "同第3项": the number is the one printed in 序号."""
    target, code = some(parcel, 2)
    with parcel.pen() as (form, rows):
        number = form.text(form.cell("序号", rows[target]))
        numbers = [form.text(form.cell("序号", row)) for row in rows.values()]
    if numbers.count(number) != 1:
        raise Unfit("the number is printed twice")
    source = parcel.answers[target]
    answer = replace(parcel.answers[code], progress=source.progress)
    parcel.answer(code, answer, pointing="progress", shown=f"同第{number}项")
    parcel.leaned_on.add(target)
    parcel.tell(code)


@damage("A21-formula-like-text", Stage.ANSWER)
def formula_like_text(parcel: Parcel) -> None:
    texts = ("=1+1", "+86开头的号码已停用", "-按期推进", "@办公室 已阅", '=HYPERLINK("x")')
    for code, text in zip(some(parcel, len(texts)), texts, strict=True):
        parcel.answer(code, replace(parcel.answers[code], progress=text))


@damage("A26-longest-text", Stage.ANSWER)
def longest_text(parcel: Parcel) -> None:
    (code,) = some(parcel, 1)
    parcel.answer(code, replace(parcel.answers[code], progress="为民办事" * 8191 + "完毕。"))


@damage("A26-many-lines", Stage.ANSWER)
def many_lines(parcel: Parcel) -> None:
    (code,) = some(parcel, 1)
    text = "\n".join(f"{n}.第{n}次调度会议定事项{n * 3}条" for n in range(1, 40))
    parcel.answer(code, replace(parcel.answers[code], progress=text))


@damage("A26-rare-characters", Stage.ANSWER)
def rare_characters(parcel: Parcel) -> None:
    (code,) = some(parcel, 1)
    parcel.answer(code, replace(parcel.answers[code], progress="走访𠮷祥村、㙍头村，联系人䶮某；完成①②③项✔"))
