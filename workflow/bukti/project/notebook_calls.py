"""The calls of bukti's functions in a notebook's Python, whatever names they are imported by."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

FUNCTIONS = ("read", "claim", "claims", "figure", "table")
LITERAL = ("read", "figure", "table")
NAMES = ("name", "claim_id", "family", "figure_id", "table_id")
_HOMES = ("bukti", "bukti.analyse.api")
_MAGIC = re.compile(
    r"^([ \t]*)(?:[\w.,\t ]+=[ \t]*)?(?:[%!?].*|[\w.]+\?{1,2}[ \t]*)$", re.MULTILINE
)


@dataclass(slots=True)
class Bindings:
    """Which names stand for bukti's functions, for bukti itself, and for something else."""

    functions: dict[str, str] = field(default_factory=dict)
    modules: set[str] = field(default_factory=lambda: {"bukti"})
    others: set[str] = field(default_factory=set)

    def function(self, node: ast.expr) -> str:
        """The function of bukti that an expression names; empty for any other."""
        match node:
            case ast.Name(id=name) if name in self.functions:
                return self.functions[name]
            case ast.Name(id=name) if name in FUNCTIONS and name not in self.others:
                return name
            case ast.Attribute(value=ast.Name(id=module), attr=name):
                return name if module in self.modules and name in FUNCTIONS else ""
        return ""


def parsed(source: str) -> ast.Module | None:
    """The tree of a cell without its magics; None where it is no Python."""
    return _tree(source) or _tree(_MAGIC.sub(lambda match: f"{match[1]}pass", source))


def _tree(source: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError):
            return None


def bindings(trees: Iterable[ast.Module]) -> Bindings:
    """What all cells together bind, wherever in them."""
    bound = Bindings()
    for tree in trees:
        for node in ast.walk(tree):
            _bind(bound, node)
    return bound


def _bind(bound: Bindings, node: ast.AST) -> None:
    match node:
        case ast.ImportFrom(module=module, names=names):
            for alias in names:
                here = alias.asname or alias.name
                if module not in _HOMES:
                    bound.others.add(here)
                elif alias.name in FUNCTIONS:
                    bound.functions[here] = alias.name
        case ast.Import(names=names):
            bound.modules |= {each.asname or each.name for each in names if each.name == "bukti"}
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
            bound.others.add(name)
        case ast.Name(id=name, ctx=ast.Store()):
            bound.others.add(name)


def calls(tree: ast.Module, bound: Bindings) -> Iterator[tuple[str, ast.Call, ast.expr]]:
    """Each call of a function of bukti with the argument that names what it is about."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = bound.function(node.func)
            named = [keyword.value for keyword in node.keywords if keyword.arg in NAMES]
            for argument in [*node.args, *named][:1] if function else ():
                yield function, node, argument


def handed_on(tree: ast.Module, bound: Bindings) -> Iterator[tuple[str, ast.expr]]:
    """Places that use `read`, `figure`, `table` or bukti itself other than by a plain call.

    What is called from there under another name cannot be seen.
    """
    plain = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    owners = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                known = bound.functions.get(name) in LITERAL and id(node) not in plain
                module = name in bound.modules and id(node) not in owners
                if (known or module) and name not in bound.others:
                    yield name, node
            case ast.Attribute(ctx=ast.Load()) if id(node) not in plain:
                if bound.function(node) in LITERAL:
                    yield ast.unparse(node), node
