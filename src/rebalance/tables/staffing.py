"""Posts, positions and people of each township beside each other (定岗、定编、定员)."""

from __future__ import annotations

from rebalance.model.plan import Plan
from rebalance.model.posts import fillings
from rebalance.table import Cell, Table, Unit, count, table_of, text_column
from rebalance.text import _


def staffing(plan: Plan) -> Table:
    """A row for each agency that has posts, then one for its township: only of that is it known who is in post."""
    problem, last = plan.problem, plan.problem.last
    rows: list[tuple[Cell, ...]] = []
    told = ""
    for township, agency, filling in fillings(plan, last):
        if township != told:
            told, people = township, sum(plan.working(township, category, last) for category in problem.categories)
            rows.append((problem.name(township), _("(whole township)"), None, None, None, None, None, people))
        posts = sum(one.post.number for one in filling.posts)
        filled, spare = sum(one.filled for one in filling.posts), sum(number for _category, number in filling.spare)
        numbers = (posts, filled + spare, filled, spare, posts - filled)
        rows.append((problem.name(township), problem.name(agency), *numbers, None))
    return table_of(
        "staffing",
        _("Posts, positions and people"),
        (
            text_column("name", _("Township")).means(_("The township's name.")),
            text_column("agency", _("Agency")).means(_("The agency's name; of people only the whole is known.")),
            count("posts", _("Posts")).means(_("Positions that its posts are meant for.")),
            count("placed", _("Positions placed")).means(_("Positions placed there at the end.")),
            count("filled", _("Filling a post")).means(_("Positions placed there that fill one of its posts.")),
            count("spare", _("Beyond its posts"), alarm=True).means(_("Positions placed there that fill none.")),
            count("short", _("Posts not filled"), alarm=True).means(_("Positions its posts lack.")),
            count("people", _("People")).means(
                _("People working there at the end, with those dispatched to it and without those it lends."),
                Unit.PEOPLE,
            ),
        ),
        rows,
        _("Staff dispatched to an agency fill none of its posts."),
    )
