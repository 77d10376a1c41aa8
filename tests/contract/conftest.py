"""Fixtures of the contract's tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from outside import City, Ran, fill

DONE = {
    "完成情况": "已办结",
    "进展说明": "@已发布解读材料5篇",
    "佐证材料": "-截图",
    "完成日期": "2026年9月20日",
    "备注": "+无",
}
GOING = {"完成情况": "正在推进", "进展说明": "已召开部署会2次", "备注": "=1+1"}


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A campaign whose forms were issued; its returns are the tests' own.  Not to be changed."""
    return City(tmp_path_factory.mktemp("合同") / "工 作")


@pytest.fixture(scope="session")
def merged(city: City) -> Ran:
    """Three units answered, one of them half, one sent the wrong file, one a zip; two sent nothing."""
    fill(city.form("市司法局"), city.returns / "市 司法局.xlsx", DONE)
    fill(city.form("市政府办"), city.returns / "市政府办" / "填报表.xlsx", GOING)
    fill(city.form("市财政局"), city.returns / "市财政局" / "填报表.xlsx", DONE, only={city.codes()["（一）"]})
    inside = fill(city.form("市教育局"), city.home / "暂存" / "市教育局.xlsx", DONE)
    shutil.make_archive(str(city.returns / "市教育局"), "zip", inside.parent)
    shutil.rmtree(inside.parent)
    (city.returns / "值班表.csv").write_text("日期,姓名\n10月1日,张三\n", encoding="utf-8")
    return city.merge(city.home / "回收")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A folder of files that are none of what is wanted."""
    import docx
    import openpyxl

    folder = tmp_path / "坏 文件"
    folder.mkdir()
    picture = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f030005fe02fe"
        "a7356d9b0000000049454e44ae426082"
    )
    (folder / "图.png").write_bytes(picture)
    (folder / "图.xlsx").write_bytes(picture)
    (folder / "零字节.xlsx").write_bytes(b"")
    (folder / "残.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 200)
    openpyxl.Workbook().save(folder / "空.xlsx")
    document = docx.Document()
    document.add_paragraph("今天天气很好。")
    document.save(str(folder / "文.docx"))
    return folder
