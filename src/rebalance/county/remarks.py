"""What is odd about a county without being wrong: ledgers that do not add up, figures left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from rebalance.county.county import County
from rebalance.county.holders import RESERVE
from rebalance.county.named import classes, idle, over, platforms, roles
from rebalance.county.reform import MatterKind, Side
from rebalance.county.remark import Remark
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES
from rebalance.text import _, listed


def stations(county: County) -> Iterator[Remark]:
    """Stations with more people than positions."""
    for row in county.stations:
        if row.in_post > row.authorised:
            text = _("More staff are in post ({in_post}) than are authorised ({authorised}).")
            yield Remark("stations", (row.station,), text.format(in_post=row.in_post, authorised=row.authorised))


def mergers(county: County) -> Iterator[Remark]:
    """Old agencies that together had another number of positions than today's agency has."""
    placed: Counter[tuple[str, str]] = Counter()
    for row in county.placed:
        placed[row.township, row.agency] += row.positions
    old: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    for merger in county.mergers:
        old[merger.township, merger.agency].append(merger.authorised)
    for key, numbers in old.items() if placed else ():
        known = [number for number in numbers if number is not None]
        if len(known) == len(numbers) and sum(known) != placed[key]:
            text = _("The agencies merged into it had {old} positions together, {placed} are placed there today.")
            yield Remark("mergers", key, text.format(old=sum(known), placed=placed[key]))


def posts(county: County) -> Iterator[Remark]:
    """Agencies with posts for more staff than they may have."""
    most = {row.agency: row.most for row in county.agencies}
    meant: Counter[tuple[str, str]] = Counter()
    for row in county.posts:
        meant[row.township, row.agency] += row.number
    for (township, agency), number in meant.items():
        limit = most[agency]
        if limit is not None and number > limit:
            text = _("The posts are meant for {posts} positions, more than the most the agency may have ({most}).")
            yield Remark("posts", tuple(filter(None, (township, agency))), text.format(posts=number, most=limit))


def hours(county: County) -> Iterator[Remark]:
    """Matters whose hours are given twice, by themselves and by their steps."""
    by_steps = {row.matter for row in county.steps if row.time is not None}
    for row in county.matters:
        if row.time and row.matter in by_steps:
            sentence = _("Hours are given here and in its steps: those of the steps count.")
            yield Remark("matters", (row.matter,), sentence)


def matters(county: County) -> Iterator[Remark]:
    """Matters to be delegated that nobody has drawn or founded, or of which it is not clear who answers for them."""
    drawn = {row.matter for row in county.steps}
    named = [row for row in county.matters if row.unit]
    for sentence, missing in (
        (_("Without steps, so without a flowchart: {matters}."), [row for row in named if row.matter not in drawn]),
        (_("Without a legal basis: {matters}."), [row for row in named if not row.basis]),
    ):
        if missing:
            yield Remark("matters", (), sentence.format(matters=listed(row.matter for row in missing)))
    for row in county.matters:
        if row.unit and row.kind is MatterKind.COOPERATION and row.answers is Side.TOWNSHIP:
            sentence = _("A cooperation matter, yet the township answers for it. Name the unit, or give another kind.")
            yield Remark("matters", (row.matter,), sentence)
        if not row.unit and row.answers is Side.UNIT:
            yield Remark("matters", (row.matter,), _("A unit is to answer for it, but none is named."))


def permitted(county: County) -> tuple[str, ...]:
    """What is permitted, or left out, because the county lacks an optional table: a sentence for each such table."""
    said = {
        "hiring": _("Without the table hiring, nobody is hired: positions that nobody is in stay vacant."),
        "routes": _(
            "Without the table routes, positions of every category may go from every county unit to every township,"
            " administrative ones too; only units under vertical management give through their stations alone."
        ),
        "agencies": _(
            "Without the table agencies, no agency has to exist, no quota of agencies binds, and positions are not"
            " placed: a township is looked at as a whole."
        ),
        "bands": _(
            "Without the table bands, nobody knows how many leaders a unit of some size may have: none are surplus,"
            " and none keep a unit from being cut."
        ),
        "stations": _("Without the table stations, no station is handed down, and none has to be."),
        "dispatched": _("Without the table dispatched, nobody is dispatched to a township, nor counted there."),
        "borrowed": _("Without the table borrowed, nobody counts as borrowed, so nobody has to come back."),
        "matters": _("Without the table matters, townships take nothing on, and no positions have to follow any work."),
        "posts": _("Without the table posts, positions of any category may serve in any agency, and for any work."),
    }
    return tuple(sentence for table, sentence in said.items() if not getattr(county, table))


def remarks(county: County) -> tuple[Remark, ...]:
    """Everything odd, table by table."""
    return tuple(remark for check in CHECKS for remark in check(county))


