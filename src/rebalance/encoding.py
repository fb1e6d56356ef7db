"""Which encoding a text is in: UTF-8 or GB18030, and what decides where it could be either."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rebalance.fault import refuse
from rebalance.text import _

UTF8, GB = "utf-8-sig", "gb18030"
MARK = b"\xef\xbb\xbf"
LONG = re.compile(r"[^\x00-\u07ff]")
"""Characters of three bytes and more in UTF-8, which no Chinese text in GB18030 is by chance."""
OTHER_SCRIPTS = re.compile(r"[\u0080-\u07ff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a file; `sure` when no other is possible, `chosen` when it was taken among two."""

    encoding: str
    text: str
    sure: bool = False
    chosen: bool = False


def readings(content: bytes, file: str) -> tuple[Reading, ...]:
    """Every reading of a file that makes sense, the likelier first.

    Raises:
        FaultsError: it is in another encoding.
    """
    utf8, chinese = _decoded(content, UTF8), _decoded(content, GB)
    if utf8 is None and chinese is None:
        raise refuse(file, _("neither UTF-8 nor GB18030. Save it as “CSV UTF-8”."))
    if utf8 is None:
        return (Reading(GB, chinese or "", sure=True),)
    if content.isascii():
        return (Reading(UTF8, utf8),)
    if chinese is None or content.startswith(MARK) or LONG.search(utf8) or not _is_common(chinese):
        return (Reading(UTF8, utf8, sure=True),)
    either = (Reading(GB, chinese, chosen=True), Reading(UTF8, utf8, chosen=True))
    return either if _only_foreign(utf8) else either[::-1]


def settled(files: Mapping[str, tuple[Reading, ...]]) -> dict[str, Reading | None]:
    """The reading of each file: its neighbours decide where it has two; None where nothing does.

    Chinese beats scripts that no county writes; Latin letters with accents it does not beat.
    """
    sure = {found[0].encoding for found in files.values() if found[0].sure}
    return {name: _settled(found, sure) for name, found in files.items()}


def _settled(found: tuple[Reading, ...], sure: set[str]) -> Reading | None:
    if len(found) == 1:
        return found[0]
    neighbours = [reading for reading in found if sure == {reading.encoding}]
    if neighbours:
        return replace(neighbours[0], chosen=neighbours[0].encoding == GB)
    return found[0] if found[0].encoding == GB else None


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_common(text: str) -> bool:
    """Whether all of it is ordinary Chinese: what the first of the Chinese encodings already had."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


LATIN = range(0x00C0, 0x0250)


def _only_foreign(text: str) -> bool:
    """Whether all letters that are not plain ones are of scripts such as Cyrillic or Hebrew, not Latin."""
    return all(ord(char) not in LATIN for char in OTHER_SCRIPTS.findall(text))
