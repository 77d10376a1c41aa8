"""Shapes of names: what an official body, a collective and a place are called.  Places are invented."""

from __future__ import annotations

import pytest

from toolkit.language.bodies import Shape, level_of, shape

BODIES = """
市委办 市人大办 市委政研室 市直机关工委 市档案馆 市融媒体中心 市供销社 市残联 团市委 市红十字会
市城投集团 人行云岭市分行 云岭海关 国家金融监督管理总局云岭监管分局 武警云岭支队 市公安局交警支队
中国移动云岭分公司 县志办 区委区政府督查室 市河长办 12345政务服务便民热线中心 云岭日报社
云岭职业技术学院 港华燃气公司 派出所 打铁桥街道管理办 区“两新”专班 市委组织部（市公务员局） 财政部
审计署 国务院办公厅 最高人民法院 中国人民银行 中科院 市科工商务局局
"""
COLLECTIVES = """
各县区政府 各高校 各商业银行 各学区中心校 市属国有企业 属地街镇 施工单位 管线权属单位 住建部门 公安机关
有关地方 各科室 各级党组织 市直各单位 市、县(区)司法行政主管部门 各县（市、区）人民政府 县级以上人民政府
领导小组各成员单位 区内各相关行政审批部门 全市经济运行各专班
"""
PLACES = "望川县 松湾区 听泉镇 云岭高新区 开发区 产业集聚区"
OTHERS = """
公开政府信息 谁起草 政务公开室 加强数字政府 推进集约化建设 三个工作日 2023年底前 张三 提高效率
的单位 市政府网站 不少于2次 ABC 县（区）
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((name, Shape.BODY) for name in BODIES.split()),
        *((name, Shape.COLLECTIVE) for name in COLLECTIVES.split()),
        *((name, Shape.TERRITORY) for name in PLACES.split()),
        *((name, Shape.OTHER) for name in OTHERS.split()),
    ],
)
def test_shapes(name: str, expected: Shape) -> None:
    assert shape(name) is expected


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("市教育局", "市"),
        ("区委组织部", "区"),
        ("省政府办公厅", "省"),
        ("市市场监管局", "市"),
        ("市场监管局", ""),
        ("市场监管总局", ""),
        ("乡村振兴局", ""),
        ("区域合作办", ""),
        ("国家医保局", ""),
        ("云岭集团", ""),
    ],
)
def test_the_level_a_name_begins_with(name: str, level: str) -> None:
    assert level_of(name) == level
