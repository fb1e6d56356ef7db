"""Agencies, platforms and posts of each township (定岗定责表)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from rebalance.county.agencies import Nature, Platform
from rebalance.model.plan import Plan
from rebalance.model.posts import fillings
from rebalance.model.totals import open_agencies
from rebalance.problem.problem import Problem
from rebalance.table import Cell, Column, Kind, Look, Table, Unit, code, count, table_of, text_column
from rebalance.tables.positions import agreed, how_to_change, keep, remark
from rebalance.tables.words import nature_name, platform_name, role_name, sentence, yes_no
from rebalance.text import NOTHING, _, listed


def agencies(plan: Plan) -> Table:
    """Every agency that is open or was: what it can work with, what its work needs."""
    problem = plan.problem
    rows = [
        _agency(plan, township, agency)
        for township in problem.townships
        for agency in problem.agencies
        if plan.open(township, agency, problem.last) or problem.open_today(township, agency)
    ]
    return table_of(
        "agencies",
        _("Agencies of the townships"),
        _columns(problem),
        rows,
        _("Strength: positions placed in the agency and staff dispatched to it, at the end of {year}.").format(
            year=problem.last
        ),
        how_to_change(),
    )


def _columns(problem: Problem) -> tuple[Column, ...]:
    """What is said of an agency."""
    placed = {f"placed_{number}": category for number, category in enumerate(problem.categories)}
    return (
        code("township", _("Code")).means(_("The township.")),
        text_column("name", _("Township")).means(_("Its name.")),
        text_column("platform", _("Platform")).means(_("The platform the agency belongs to.")),
        code("agency", _("Agency code"), hidden=True).means(_("The agency.")),
        text_column("agency_name", _("Agency")).means(_("The agency's name.")),
        text_column("role", _("Type")).means(_("Office, brigade or centre.")),
        text_column("nature", _("Nature")).means(
            _("What it is at the end: an internal office or a public institution; either: nothing decides it.")
        ),
        text_column("compulsory", _("Compulsory")).means(_("Whether every township has it.")),
        text_column("was", _("Open today")).means(_("Whether the township has it today; empty: nobody knows.")),
        text_column("open", _("Open after")).means(_("Whether the township has it at the end.")),
        count("today", _("Strength today")).means(
            _("Positions it can work with today, with staff dispatched there; empty: nobody knows.")
        ),
        *(
            count(key, problem.name(category)).means(_("Positions of the category placed there at the end."))
            for key, category in placed.items()
        ),
        count("sent", _("Dispatched here")).means(_("Staff dispatched there at the end.")),
        count("strength", _("Strength after"), formula="+".join(f"{{{key}}}" for key in (*placed, "sent"))).means(
            _("Positions it can work with, with staff dispatched there.")
        ),
        count("demand", _("Needed"), Kind.WORK).means(_("Work there is to do.")),
        count("served", _("Covered"), Kind.WORK).means(_("Work that is done.")),
        agreed(),
        keep(),
        remark(),
    )


def _agency(plan: Plan, township: str, agency: str) -> tuple[Cell, ...]:
    problem, last = plan.problem, plan.problem.last
    row = problem.agency[agency]
    placed = [plan.placed(township, agency, category, last) for category in problem.categories]
    strength = plan.strength(township, agency, last)
    return (
        township,
        problem.name(township),
        platform_name(row.platform),
        agency,
        str(row),
        role_name(row.role),
        nature_name(plan.nature(township, agency, last) or row.nature),
        yes_no(row.compulsory),
        yes_no(problem.open_today(township, agency)) if problem.county.placed else None,
        yes_no(plan.open(township, agency, last)),
        problem.strength(township, agency) if problem.county.placed else None,
        *placed,
        strength - sum(placed),
        strength,
        plan.demand(township, agency, last),
        plan.served(township, agency, last),
        strength,
        None,
        None,
    )


def natures_in_short(plan: Plan) -> Iterator[str]:
    """One sentence on what the agencies that may be either are at the end, where that is decided."""
    problem, last = plan.problem, plan.problem.last
    either = [row.agency for row in problem.county.agencies if row.nature is Nature.EITHER]
    found = Counter(plan.nature(township, agency, last) for township in problem.townships for agency in either)
    if found[Nature.OFFICE] or found[Nature.INSTITUTION]:
        text = _("Agencies that may be either, in {year}: internal offices: {offices}; public institutions: {others}.")
        yield text.format(year=last, offices=found[Nature.OFFICE], others=found[Nature.INSTITUTION])


def platforms(plan: Plan) -> Table:
    """The strength of each platform in each township, and how many agencies it had, has and will have."""
    problem, last = plan.problem, plan.problem.last
    rows: list[tuple[Cell, ...]] = []
    for township in problem.townships if problem.agencies else ():
        each = [
            sum(plan.strength(township, row.agency, last) for row in problem.county.agencies if row.platform is one)
            for one in Platform
        ]
        rows.append((township, problem.name(township), *_counts(plan, township), *each, sum(each)))
    once, text = len(problem.county.mergers), _("Agencies: {old} before they were merged, {now} at the end of {year}.")
    return table_of(
        "platforms",
        _("Platforms of the townships: strength after"),
        _strengths(problem),
        rows,
        look=Look(
            title=_("Agencies, and the strength of platforms in {year}").format(year=last),
            said=(text.format(old=once, now=open_agencies(plan, last), year=last),) if rows and once else (),
        ),
    )


def _strengths(problem: Problem) -> tuple[Column, ...]:
    """What is said of the agencies and platforms of a township; a screen has only platforms that have agencies."""
    used, short = {row.platform for row in problem.county.agencies}, _short_names()
    return (
        code("township", _("Code")).means(_("The township.")),
        text_column("name", _("Township")).means(_("Its name.")).short(_("township")),
        count("once", _("Agencies once"))
        .means(_("Agencies the township had before they were merged."), Unit.COUNT)
        .short(_("agencies\nonce"))
        .off_paper(),
        count("today", _("Agencies today"))
        .means(_("Agencies the township has today; empty: nobody knows."), Unit.COUNT)
        .short(_("today"), "0")
        .off_paper(),
        count("open", _("Agencies after"))
        .means(_("Agencies the township has at the end."), Unit.COUNT)
        .short(str(problem.last), "0")
        .off_paper(),
        *(
            count(one.value, sentence(platform_name(one)))
            .means(_("Strength of its agencies there at the end."))
            .short(short[one] if one in used else None, "0")
            for one in Platform
        ),
        count("together", _("Together"), formula="+".join(f"{{{one.value}}}" for one in Platform))
        .means(_("Strength of all platforms there at the end."))
        .off_screen(),
    )


def _counts(plan: Plan, township: str) -> tuple[int, int | None, int]:
    """Agencies before they were merged, today, and at the end of the last year."""
    problem = plan.problem
    old = sum(row.township == township for row in problem.county.mergers)
    today = sum(problem.open_today(township, agency) for agency in problem.agencies)
    now = sum(plan.open(township, agency, problem.last) for agency in problem.agencies)
    return old, today if problem.county.placed else None, now


def _short_names() -> Mapping[Platform, str]:
    return {
        Platform.PARTY_BUILDING: _("party\nbuilding"),
        Platform.ECONOMIC_DEVELOPMENT: _("economic\ndevelop-\nment"),
        Platform.COMPREHENSIVE_GOVERNANCE: _("gover-\nnance"),
        Platform.ENFORCEMENT: _("enforce-\nment"),
        Platform.PUBLIC_SERVICE: _("public\nservice"),
    }


def posts(plan: Plan, year: int | None = None) -> Table:
    """Every post with its duties, who fills it, and what is missing, at the end of a year (none: the last)."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for township, agency, filling in fillings(plan, problem.last if year is None else year):
        names = (problem.name(township), platform_name(problem.agency[agency].platform), problem.name(agency))
        for one in filling.posts:
            post, others = one.post, listed(f"{problem.name(category)} {number}" for category, number in one.others)
            called = post.name
            if post.agency != agency:
                called = _("{post} (of {agency}, not open)").format(post=post.name, agency=problem.name(post.agency))
            said = (post.post, called, f"{post.post} {called}", post.duties, problem.name(post.category))
            rows.append((*names, *said, post.number, one.own, one.filled - one.own, one.filled, others, one.shortfall))
        for category, spare in filling.spare:
            nothing = _("(no post)")
            rows.append((*names, "", nothing, nothing, "", problem.name(category), 0, spare, 0, spare, "", 0))
    note = _("Categories are used together, but each position stays in its own category.")
    made = table_of("posts", _("Posts and duties"), _duties(), rows, note)
    return replace(made, look=_look(made))


