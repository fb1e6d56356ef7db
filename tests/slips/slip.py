"""Every slip of the pen that a source invites: one comparison, number, sign, word or line each, found in its syntax.

What people read (`explain`, `about`, refusals, texts) is left out: other tests read it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SPOKEN = {"explain", "about", "__str__", "__repr__", "_sentences", "explain_strength", "gaps", "value"}
"""Functions whose words only a reader can judge."""

MIRRORED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}

OPPOSITE: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd}

TWINS = ("min max", "floor ceil", "any all", "authorised in_post", "least most", "at_least at_most", "units townships")
TWIN = {one: other for left, right in map(str.split, TWINS) for one, other in ((left, right), (right, left))}
"""Names of which one is easily written for the other."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands somewhere in a module of the program, and what a slip of the pen makes of it."""

    module: str
    start: int
    end: int
    line: int
    function: str
    right: str
    wrong: str

    def __str__(self) -> str:
        """The place and the slip, in a line."""
        right, wrong = (" ".join(text.split()) for text in (self.right, self.wrong))
        return f"{self.module}:{self.line} {self.function}: {right} → {wrong}"

    def made_in(self, source: bytes) -> bytes:
        """The source with the slip, every line where it was."""
        gap = b"\n" * (self.right.count("\n") - self.wrong.count("\n"))
        return source[: self.start] + b"(" + gap + self.wrong.encode() + b")" + source[self.end :]


def source_of(module: str) -> bytes:
    """The text of a module of the program, by its name below `rebalance`, without importing it."""
    spec = find_spec("rebalance")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(module)
    return Path(spec.origin).parent.joinpath(*module.split(".")).with_suffix(".py").read_bytes()


def slips(module: str) -> list[Slip]:
    """All that a module invites, in the order of its text."""
    source = source_of(module)
    lines = [0]
    for line in source.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    found: dict[tuple[int, int, str], Slip] = {}
    known = set(re.findall(r"\w+", source.decode()))
    for function, node, wrong in _invited(ast.parse(source)):
        start = lines[node.lineno - 1] + node.col_offset
        end = lines[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        right, text = source[start:end].decode(), ast.unparse(wrong)
        if known.issuperset(TWIN.keys() & set(re.findall(r"\w+", text))):  # a name unknown there falls at once
            found[start, end, text] = Slip(module, start, end, node.lineno, function, right, text)
    return [found[key] for key in sorted(found)]


def _invited(tree: ast.Module) -> Iterator[tuple[str, ast.expr, ast.expr]]:
    """Expressions within functions, each with the function's name and with what may be written for it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name not in SPOKEN:
            for statement in node.body:
                for one in _within(statement):
                    if isinstance(one, ast.expr):
                        yield from ((node.name, one, wrong) for wrong in _wrongs(one))
                    yield from ((node.name, at, wrong) for at, wrong in _steered(one))


def _within(node: ast.AST) -> Iterator[ast.AST]:
    """A statement and all in it, but for what is said to people, and for functions within (they come by themselves)."""
    spoken = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
    if spoken or isinstance(node, ast.Raise | ast.JoinedStr | ast.FunctionDef):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        if child is not getattr(node, "annotation", None):
            yield from _within(child)


def _wrongs(node: ast.expr) -> Iterator[ast.expr]:  # noqa: C901  # one case for each sort of slip
    """What may be written for an expression."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            yield from (ast.Compare(left, [other()], [right]) for other in MIRRORED[type(op)])
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            yield from (left, right)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPPOSITE:
            yield ast.BinOp(left, OPPOSITE[type(op)](), right)
            yield from (left, right)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for one in values:
                rest = [other for other in values if other is not one]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Name(id=name) if name in TWIN:
            yield ast.Name(TWIN[name])
        case ast.Attribute(value=value, attr=name) if name in TWIN:
            yield ast.Attribute(value, TWIN[name])
        case ast.Subscript(value=value, slice=ast.Slice()):
            yield value


def _steered(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Conditions turned round or left out; loops that miss the first of what they go through."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test):
            yield test, ast.UnaryOp(ast.Not(), test)
        case ast.comprehension(iter=over, ifs=conditions):
            yield over, _but_the_first(over)
            for one in conditions:
                yield one, ast.Constant(value=True)
                yield one, ast.UnaryOp(ast.Not(), one)
        case ast.For(iter=over):
            yield over, _but_the_first(over)


def _but_the_first(over: ast.expr) -> ast.expr:
    return ast.Subscript(ast.Call(ast.Name("list"), [over], []), ast.Slice(lower=ast.Constant(1)))
