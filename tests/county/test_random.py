"""Whatever is thrown at the reader, it answers with a county or with faults."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from operator import itemgetter
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from rebalance.county.county import County, digest
from rebalance.county.read import read_county
from rebalance.fault import FaultsError
from tests.county.packages import Package

SURPRISES = st.sampled_from(
    ["", "=1", "1e5", "NaN", "１", "-1", "U1", "001", "reserve", "2024", "yes", "a;b", "\ufeff", "\0"]
)
LETTERS = "ab中文é;,\"'=+-@# \n\tЖ😀"
CELLS = SURPRISES | st.text(LETTERS, max_size=6) | st.text(max_size=6)
NAMES = st.text(LETTERS, max_size=12).map(str.strip)
TEXTS = NAMES.filter(lambda text: text != "")
IDS = st.text("ab中12.-# ", min_size=1, max_size=6).map(str.strip).filter(lambda text: text not in {"", "reserve"})
PARTS = st.integers(0, 99).map(lambda part: f"0.{part:02}")
NUMBERS = st.integers(0, 10**6).map(str)


def read(package: Package) -> County | FaultsError:
    """A county or its faults; anything else that is raised ends the test."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return read_county(package.folder(Path(folder)))
        except FaultsError as error:
            return error


@given(st.data())
def test_any_text_in_any_cells_gives_a_county_or_faults(data: st.DataObject) -> None:
    package = Package()
    rows = package.tables[data.draw(st.sampled_from(sorted(package.tables)))]
    for _cell in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(CELLS)
    result = read(package)
    assert isinstance(result, County) or all(fault.message and fault.file for fault in result.faults)


