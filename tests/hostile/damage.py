"""What may happen to a file: bytes that change, go or come twice, other numbers, other values, parts of an archive."""

from __future__ import annotations

import io
import json
import re
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

WORDS = "nan inf 1e999 1e-999999999 0x10 0.33333333333333 1_000 １２ 编制 null [] {} ../ C:\\ =1+1 U1 A2 \U0001f600"
LONG = (b"9" * 400, b"9" * 5000, b"[" * 400, b'{"a":' * 400, b"a." * 400)
MARKS = (b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"&#0;", b"<!DOCTYPE x>", "编制".encode("gb18030"))
ODD = (b"", *(char.encode() for char in "\0\"',;\n\r[]{}=#<>&@"), *map(str.encode, WORDS.split()), *LONG, *MARKS)
"""What programs stumble over."""

NUMBERS = (
    "0",
    "-1",
    "1",
    "2",
    "0.5",
    "1000000",
    "1000001",
    "999999999",
    "10" * 12,
    "1e3",
    "1/3",
    "0.1234567",
    "²",
    "nan",
    "-0",
)


def bytes_of(random: Random, content: bytes) -> bytes:
    """The content after one to four accidents."""
    for _accident in range(random.randint(1, 4)):
        start = random.randrange(len(content) + 1)
        end = min(len(content), start + random.choice((0, 1, 1, 2, 8, 100, 4096)))
        match random.randrange(7):
            case 0:
                content = content[:start] + random.randbytes(end - start) + content[end:]
            case 1:
                content = content[:start] + content[end:]
            case 2:
                content = content[:end] + content[start:end] * random.choice((1, 2, 50)) + content[end:]
            case 3:
                content = content[:start]
            case 4:
                content = content[:start] + b"\0" * (end - start) + content[end:]
            case _:
                content = content[:start] + random.choice(ODD) + content[end:]
    return content


def numbers_of(random: Random, content: bytes) -> bytes:
    """The content with one of its numbers another one."""
    places = list(re.finditer(rb"\d+(\.\d+)?", content))
    if not places:
        return content
    place = random.choice(places)
    return content[: place.start()] + random.choice(NUMBERS).encode() + content[place.end() :]


def text_of(random: Random, content: bytes) -> bytes:
    """One or the other."""
    return random.choice((bytes_of, numbers_of, numbers_of))(random, content)


def archive_of(random: Random, content: bytes, part: str = "") -> bytes:
    """A zip file of which one part, with `part` in its name, has changed, is gone or has another name; or its bytes."""
    if random.random() < 0.2:  # one in five
        return bytes_of(random, content)
    with ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    chosen = random.choice([name for name in parts if part in name] or list(parts))
    match random.randrange(8):
        case 0:
            del parts[chosen]
        case 1:
            parts[random.choice((chosen.upper(), f"../{chosen}", chosen.replace("/", "\\"), "x"))] = parts.pop(chosen)
        case 2 | 3:
            parts[chosen] = numbers_of(random, parts[chosen])
        case _:
            parts[chosen] = bytes_of(random, parts[chosen])
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name, inner in parts.items():
            new.writestr(name, inner)
    return made.getvalue()


def json_of(random: Random, content: bytes) -> bytes:
    """A JSON file with one of its values changed, gone, or standing twice; or its bytes."""
    if random.random() < 0.3:  # three in ten
        return text_of(random, content)
    whole = json.loads(content)
    places = list(_places(whole))
    holder, key = random.choice(places)
    match random.randrange(6):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder.append(holder[key])
        case 2:
            other, name = random.choice(places)
            holder[key] = other[name]
        case 3 if isinstance(holder[key], int):
            holder[key] += random.choice((-1, 1, 5, 10**6, 10**20))
        case _:
            holder[key] = random.choice((None, True, 0, -1, 10**20, 0.5, "", "T1", [], {}, [[]], "\ud800", "x" * 5000))
    return json.dumps(whole, ensure_ascii=random.random() < 0.5 or b"\\ud" in content).encode("utf-8", "surrogatepass")


def _places(value: Any, inside: Any = None, key: Any = None) -> Any:  # noqa: ANN401  # a tree of anything JSON can hold
    """Every place of a tree: what holds it, and under which key."""
    if inside is not None:
        yield inside, key
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in list(pairs):
        yield from _places(inner, value, name)
