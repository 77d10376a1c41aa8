"""PDF through the LibreOffice of the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from factory import make_collection

from toolkit import pdf
from toolkit.findings import CannotDo
from toolkit.workbooks import summary_book


def test_without_libreoffice_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "office", lambda: None)
    with pytest.raises(CannotDo, match="LibreOffice"):
        pdf.export(tmp_path / "x.xlsx", tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.office
def test_a_summary_becomes_a_pdf_and_is_not_touched(tmp_path: Path, office: Any) -> None:
    summary = tmp_path / "汇总表.xlsx"
    summary_book.write(make_collection(3, 2), summary)
    before = summary.read_bytes()
    pdf.export(summary, tmp_path / "汇总表.pdf")
    assert (tmp_path / "汇总表.pdf").read_bytes().startswith(b"%PDF")
    assert summary.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["汇总表.pdf", "汇总表.xlsx"]
    assert summary_book.untouched(summary)