@given(
    st.sampled_from(["units.csv", "county.toml"]),
    st.text("unit,name\n\"'=[]{}#x1\r;", max_size=60) | st.text() | st.binary(),
)
@example("county.toml", "a = [1, {b = 2}]\n[categories]\nx = 1")
@example("units.csv", b"\xef\xbb\xbf\xff")
def test_any_file_gives_a_county_or_faults(name: str, content: str | bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Package().folder(Path(folder)) / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        with suppress(FaultsError):
            assert isinstance(read_county(folder), County)


@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=8))
def test_any_damage_to_a_workbook_gives_a_county_or_faults(place: int, damage: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Package().workbook(Path(folder) / "a.xlsx")
        content = bytearray(file.read_bytes())
        place %= len(content)
        content[place : place + len(damage)] = damage
        file.write_bytes(content)
        with suppress(FaultsError):
            assert isinstance(read_county(file), County)


@st.composite
def packages(draw: st.DrawFn) -> Package:
    """Valid counties with odd names, ids, numbers and gaps."""
    ids = draw(st.lists(IDS, min_size=4, max_size=9, unique=True))
    places = draw(st.integers(1, len(ids) - 2))
    units, townships = ids[:places], ids[places:-1]
    categories = draw(st.lists(IDS.filter(lambda text: "." not in text), min_size=1, max_size=3, unique=True))
    first = draw(st.integers(1950, 2190))
    years = [str(year) for year in range(first, first + draw(st.integers(1, 10)))]
    holders = [*ids[:-1], "reserve"]
    keys = [(holder, category) for holder in holders for category in categories]
    some = draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))
    staff = {key: draw(NUMBERS) for key in some}
    gone = draw(st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(years)), unique_by=itemgetter(0), max_size=5))
    leave = [(key, year, str(draw(st.integers(0, int(staff.get(key, "0")))))) for key, year in gone]
    optional = st.just("") | NUMBERS
    own = {
        "name": draw(TEXTS),
        "name_zh": draw(NAMES),
        "code": ids[-1],
        "years": ";".join(years),
        "source": draw(NAMES),
    }
    about = {key: value for key, value in own.items() if value}
    about |= {f"categories.{category}.name": draw(TEXTS) for category in categories}
    about |= {f"working_time.{key}": str(draw(st.integers(0, 9))) for key in ("leave", "sick", "training")}
    about |= {"papers.issuer_zh": draw(TEXTS), "classes.weights": "entropy", "classes.score": draw(PARTS)}
    offices, matters, codes = (draw(st.lists(IDS, min_size=1, max_size=3, unique=True)) for _table in range(3))
    kinds = st.sampled_from(["department", "institution", "vertical"])
    decimals = st.decimals(0, 10**6, places=3).map(lambda number: f"{number:f}")
    return Package(
        about,
        {
            "units": [
                ["unit", "name", "kind", "sector"],
                *([u, draw(TEXTS), draw(kinds), draw(NAMES)] for u in units),
            ],
            "townships": [
                ["township", "name", "kind", "population", "area_km2"],
                *([t, draw(TEXTS), "town", str(draw(st.integers(0, 10**8))), draw(decimals)] for t in townships),
            ],
            "positions": [
                ["holder", "category", "authorised", "in_post", "needed"],
                *([holder, c, draw(NUMBERS), staff[holder, c], draw(optional)] for holder, c in some),
            ],
            "retirements": [
                ["holder", "category", "year", "count"],
                *([holder, c, year, count] for (holder, c), year, count in leave),
            ],
            "demand": [
                ["township", "agency", "positions"],
                *([t, "", draw(decimals)[:-1]] for t in townships),
            ],
            "agencies": [
                ["agency", "name", "platform", "compulsory", "least"],
                *([office, draw(TEXTS), "enforcement", "yes", draw(NUMBERS)] for office in offices),
            ],
            "history": [
                ["holder", "category", "year", "authorised"],
                *([holder, c, str(first - 1), draw(NUMBERS)] for holder, c in some),
            ],
            "mergers": [
                ["township", "old", "agency", "in_post"],
                *([t, draw(TEXTS), draw(st.sampled_from(offices)), draw(optional)] for t in townships),
            ],
            "allowances": [
                ["agency", "allowance", "kind", "percent"],
                *([office, draw(IDS), "category", draw(PARTS)] for office in offices),
            ],
            "bands": [
                ["applies_to", "up_to", "least", "most", "source"],
                ["staffing", draw(NUMBERS), "0", draw(NUMBERS), draw(NAMES)],
            ],
            "matters": [
                ["matter", "name", "kind", "unit", "agency", "hours", "base"],
                *(
                    [m, draw(TEXTS), "approval", draw(st.sampled_from(units)), offices[0], draw(decimals)[:-1], "是"]
                    for m in matters
                ),
            ],
            "steps": [
                ["matter", "step", "name", "by", "next"],
                *(
                    [m, code, draw(TEXTS), "unit", after]
                    for m in matters
                    for code, after in zip(codes, [*codes[1:], ""], strict=True)
                ),
            ],
            "volumes": [
                ["matter", "township", "cases"],
                *([m, t, draw(NUMBERS)] for m in matters for t in townships),
            ],
            "posts": [
                ["township", "agency", "post", "name", "category", "number", "duties"],
                *([t, offices[0], draw(IDS), draw(TEXTS), some[0][1], draw(NUMBERS), draw(NAMES)] for t in townships),
            ],
        },
    )


@given(packages())
def test_valid_counties_come_back_the_same_from_folder_and_workbook(package: Package) -> None:
    with tempfile.TemporaryDirectory() as folder:
        county = read_county(package.folder(Path(folder) / "county"))
        book = read_county(package.workbook(Path(folder) / "a.xlsx"))
        for rows in package.tables.values():
            rows[1:] = rows[:0:-1]
        reversed_rows = read_county(package.folder(Path(folder) / "county"))
    assert county == book == reversed_rows
    assert digest(county) == digest(book) == digest(reversed_rows)
    assert [unit.unit for unit in county.units] == sorted(row[0] for row in package.tables["units"][1:])
