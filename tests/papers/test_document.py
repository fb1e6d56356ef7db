"""The document, opened again by its library and added up anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from rebalance.figures import before_after, coverage, years
from rebalance.papers.contents import tables
from rebalance.papers.document import document
from rebalance.papers.request import unit_reasons
from rebalance.plans.recorded import Recorded
from tests.papers.plans import PAYLOADS, hostile, langxi, small, written


@cache
def opened(of: Callable[[], Recorded] = langxi) -> Document:
    return docx.Document(BytesIO(written(document, of)))


def said(book: Document) -> str:
    return "\n".join(paragraph.text for paragraph in book.paragraphs)


def grid(book: Document, head: str) -> list[list[str]]:
    """The rows of the table whose headings begin so."""
    for table in book.tables:
        rows = [
            ["".join(part.text or "" for part in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            for row in table._tbl.iter(qn("w:tr"))
        ]
        if " ".join(rows[0]).startswith(head):
            return rows
    raise AssertionError(head)


def figure(text: str) -> int:
    return 0 if text == "–" else int(text)


def millimetres(*lengths: int | None) -> list[int]:
    return [round((length or 0) / Mm(1)) for length in lengths]


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert document(small()) == document(small())
    with ZipFile(BytesIO(document(small()))) as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}  # no clock has been asked


def test_the_page_is_that_of_the_standard() -> None:
    first, second = opened().sections
    assert millimetres(first.page_width, first.page_height) == [210, 297]
    assert millimetres(first.top_margin, first.left_margin, first.right_margin) == [37, 28, 26]
    assert opened().settings.element.find(qn("w:mirrorMargins")) is not None
    assert second.orientation == WD_ORIENT.LANDSCAPE
    assert millimetres(second.page_width, second.page_height) == [297, 210]
    assert millimetres(second.left_margin, second.right_margin) == [36, 36]  # which leave 225 mm
    assert millimetres(second.top_margin, second.bottom_margin) == [27, 27]  # ... and 156 mm
    for section in (first, second):
        lines = section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch"))
        assert 22 * int(lines) <= 225 / 25.4 * 1440 < 23 * int(lines)  # 22 lines in 225 mm


def test_pages_are_numbered_at_the_outside() -> None:
    book = opened()
    assert book.settings.odd_and_even_pages_header_footer
    sides = [footer.paragraphs[0].alignment for footer in (book.sections[0].footer, book.sections[0].even_page_footer)]
    assert [str(side) for side in sides] == ["RIGHT (2)", "LEFT (0)"]
    assert "PAGE" in book.sections[0].footer._element.xml


def test_the_number_of_a_turned_page_stays_where_it_is() -> None:
    """At the left edge, a quarter turned: below on odd pages, above on even ones."""
    section = opened().sections[1]
    for footer, side, least, most in ((section.footer, "right", 110, 210), (section.even_page_footer, "left", 0, 100)):
        (anchor,) = footer._element.iter(qn("wp:anchor"))
        left, top = (int(part.text) / Mm(1) for part in anchor.iter(qn("wp:posOffset")))
        wide, high = (int(anchor.find(qn("wp:extent")).get(name)) / Mm(1) for name in ("cx", "cy"))
        assert left + wide < 36  # in the margin
        assert least <= top < top + high <= most
        (line,) = (line for line in anchor.iter(qn("w:p")))
        assert line.find(f"{qn('w:pPr')}/{qn('w:jc')}").get(qn("w:val")) == side
        assert [part.text for part in line.iter(qn("w:instrText"))] == ["PAGE"]
        assert 'vert="vert"' in footer._element.xml
        assert 'relativeFrom="page"' in footer._element.xml


def test_the_parts_stand_in_order() -> None:
    text = said(opened())
    parts = ("Request for approval", "1. Why", "2. What is proposed", "3. Comparison", "4. Approvals", "5. How sure")
    annexes = ("Annexes: 1. Reasons", "Annex 1", "(1) Units that give", "(2) Townships that receive", "Annex 2")
    places = [text.index(part) for part in (*parts, *annexes, "Annex 6")]
    assert places == sorted(places)
    assert "Annex 7" not in text


def test_what_is_unknown_is_blank() -> None:
    text = said(opened())
    assert "To ________:" in text
    assert "(Contact: ________)" in text
    assert "Signed by: ________\n" in text


def test_before_and_after_adds_up() -> None:
    rows = grid(opened(), "No. Unit or township Category Before")
    place = {name: rows[0].index(name) for name in ("Before", "Cut", "Added", "With stations", "After", "In post")}
    body, total = rows[1:-1], rows[-1]
    plan = langxi().audit.plan
    assert body[-1][1] == f"{len(plan.problem.accounts) - len(body) + 1} others, unchanged"
    assert figure(total[place["Before"]]) == sum(plan.problem.authorised(*account) for account in plan.problem.accounts)
    for name, at in place.items():
        assert sum(figure(row[at]) for row in body) == figure(total[at]), name
    for row in body:
        before, cut, added, sunk, after = (figure(row[at]) for at in list(place.values())[:5])
        assert after == before - cut + added + sunk


def test_only_what_changes_is_annexed() -> None:
    for row in grid(opened(), "No. Unit or township Category Before")[1:-2]:
        assert any(figure(cell) for cell in row[4:7]), row
    leaders = grid(opened(), "Unit Positions before Positions after")
    assert all(row[1] != row[2] or figure(row[5]) for row in leaders[1:-2])
    assert leaders[-2][0].endswith("others, unchanged")
    assert {row[0] for row in grid(opened(), "State Rule")[1:]} == {"broken", "inherited"}
    assert "stands in the workbook" in said(opened())
    assert len(opened().tables) < len(written(tables, langxi))


def test_heads_are_repeated_and_rows_stay_whole() -> None:
    for table in opened().tables:
        head, *rows = table._tbl.iter(qn("w:tr"))
        assert head.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_fonts_are_named_with_what_takes_their_place() -> None:
    parts = {str(part.partname): part for part in opened().part.package.iter_parts()}
    fonts = parts["/word/fontTable.xml"].blob.decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="FangSong"/>' in fonts
    assert not any("fonts/" in name for name in parts)


def test_what_nobody_may_miss_is_said_first() -> None:
    text = said(opened())
    assert text.index("NOT PROVEN") < text.index("2. What is proposed")
    assert text.index("made up") < text.index("2. What is proposed")


def test_reasons_worked_by_hand() -> None:
    (reason,) = unit_reasons(small().audit)
    assert reason.startswith(
        "U1: 9 positions become 7 (2 cut). 1 are vacant today, 1 of its people retire by 2027, 6 are in post then."
    )


def test_no_text_becomes_a_link_or_markup() -> None:
    book = opened(hostile)
    xml = book.element.xml
    assert "w:hyperlink" not in xml
    assert "HYPERLINK &quot;" not in xml
    fields = [part.text for part in book.element.iter(qn("w:instrText"))]
    assert fields == []
    text = "".join(book.element.itertext())
    for payload in PAYLOADS:
        if payload.isprintable():
            assert payload in text, payload


def test_figures_stand_where_their_tables_do() -> None:
    alone = pictures(written(document, langxi))
    assert [one.get("title") for one in alone] == [years(langxi().outcome).title, before_after(langxi().outcome).title]
    assert alone[1].get("descr") == before_after(langxi().outcome).alt
    beside = pictures(document(langxi(), [langxi()]))
    assert [one.get("title") for one in beside[2:]] == [coverage(langxi().outcome, langxi().outcome).title]


def test_a_figure_never_leaves_its_page() -> None:
    made = docx.Document(BytesIO(document(hostile(), [hostile()] * 8)))
    assert len(made.inline_shapes) == 3
    for one in made.inline_shapes:
        assert one.width <= Mm(225)
        assert one.height <= Mm(112) + 1


def pictures(content: bytes) -> list[Any]:
    """What is said of each figure to those who do not see it."""
    return [shape._inline.docPr for shape in docx.Document(BytesIO(content)).inline_shapes]