def _categories(county: County) -> Iterator[Remark]:
    known = {row.category for row in county.positions}
    for category in county.categories:
        counted = county.counted(category.category)
        if category.category not in known:
            yield Remark("categories", (category.category,), _("No holder has a row for this category."))
        elif category.ceiling is not None and counted > category.ceiling:
            text = _("{counted} positions count against the ceiling of {ceiling}: more than it allows.")
            sentence = text.format(counted=counted, ceiling=category.ceiling)
            yield Remark("categories", (category.category,), sentence)


def _tiles(county: County) -> Iterator[Remark]:
    spots = Counter((row.tile_row, row.tile_column) for row in county.townships)
    if len(spots) == 1 and (None, None) in spots:
        return
    for row in county.townships:
        if row.tile_row is None or row.tile_column is None:
            sentence = _("Other townships have a tile, this one has none: figures will show no sketch of a map.")
            yield Remark("townships", (row.township,), sentence)
        elif spots[row.tile_row, row.tile_column] > 1:
            sentence = _("Its tile lies where another's does: figures will show no sketch of a map.")
            yield Remark("townships", (row.township,), sentence)


def _limits(county: County) -> Iterator[Remark]:
    for row in county.positions:
        if row.floor is not None and row.ceiling is not None and row.floor > row.ceiling:
            text = _("The floor ({floor}) is above the ceiling ({ceiling}).")
            sentence = text.format(floor=row.floor, ceiling=row.ceiling)
            yield Remark("positions", (row.holder, row.category), sentence)


def _willing(county: County) -> Iterator[Remark]:
    for row in county.positions:
        if row.willing > row.in_post:
            text = _("More staff are willing to go down ({willing}) than are in post ({in_post}).")
            sentence = text.format(willing=row.willing, in_post=row.in_post)
            yield Remark("positions", (row.holder, row.category), sentence)


def _reserve(county: County) -> Iterator[Remark]:
    for row in county.positions:
        if row.holder == RESERVE and row.in_post:
            text = _("The reserve holds positions, not people, but has {in_post} in post.")
            yield Remark("positions", (row.holder, row.category), text.format(in_post=row.in_post))


def _hiring(county: County) -> Iterator[Remark]:
    """Categories with vacancies for which a plan to hire there is says nothing."""
    vacant: Counter[str] = Counter()
    for row in county.positions:
        if row.holder != RESERVE:
            vacant[row.category] += max(0, row.authorised - row.in_post)
    said = {(row.category, row.year) for row in county.hiring}
    for category, count in sorted(vacant.items()) if county.hiring else ():
        silent = [str(year) for year in county.years if (category, year) not in said]
        if count and silent:
            text = _("{count} positions are vacant, but no row speaks of {years}: nobody will be hired.")
            yield Remark("hiring", (category,), text.format(count=count, years=listed(silent)))


def _agencies(county: County) -> Iterator[Remark]:
    for row in county.agencies:
        if row.most is not None and row.least > row.most:
            text = _("The least staff ({least}) is above the most ({most}).")
            yield Remark("agencies", (row.agency,), text.format(least=row.least, most=row.most))


def _placed(county: County) -> Iterator[Remark]:
    authorised = {(row.holder, row.category): row.authorised for row in county.positions}
    placed: Counter[tuple[str, str]] = Counter()
    for row in county.placed:
        placed[row.township, row.category] += row.positions
    for key, count in placed.items():
        if count > authorised.get(key, 0):
            text = _("More positions are placed in agencies ({placed}) than are authorised ({authorised}).")
            yield Remark("placed", key, text.format(placed=count, authorised=authorised.get(key, 0)))


def _demand(county: County) -> Iterator[Remark]:
    given = {row.township for row in county.demand}
    for township in county.townships if given else ():
        if township.township not in given:
            sentence = _("Other townships have a demand, this one has none: it will count as fully covered.")
            yield Remark("demand", (township.township,), sentence)


def _heirs(county: County) -> Iterator[Remark]:
    busy = {row.agency for row in county.demand if row.positions}
    for row in county.agencies:
        if not row.compulsory and not row.else_ and row.agency in busy:
            sentence = _("Its work falls to nobody where it is closed: name a compulsory agency under else.")
            yield Remark("agencies", (row.agency,), sentence)


def _sources(county: County) -> Iterator[Remark]:
    columns = {table.name: {heading.header for heading in table.headings} for table in (CATEGORIES, *TABLES, *SETTINGS)}
    for row in county.sources:
        if row.column not in columns.get(row.table, ()):
            sentence = _("No table of the package has this column.")
            yield Remark("sources", (row.table, row.column, row.id), sentence)
    if county.synthetic and not any(row.made_up for row in county.sources):
        sentence = _("Figures are made up, says the county, but no row says which: mark them under made_up.")
        yield Remark("sources", (), sentence)


CHECKS = (
    _categories,
    idle,
    classes,
    _tiles,
    over,
    _limits,
    _willing,
    _reserve,
    roles,
    platforms,
    _hiring,
    _agencies,
    _placed,
    _demand,
    _heirs,
    mergers,
    stations,
    hours,
    matters,
    posts,
    _sources,
)
"""Every check, in the order of the tables."""
