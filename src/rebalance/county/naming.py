"""Which table a file or a sheet holds, by its name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from rebalance.county.tables import TABLES, Table
from rebalance.county.written import bare
from rebalance.fault import Fault
from rebalance.text import _, near_miss, quoted

NAMES: Mapping[str, Table] = {name: table for table in TABLES for name in (table.name, *table.chinese)}
"""Every name a table's file or sheet may have."""

BEFORE = re.compile(r"^((附件|附表|表)?([0-9]{1,2}|[一二三四五六七八九十]{1,2})[-.、:_)])")
AFTER = re.compile(r"([(（].*[)）]|[0-9]{4}年?)$")
RESERVED = "wpsreserved"
"""How the names of sheets begin that an office program keeps for itself."""


def plain_name(name: str) -> str:
    """A name without its width, white space and capitals, and without a number before or a year behind it."""
    said = bare(name)
    return AFTER.sub("", BEFORE.sub("", said)) or said


def table_named(name: str) -> Table | None:
    """The table a file or sheet of this name holds; None where it is none."""
    return NAMES.get(name) or NAMES.get(plain_name(name))


def no_such_table(file: str, name: str, found: Collection[Table]) -> Fault | None:
    """The fault for a name that is no table's, but comes near that of one not found; None where it is another thing."""
    lacking = [word for word, table in NAMES.items() if table not in found]
    near = near_miss(plain_name(name), lacking)
    if not near or plain_name(name).startswith(RESERVED):
        return None
    message = _("no table has this name (got {value}). Accepted: {accepted}.")
    text = message.format(value=quoted(name), accepted=", ".join(table.title for table in TABLES))
    return Fault(file, 0, "", text + near, name)
