"""The board: one file without network that shows the same figures, sorts, filters and tells a cell's text."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from factory import make_collection
from lxml import html as markup

from toolkit import board
from toolkit.figures import compute
from toolkit.findings import CannotDo
from toolkit.model import Collection, State

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


@pytest.fixture(scope="module")
def collection() -> Collection:
    return make_collection(15, 8)


def test_it_shows_the_figures_of_the_summary(collection: Collection) -> None:
    page = markup.fromstring(board.render(collection))
    figures = compute(collection)
    rows = page.xpath("//table[@id='units']/tbody/tr")
    assert [row.get("data-unit") for row in rows] == [unit.unit for unit in figures.units]
    for row, unit in zip(rows, figures.units, strict=True):
        shown = [cell.text_content() for cell in row.xpath("td")]
        assert (int(shown[3]), int(shown[4]), int(shown[5])) == (
            unit.tally.owed,
            unit.tally.reported,
            unit.tally.done,
        )
        assert shown[-1] == str(unit.rank)
    cells = page.xpath("//table[@id='matrix']/tbody//td[@class]")
    assert len(cells) == len(collection.entries)
    assert len(page.xpath("//svg")) == 2


def test_it_fetches_nothing(collection: Collection) -> None:
    page = board.render(collection)
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)\s*=|url\(|@import|https?://""", page)


def test_texts_cannot_break_out_of_the_page_and_personal_numbers_are_masked(collection: Collection) -> None:
    nasty = "</script><script>alert(1)</script><b>13800138000\x00"
    entries = tuple(replace(e, state=State.REPORTED, progress=nasty) for e in collection.entries)
    page = board.render(replace(collection, entries=entries, plan=replace(collection.plan, title="<i>题</i>&")))
    assert page.count("</script>") == 2
    assert "13800138000" not in page
    assert "<i>" not in page
    assert html.escape("<i>题</i>&") in page


def test_the_same_round_gives_the_same_page(collection: Collection) -> None:
    assert board.render(collection) == board.render(collection)


def test_a_broken_template_is_named(collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "看板.html").write_text("{{ 没有 }}", "utf-8")
    with pytest.raises(CannotDo, match=r"看板\.html"):
        board.write(collection, tmp_path / "out.html", template=tmp_path / "看板.html")
    assert not (tmp_path / "out.html").exists()


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_in_a_browser_it_sorts_filters_and_shows_a_cell_s_text(collection: Collection, tmp_path: Path) -> None:
    probe = """<script>
      const units = document.getElementById("units");
      const head = [...units.tHead.rows[0].cells].findIndex(cell => cell.textContent === "得分");
      units.tHead.rows[0].cells[head].firstChild.click();
      const ascending = [...units.tBodies[0].rows].map(row => row.cells[head].dataset.v);
      filter.value = "公安"; filter.dispatchEvent(new Event("input"));
      const left = [...units.tBodies[0].rows].filter(row => !row.hidden).map(row => row.dataset.unit);
      document.querySelector("#matrix td[class]").click();
      const report = {ascending, left, detail: document.getElementById("detail").textContent};
      document.body.setAttribute("data-report", JSON.stringify(report));
    </script></body>"""
    path = tmp_path / "看板.html"
    path.write_text(board.render(collection).replace("</body>", probe), "utf-8")
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    done = subprocess.run([*command, "--dump-dom", path.as_uri()], capture_output=True, timeout=120, check=True)
    report = json.loads(markup.fromstring(done.stdout.decode()).xpath("//body/@data-report")[0])
    scores = [float(value) for value in report["ascending"]]
    assert scores == sorted(scores)
    assert report["left"] == [report.unit for report in collection.units if "公安" in report.unit]
    first = collection.entries[0]
    assert report["detail"].startswith(first.unit)
    assert (first.progress or "未报") in report["detail"]
