"""The document, opened again by its library and added up anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from rebalance.papers.document import document
from rebalance.papers.reasons import unit_reasons
from rebalance.record.outcome import Recorded
from tests.papers.plans import PAYLOADS, hostile, langxi, small


@cache
def opened(of: Callable[[], Recorded] = langxi) -> Document:
    return docx.Document(BytesIO(document(of())))


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
    assert second.orientation == WD_ORIENT.LANDSCAPE
    assert millimetres(second.page_width, second.page_height) == [297, 210]
    for section in (first, second):
        lines = section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch"))
        assert 22 * int(lines) <= 225 / 25.4 * 1440 < 23 * int(lines)  # 22 lines in 225 mm


def test_pages_are_numbered_at_the_outside() -> None:
    book = opened()
    assert book.settings.odd_and_even_pages_header_footer
    sides = [footer.paragraphs[0].alignment for footer in (book.sections[0].footer, book.sections[0].even_page_footer)]
    assert [str(side) for side in sides] == ["RIGHT (2)", "LEFT (0)"]
    assert "PAGE" in book.sections[0].footer._element.xml


def test_the_parts_stand_in_order() -> None:
    text = said(opened())
    parts = ("Request for approval", "1. Why", "2. What is proposed", "3. Reasons", "4. Comparison", "5. Approvals")
    places = [text.index(part) for part in (*parts, "6. How sure", "Annexes: 1.", "Annex 1")]
    assert places == sorted(places)


def test_what_is_unknown_is_blank() -> None:
    text = said(opened())
    assert "To :" in text
    assert "(Contact: )" in text
    assert "Signed by: \n" in text


def test_before_and_after_adds_up() -> None:
    rows = grid(opened(), "No. Unit or township Kind Category Before")
    place = {name: rows[0].index(name) for name in ("Before", "Cut", "Added", "With stations", "After", "In post")}
    body, total = rows[1:-1], rows[-1]
    assert len(body) == len(langxi().audit.plan.problem.accounts)
    for name, at in place.items():
        assert sum(figure(row[at]) for row in body) == figure(total[at]), name
    for row in body:
        before, cut, added, sunk, after = (figure(row[at]) for at in list(place.values())[:5])
        assert after == before - cut + added + sunk


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
        "U1: 9 positions become 7; 2 are cut, 0 go down with stations. It has 1 vacant today, and 1 of its people"
        " retire by 2027; 6 are then in post."
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
