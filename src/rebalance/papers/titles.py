"""What the sheets of a workbook, and the parts of a page, are called in short."""

from __future__ import annotations

from rebalance.words import _


def short_title(name: str) -> str:
    """A few words for a table, by its name."""
    titles = {
        "overview": _("Overview"),
        "positions": _("Before and after"),
        "categories": _("Categories"),
        "givers": _("Units that give"),
        "townships": _("Townships"),
        "origins": _("New here"),
        "agencies": _("Agencies"),
        "platforms": _("Platforms"),
        "posts": _("Posts and duties"),
        "mergers": _("Mergers"),
        "schedule": _("Schedule"),
        "yearly": _("Changes by year"),
        "stations": _("Stations"),
        "dispatched": _("Dispatched"),
        "borrowed": _("Borrowed"),
        "matters": _("Matters"),
        "lists": _("Matters by township"),
        "leadership": _("Leadership"),
        "coverage": _("Coverage"),
        "cost": _("Cost"),
        "history": _("Earlier years"),  # a spreadsheet keeps the name History for itself
        "comparison": _("Scenarios"),
        "approvals": _("Approvals"),
        "goals": _("Goals"),
        "rules": _("Rules"),
        "findings": _("Findings"),
        "changes": _("Changes to data"),
        "sources": _("Sources"),
        "digests": _("Fingerprints"),
    }
    return titles[name]
