from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from defusedxml.ElementTree import fromstring

from rebalance.county.reform import Actor, Step
from rebalance.problem.flow import Flow
from rebalance.tables.flowcharts import Box, NoLayoutError, TooLargeError, laid_out, mermaid, svg
from tests.problem.test_flow import MATTER, PERMIT, tangle

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    '\x00\x1b[31m\u202e\ufffe\ud800"] --> end\n</text><script>alert(1)</script> %%{init}%% `1. **b**` #quot; &lt; ]]>'
)
CHINESE = "组织自然资源、农业农村等人员到现场踏勘,核查宅基地面积、四至和用地性质"


def named(name: str) -> Flow:
    """Two steps and a matter, all of that name; the codes are words of Mermaid's."""
    steps = (
        Step("M1", "end", name, Actor.APPLICANT, Decimal("0.5"), ("subgraph",)),
        Step("M1", "subgraph", name, Actor.UNIT),
    )
    return Flow(replace(MATTER, name=name), steps)


def texts(picture: str) -> list[str]:
    return [element.text or "" for element in fromstring(picture).iter(f"{SVG}text")]


def test_the_mermaid_text() -> None:
    small = Flow(PERMIT.matter, PERMIT.steps[:3])
    assert mermaid(small, "Land office") == (
        '---\ntitle: "Permit"\n---\n'
        "%% Steps: 3 · decisions: 0 · handoffs from first to last step: – · hours: –\n"
        "flowchart TB\n"
        '    subgraph applicant_lane["Applicant"]\n'
        '        s1(["Step 1"])\n        s3["Step 3"]\n    end\n'
        '    subgraph township_lane["Township"]\n        s2["Step 2"]\n    end\n'
        "    s1 ==> s2\n    s2 ==> s3\n    s3 -.-> s2\n"
        "    classDef applicant_step fill:#fdf3df,stroke:#a8741a,color:#1a202c\n    class s1,s3 applicant_step\n"
        "    classDef township_step fill:#e4f4e8,stroke:#2d7a4b,color:#1a202c\n    class s2 township_step\n"
    )


def test_no_name_means_anything_to_mermaid() -> None:
    text = mermaid(named(HOSTILE), HOSTILE)
    harmless = mermaid(named("x"), "x")
    assert text.count("\n") == harmless.count("\n")
    labels = re.findall(r'"(.*)"', text)
    assert [re.sub(r'".*"', "", line) for line in text.splitlines()] == [
        re.sub(r'".*"', "", line) for line in harmless.splitlines()
    ]
    for label in labels[1:]:
        assert re.fullmatch(r"(?:[^\x00-\x7f]|[A-Za-z0-9 ]|#[0-9]+;|<br/>)*", label)
    assert not set("<>%{}#&") & set(labels[0])


def test_no_name_means_anything_to_svg() -> None:
    picture, harmless = (svg(named(name), name) for name in (HOSTILE, "x"))
    assert set(elements(picture) - elements(harmless)) <= {f"{SVG}text"}  # the longer name takes more lines
    assert any("</text><script>" in text for text in texts(picture))
    picture.encode("utf-8")


def elements(picture: str) -> Counter[str]:
    return Counter(element.tag for element in fromstring(picture).iter())


def test_chinese_is_broken_into_lines_that_fit() -> None:
    lines = texts(svg(named(CHINESE), "自然资源和规划局"))
    assert "自然资源和规划局" in lines
    assert [line for line in lines if line and line in CHINESE][:4] == [
        "组织自然资源、农业农村",
        "等人员到现场踏勘,核查",
        "宅基地面积、四至和用地",
        "性质",
    ]
    assert "0.5 h" in lines
    assert "Noto Sans CJK SC" in svg(PERMIT, "u")


def test_a_very_long_name_is_cut() -> None:
    lines = texts(svg(named("很" * 10_000), "长" * 10_000))
    assert max(map(len, lines)) < 120
    assert "…" in lines


def test_every_step_is_in_its_lane_and_none_on_another() -> None:
    for seed in range(30):
        found = tangle(Random(seed))
        placed = laid_out(found)
        for one, box in placed.boxes.items():
            lane = placed.lanes[found.step[one].by]
            assert lane.x <= box.x
            assert box.x + box.width <= lane.x + lane.width
        boxes = list(placed.boxes.values())
        assert not any(overlap(a, b) for n, a in enumerate(boxes) for b in boxes[:n])


def overlap(a: Box, b: Box) -> bool:
    across = a.x < b.x + b.width and b.x < a.x + a.width
    return across and a.y < b.y + b.height and b.y < a.y + a.height


def test_arrows_go_from_box_to_box() -> None:
    placed = laid_out(PERMIT)
    for (before, after), points in placed.arrows.items():
        assert touches(placed.boxes[before], points[0])
        assert touches(placed.boxes[after], points[-1])


def touches(box: Box, point: tuple[float, float]) -> bool:
    x, y = point
    return box.x <= x <= box.x + box.width and y in (pytest.approx(box.y), pytest.approx(box.y + box.height))


def test_kinds_of_arrows_and_boxes() -> None:
    root = fromstring(svg(PERMIT, "u"))
    lines = list(root.iter(f"{SVG}polyline"))
    assert len(lines) == len(PERMIT.arrows)
    assert sum(line.get("marker-end") == "url(#handoff)" for line in lines) == 7
    assert sum(line.get("stroke-dasharray") is not None for line in lines) == 1
    assert len(list(root.iter(f"{SVG}polygon"))) == 3  # decisions


def test_the_same_bytes_every_time() -> None:
    code = """
from tests.problem.test_flow import PERMIT
from rebalance.tables.flowcharts import svg
print(svg(PERMIT, "u"))
"""
    runs = {
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT).stdout
        for _n in range(3)
    }
    assert len(runs) == 1


@pytest.mark.parametrize("count", [80, 3000])
def test_too_large_a_flow(count: int) -> None:
    codes = [str(number) for number in range(count)]
    steps = (
        Step("M1", one, one, Actor.UNIT, None, (*codes[n + 1 : n + 2], *codes[-40:])) for n, one in enumerate(codes)
    )
    every = Flow(MATTER, tuple(steps))
    with pytest.raises(TooLargeError):
        svg(every, "u")
    assert mermaid(every, "u").count("-->") > count


def test_without_the_library_that_places_it_there_is_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graphlay", None)
    with pytest.raises(NoLayoutError):
        svg(PERMIT, "u")
    assert "flowchart TB" in mermaid(PERMIT, "u")
