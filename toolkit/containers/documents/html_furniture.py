"""What on a web page is furniture: menus, bread crumbs, font-size buttons, the imprint.

Told by what every site does alike, never by a site: the meaning of elements, the words of class names,
how much of a text is links, and the vocabulary of buttons and imprints.
"""

from __future__ import annotations

import re

from lxml import etree

SILENT = frozenset(
    ("head", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "audio", "video",
     "nav", "aside", "footer", "select", "button", "textarea", "input", "label", "map", "del", "dialog")
)  # fmt: skip
"""Elements whose text is no part of the page's content."""
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar"))
_FURNITURE_WORDS = frozenset(
    ("nav", "navbar", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "crumb", "crumbs", "foot", "footer",
     "copyright", "sidebar", "share", "sharebar", "pager", "pagination", "toolbar", "banner", "search", "searchbox",
     "login", "friendlink", "friendlinks", "links", "location", "bread", "topbar", "qrcode", "related")
)  # fmt: skip
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)

_MOST = 0.5
"""An element with more of the page's text than this is its content, whatever its class is called."""
_LINKED = 0.6
"""Share of linked characters from which on an element is a menu."""

_GRID_ROWS, _GRID_COLUMNS = 2, 3

_GRID_ROWS, _GRID_COLUMNS = 2, 3

_BUTTONS = re.compile(
    r"(?:首页|网站首页|您?(?:现在|当前)?的?(?:所在)?位置|字[体号]?|大小|大|中|小|默认|我?要?打印(?:本页|此页)?|"
    r"关闭(?:窗口|本页)?|返回(?:顶部|首页)?|分享(?:到)?|收藏|复制链接|视力保护色|[上下]一[篇页]|扫一扫|微信|微博|朗读|"
    r"繁体|简体|无障碍(?:浏览|阅读)?|浏览(?:次数|量)|点击数?|阅读(?:次数|量)?|次|\d)+"
)
_BETWEEN_BUTTONS = re.compile(r"[\s\[\]【】（）()|｜/:：>＞»·\-—+]+")
_CRUMBS = re.compile(r"(?:您?(?:现在|当前)?的?(?:所在)?位置[:：])?\s*(?:网站)?首页\s*[>＞»/\-].{0,60}")
_IMPRINT = re.compile(
    r"ICP备|网站标识码|公网安备|版权所有|Copyright|(?:网站)?技术支持[:：]|^主办(?:单位)?[:：].*承办", re.IGNORECASE
)
_IMPRINT_LENGTH = 160
_NEIGHBOURS = re.compile(
    r"[上下]一[篇条页][:：].*|(?:责任)?编辑[:：].{0,20}|(?:微信|微博)?(?:分享|转发)(?:到|至).{0,30}|扫一扫.{0,30}"
)


def is_hidden(element: etree._Element) -> bool:
    """Whether a browser would not show the element."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def furniture(body: etree._Element) -> set[etree._Element]:
    """The outermost elements below ``body`` that are furniture by their role, class or links."""
    lengths, linked = _measure(body)
    total = max(1, lengths.get(body, 0))
    dropped: set[etree._Element] = set()
    waiting = [body]
    while waiting:
        for element in waiting.pop():
            if not isinstance(element.tag, str):
                continue
            length = lengths.get(element, 0)
            if length <= _MOST * total and (_is_named(element) or _is_menu(element, length, linked.get(element, 0))):
                dropped.add(element)
            elif not _is_grid(element):
                waiting.append(element)
    return dropped


def is_furniture_text(text: str) -> bool:
    """Whether a paragraph says nothing but what buttons, bread crumbs or an imprint say."""
    flat = text.strip()
    if _CRUMBS.fullmatch(flat) or _NEIGHBOURS.fullmatch(flat):
        return True
    if len(flat) <= 60 and (words := _BETWEEN_BUTTONS.sub("", flat)) and _BUTTONS.fullmatch(words):
        return not words.isdigit()
    return len(flat) <= _IMPRINT_LENGTH and bool(_IMPRINT.search(flat))


def _measure(body: etree._Element) -> tuple[dict[etree._Element, int], dict[etree._Element, int]]:
    """Characters of every element, and those of them in links; children before parents, without recursion."""
    lengths: dict[etree._Element, int] = {}
    linked: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(body, events=("end",)):
        if not isinstance(element.tag, str) or element.tag in SILENT:
            continue
        length = len((element.text or "").strip())
        links = 0
        for child in element:
            length += lengths.get(child, 0) + len((child.tail or "").strip())
            links += linked.get(child, 0)
        lengths[element] = length
        linked[element] = length if element.tag == "a" and element.get("href") else links
    return lengths, linked


def _is_named(element: etree._Element) -> bool:
    if (element.get("role") or "").lower() in _ROLES:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return any(word.lower() in _FURNITURE_WORDS for word in _WORD.findall(names))


def _is_grid(element: etree._Element) -> bool:
    """Whether a table holds data: in it, a list of links is somebody's evidence, not a menu."""
    if element.tag != "table" or next(element.iterdescendants("table"), None) is not None:
        return False
    return sum(len(row) >= _GRID_COLUMNS for row in element.iter("tr")) >= _GRID_ROWS


def _is_menu(element: etree._Element, length: int, links: int) -> bool:
    """Several links with hardly a word between them; a single link may well be the attachment."""
    if element.tag not in ("div", "ul", "ol", "dl", "section", "header", "table"):
        return False
    return length > 0 and links >= _LINKED * length and len(list(element.iter("a"))) >= 4
