"""A plan on disk together with its county."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from rebalance.fault import Fault, FaultsError
from rebalance.hints import quoted
from rebalance.reading.package import read_county
from rebalance.reading.text_file import read_text, shown
from rebalance.record.outcome import Recorded, recorded
from rebalance.record.plan_file import PlanFile, opened
from rebalance.words import _


def recorded_in(file: Path, county: Path | None) -> Recorded:
    """What the file holds, worked out again on its county, which is at `county` or where the file says.

    Raises:
        FaultsError: with everything wrong with the file or the county.
    """
    said = opened(read_text(file), shown(file))
    return recorded(said, read_county(county or _package(said, file)), shown(file))


def package_of(file: Path) -> Path:
    """Where the package of a plan's county is, as far as the file says.

    Raises:
        FaultsError: the file is no plan, or there is no county there.
    """
    return _package(opened(read_text(file), shown(file)), file)


def _package(said: PlanFile, file: Path) -> Path:
    """The county's package: as seen from the plan's folder, or else from the current one."""
    places = (folder / PurePosixPath(said.county_path) for folder in (file.parent, Path()))
    found = next((place for place in places if said.county_path and _is_there(place)), None)
    if found is None:
        message = _("no county there (got {value}). Say with --county where its package is.")
        text = message.format(value=quoted(said.county_path))
        raise FaultsError([Fault(shown(file), 0, "scenario.county", text, said.county_path)])
    return found


def _is_there(place: Path) -> bool:
    try:
        return place.exists()
    except (OSError, ValueError):  # too long, or with characters that no path has
        return False