def _look(made: Table) -> Look:
    """A screen leaves out positions that fill no post, and counts them."""
    spare = replace(made, rows=tuple(row for row in made.rows if made.row(row)["post"] == ""))
    beyond = spare.sum("filled")
    text = _("Positions placed in these agencies beyond their posts: {count}.").format(count=beyond)
    filled, others = made.sum("filled") - beyond, made.sum("others")
    figures = (made.sum("number"), filled - others, others, filled, others, made.sum("short"))
    return Look(
        title=_("Posts and the positions placed in their agencies"),
        together=(_("together"), *[""] * (len(made.columns) - 1 - len(figures)), *figures),
        said=(text if made.rows else _("No agency that is open has posts (table posts)."),),
        worth=lambda row: row["post"] != "",
    )


def _duties() -> tuple[Column, ...]:
    """What is said of a post."""
    return (
        text_column("name", _("Township")).means(_("The township's name.")).short(_("township")),
        text_column("platform", _("Platform")).means(_("The platform the agency belongs to.")).off_screen(),
        text_column("agency", _("Agency")).means(_("The agency's name.")).short(_("agency")),
        code("post", _("Post code")).means(_("The post; empty: positions that fill none.")),
        text_column("post_name", _("Post")).means(_("Its name.")).off_screen(),
        text_column("post_said", _("Post")).means(_("The post and its name.")).short(_("post")).off_paper(),
        text_column("duties", _("Duties")).means(_("What whoever fills it does.")).off_screen(),
        text_column("category", _("Category")).means(_("The category it is meant for.")).short(_("category")),
        count("number", _("Meant for")).means(_("Positions it is meant for.")).short(_("meant\nfor"), "0"),
        count("own", _("Filled by its category")).means(_("Positions of its category that fill it.")).off_screen(),
        count("others", _("Filled by others")).means(_("Positions of others that fill it.")).off_screen(),
        count("filled", _("Filled"))
        .means(_("Positions that fill it, of whatever category."))
        .short(_("filled"), "0")
        .off_paper(),
        text_column("by", _("By which"))
        .means(_("Which others fill it, with counts."))
        .short(_("of these by another\ncategory"), NOTHING),
        count("short", _("Short"), alarm=True).means(_("Positions it lacks.")).short(_("short")),
    )


