"""Web pages: the content without the page around it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.containers.content import Content, Paragraph, Sheet, Span, TableBlock
from toolkit.containers.documents.html import read_html, read_mhtml
from toolkit.containers.documents.html_furniture import is_furniture_text
from toolkit.containers.reader import read


def page(body: str, encoding: str = "utf-8", head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(encoding)


def texts(content: Content) -> list[str]:
    assert content.findings == []
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


def only_table(content: Content) -> Sheet:
    (block,) = [block for block in content.blocks if isinstance(block, TableBlock)]
    return block.sheet


LETTER = "<h1>关于印发工作方案的通知</h1><p>各乡镇人民政府：</p><p>现将方案印发给你们，请认真贯彻执行。</p>"


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><a href='/'>首页</a><a href='/a'>政务公开</a></nav>",
        "<div class='nav'>首页 &gt; 政务公开 | 字号 大 中 小 | 打印</div>",
        "<ul>" + "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(8)) + "</ul>",
        "<div>您现在的位置：首页 &gt; 信息公开 &gt; 通知公告</div>",
        "<p>【字体：大 中 小】 打印本页 关闭窗口</p>",
        "<div>上一篇：</div><div>下一篇：</div>",
        "<footer>主办：某县人民政府办公室</footer>",
        "<div>主办：青禾县人民政府办公室 网站标识码：3400000001 皖ICP备12345678号</div>",
        "<script>var 甲 = 1;</script><style>p{color:red}</style><!-- 注释 -->",
        "<div style='display:none'>隐藏的提示</div>",
    ],
)
def test_page_furniture_is_dropped(furniture: str) -> None:
    kept = ["关于印发工作方案的通知", "各乡镇人民政府：", "现将方案印发给你们，请认真贯彻执行。"]
    assert texts(read_html(page(furniture + f"<div class='content'>{LETTER}</div>" + furniture), "")) == kept


def test_a_whole_page_of_a_government_site() -> None:
    menu = "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(6))
    body = f"""
    <div id="top"><a href="#">登录</a><a href="#">注册</a><a href="#">English</a><a href="#">无障碍</a></div>
    <div class="menu-wrap"><ul>{menu}</ul></div>
    <div class="main">
    <div class="crumbs"><span>您现在的位置：</span><a href="/">首页</a> &gt; <a href="/z">政务公开</a></div>
    <table><tr><td>索引号：</td><td>QH-2024-0001</td></tr><tr><td>文号：</td><td>青政办〔2024〕5号</td></tr></table>
    <div class="article"><h1>关于印发方案的通知</h1><div class="info">来源：县政府办 发布时间：2024-03-05</div>
    <div class="tools">【字号：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】 <a href="#">打印</a></div>
    <div class="TRS_Editor"><p class=MsoNormal><span style="font-family:仿宋">各乡镇人民政府：<o:p></o:p></span></p>
    <p><span>　　现将方案印发给你们，</span><span>请认真贯彻执行。</span></p><p>&nbsp;</p></div>
    <p>附件：<a href="a.docx">任务分工表.docx</a></p><div class="share">分享到：<a>微信</a></div>
    <div>上一篇：<a href="1">关于另一件事的通知</a></div><div>责任编辑：某某</div></div></div>
    <div class="bottom"><p>主办：青禾县人民政府 承办：青禾县政务公开办</p>
    <p>皖ICP备00000000号 网站标识码：3400000000</p></div>"""
    content = read_html(page(body), "")
    assert texts(content) == [
        "关于印发方案的通知",
        "来源：县政府办 发布时间：2024-03-05",
        "各乡镇人民政府：",
        "现将方案印发给你们，请认真贯彻执行。",
        "附件：任务分工表.docx",
    ]
    assert only_table(content).rows == [["索引号：", "QH-2024-0001"], ["文号：", "青政办〔2024〕5号"]]


def test_links_in_a_table_of_data_are_evidence() -> None:
    links = "".join(f"<div><a href='http://x/{n}'>佐证{n}</a></div>" for n in range(5))
    rows = f"<tr><td>编码<td>完成情况<td>佐证材料</tr><tr><td>QH-01<td>已完成<td><div>{links}</div></tr>"
    sheet = only_table(read_html(page(f"<table>{rows}</table>"), ""))
    assert sheet.text(1, 2) == "佐证0\n佐证1\n佐证2\n佐证3\n佐证4"


def test_content_is_kept_whatever_its_class_is_called() -> None:
    assert len(texts(read_html(page(f"<div class='search-nav-main'>{LETTER}</div>"), ""))) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
def test_encodings_declared_or_not(encoding: str) -> None:
    assert texts(read_html(page(LETTER, encoding), ""))[1] == "各乡镇人民政府："
    name = "gb2312" if encoding == "gb18030" else encoding
    declared = f"<meta http-equiv='Content-Type' content='text/html; charset={name}'>"
    assert texts(read_html(page(LETTER, encoding, declared), ""))[1] == "各乡镇人民政府："


def test_a_wrongly_declared_encoding_is_not_believed() -> None:
    assert texts(read_html(page(LETTER, "gb18030", "<meta charset='utf-8'>"), ""))[1] == "各乡镇人民政府："


def test_spans_are_laid_out_as_a_browser_does() -> None:
    table = (
        "<table><tr><th rowspan=2>序号<th colspan=2>任务</tr><tr><td>标题<td>要求</tr>"
        "<tr><td>1<td rowspan=0>公开<td>甲<br>乙</tr><tr><td>2<td>丙</tr></table>"
    )
    sheet = only_table(read_html(page(table), ""))
    assert sheet.rows == [
        ["序号", "任务", None],
        [None, "标题", "要求"],
        ["1", "公开", "甲\n乙"],
        ["2", None, "丙"],
    ]
    assert set(sheet.spans) == {Span(0, 0, 1, 0), Span(0, 1, 0, 2), Span(2, 1, 3, 1)}


def test_a_span_without_end_costs_nothing() -> None:
    sheet = only_table(read_html(page("<table><tr><td rowspan=99999999 colspan=99999999>甲<td>乙</table>"), ""))
    assert sheet.rows == [["甲", "乙"]]


def test_spans_that_multiply_are_refused() -> None:
    cells = "<td colspan=1000 rowspan=9>" * 16
    content = read_html(page("<table>" + f"<tr>{cells}</tr>" * 3_000 + "</table>"), "")
    assert [finding.code for finding in content.findings] == ["files.table-too-large"]


def test_tables_that_only_lay_out_the_page_are_not_there() -> None:
    inner = "<table><tr><td>序号<td>任务</tr><tr><td>1<td>公开</tr></table>"
    outer = f"<table><tr><td>关于公开的通知</td></tr><tr><td>{inner}</td></tr></table>"
    content = read_html(page(outer), "")
    assert texts(content) == ["关于公开的通知"]
    assert only_table(content).rows == [["序号", "任务"], ["1", "公开"]]


def test_breaks_part_paragraphs_but_not_titles() -> None:
    body = "<div>关于印发<br>工作方案的通知</div><div>　　一、总体要求<br>　　明确目标。<br><br>　　二、重点任务</div>"
    assert texts(read_html(page(body), "")) == [
        "关于印发\n工作方案的通知",
        "一、总体要求",
        "明确目标。",
        "二、重点任务",
    ]


def test_blanks_of_the_source_are_not_blanks_of_the_text() -> None:
    body = "<p>\n  各乡镇\n  人民政府，\n  <b>县政府</b>各部门 and\n units</p><p>甲&nbsp;乙</p>"
    assert texts(read_html(page(body), "")) == ["各乡镇人民政府， 县政府各部门 and units".replace("， ", "，"), "甲 乙"]


def test_form_of_paragraphs() -> None:
    body = "<h2>方案</h2><p align=center><strong>第一章</strong></p><p style='text-align:left'>正文</p>"
    assert read_html(page(f"<center>{body}</center>"), "").blocks == [
        Paragraph("方案", style="Heading 2", level=1, centred=True, bold=True),
        Paragraph("第一章", centred=True, bold=True),
        Paragraph("正文"),
    ]


def test_a_workbook_saved_as_a_page_is_read_as_a_table() -> None:
    book = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312"></head><body>'
        "<table><tr><td>编码</td><td>完成情况</td></tr><tr><td>QH-01</td><td x:str>已完成</td></tr>"
        "<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td></tr><![endif]></table>"
    ).encode("gb18030")
    assert read(book, "填报表.xls").tables()[0].rows == [["编码", "完成情况"], ["QH-01", "已完成"]]


def test_a_page_saved_as_one_file() -> None:
    data = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        "<html><body><p>=B9=AB=BF=AA</p></body></html>\r\n--b--\r\n"
    ).encode("ascii")
    assert texts(read_mhtml(data, "")) == ["公开"]
    assert texts(read(data, "通知.doc")) == ["公开"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_damaged_bytes_end_as_content_or_as_a_finding(seed: int, flips: int) -> None:
    data = bytearray(page(LETTER + "<table><tr><td rowspan=2>1<td>甲</tr><tr><td>乙</tr></table>", "gb18030"))
    chance = random.Random(seed)
    for _ in range(flips):
        data[chance.randrange(len(data))] = chance.randrange(256)
    content = read_html(bytes(data), "")
    assert content.blocks or content.findings


@pytest.mark.parametrize("text", ["1" * 60 + "项", "扫一扫" * 19 + "吧", "首页>" * 14 + "完", "字体" * 29 + "吧"])
def test_no_text_makes_the_vocabulary_of_buttons_slow(text: str) -> None:
    assert not is_furniture_text(text[:61]) or text.startswith("首页")


def test_deep_nesting_is_survived() -> None:
    content = read_html(page("<div>" * 20_000 + "文" + "</div>" * 20_000), "")
    assert content.blocks or content.findings