def posts_in_short(plan: Plan) -> Iterator[str]:
    """One sentence on all posts at the end of the last year, where there are any."""
    found = posts(plan)
    if found.rows:
        text = _("Posts in {year}: {posts}; not filled: {short}; filled by another category: {others}.")
        figures = {"posts": found.sum("number"), "short": found.sum("short"), "others": found.sum("others")}
        yield text.format(year=plan.problem.last, **figures)


def mergers(plan: Plan) -> Table:
    """Old agencies and those of today into which they were merged."""
    problem = plan.problem
    rows = [
        (problem.name(row.township), row.old, problem.name(row.agency), row.authorised, row.in_post)
        for row in problem.county.mergers
    ]
    return table_of(
        "mergers",
        _("Old agencies merged"),
        (
            text_column("name", _("Township")).means(_("The township's name.")),
            text_column("old", _("Old agency")).means(_("What the agency was called that is no more.")),
            text_column("agency", _("Agency")).means(_("The agency it was merged into.")),
            count("authorised", _("Authorised then")).means(_("Positions it had.")),
            count("in_post", _("In post then")).means(_("Staff it had in post."), Unit.PEOPLE),
        ),
        rows,
    )


def openings(plan: Plan) -> Table:
    """A row for each township that opens or closes any agency; without knowing today's, all that are open."""
    found: dict[str, dict[bool, list[str]]] = {}
    for township, agency, year, opened in changes(plan):
        sides = found.setdefault(township, {True: [], False: []})
        sides[opened].append(f"{year} {plan.problem.name(agency)}")
    known = plan.problem.county.placed
    return table_of(
        "openings",
        _("Agencies opened and closed") if known else _("Agencies open (today's are not known)"),
        (
            code("township", _("Code")).means(_("The township.")),
            text_column("name", _("Township")).means(_("Its name.")).short(_("township")),
            text_column("opened", _("Opened")).means(_("Agencies that open, with the year.")).short(_("opened")),
            text_column("closed", _("Closed")).means(_("Agencies that close, with the year.")).short(_("closed")),
        ),
        [
            (township, plan.problem.name(township), *("\n".join(sorted(sides[side])) for side in (True, False)))
            for township, sides in found.items()
        ],
    )


def changes(plan: Plan) -> Iterator[tuple[str, str, int, bool]]:
    """Township, agency, year, and whether it opens (or else closes)."""
    problem = plan.problem
    for township in problem.townships:
        for agency in problem.agencies:
            was = problem.open_today(township, agency)
            for year in problem.years:
                now = bool(plan.open(township, agency, year))
                if now != was:
                    yield township, agency, year, now
                was = now
