"""The catalogue is complete in both languages and says what the sources say."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import bukti
from bukti.base.codes import FAMILIES, LANGUAGES, Code, all_codes, all_notes, all_words
from bukti.base.diagnostic import Severity

SOURCES = Path(bukti.__file__).parent
KEYS = {"message", "hint", "what", "why", "example", "remedy"}
CODE = re.compile(rf"\b(?:{'|'.join(FAMILIES)})\d{{3}}\b")
KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+|[a-z]+")
NO_ARGUMENTS = {"notes", "hint"}
SHORT_FORMS = {"whole": {"id"}, "_whole": {"id"}, "_report": {"key"}}
OWN_TEXTS = [pytest.param(code, id=code.code) for code in all_codes()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One call that names codes, notes or words; `fields` is None where the call hides them."""

    place: str
    names: frozenset[str]
    fields: frozenset[str] | None


def fields_of(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    paths = sorted(SOURCES.rglob("*.py"))
    return tuple(
        (path.relative_to(SOURCES).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in paths
    )


@cache
def literals() -> frozenset[str]:
    return frozenset(
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def calls(*names: str) -> Iterator[tuple[str, ast.FunctionDef, ast.Call]]:
    """Every call of a function or method of one of these names, with the function it stands in."""
    for path, tree in trees():
        for function in functions(tree):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and called(node) in names:
                    yield path, function, node


def called(call: ast.Call) -> str:
    target = call.func
    if isinstance(target, ast.Attribute):
        return target.attr
    return target.id if isinstance(target, ast.Name) else ""


def assigned(name: str, function: ast.FunctionDef, line: int) -> ast.expr | None:
    """What a local variable was last given before a line."""
    values = [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and node.lineno <= line
        if any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
    ]
    return max(values, key=lambda value: value.lineno, default=None)


def texts(node: ast.expr | None, function: ast.FunctionDef) -> set[str]:
    """The texts that an expression can be, as far as the function itself shows."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=orelse):
            return texts(body, function) | texts(orelse, function)
        case ast.Name(id=name, lineno=line):
            return texts(assigned(name, function, line), function)
    return set()


def keys(node: ast.expr | None, function: ast.FunctionDef) -> set[str] | None:
    """The keys of a dictionary that is written out; None for any other expression."""
    if isinstance(node, ast.Name):
        node = assigned(node.id, function, node.lineno)
    if not isinstance(node, ast.Dict) or None in node.keys:
        return None
    return {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}


def keywords(call: ast.Call) -> set[str] | None:
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    return {str(keyword.arg) for keyword in call.keywords} - NO_ARGUMENTS


def plain_uses(name: str) -> Iterator[Use]:
    """Calls whose first argument is the name and whose keywords are the fields."""
    for path, function, call in calls(name):
        fields = keywords(call)
        yield Use(
            place=f"{path}:{call.lineno}",
            names=frozenset(texts(call.args[0], function) if call.args else ()),
            fields=None if fields is None else frozenset(fields),
        )


def fault_uses() -> Iterator[Use]:
    """Faults of a mark, whose fields stand in a dictionary."""
    for path, function, call in calls("Fault"):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        fields = keys(given.get("arguments"), function)
        names = frozenset(texts(given.get("code"), function))
        if fields is not None and names:
            yield Use(place=f"{path}:{call.lineno}", names=names, fields=frozenset(fields))


def short_uses() -> Iterator[Use]:
    """Calls of the short forms, which add fields of their own to those in a dictionary."""
    for path, function, call in calls(*SHORT_FORMS):
        if not path.startswith("manuscript/"):
            continue
        found = {text for argument in call.args for text in texts(argument, function)}
        given = [keys(argument, function) for argument in call.args]
        fields = SHORT_FORMS[called(call)].union(*(item for item in given if item))
        names = frozenset(filter(CODE.fullmatch, found))
        yield Use(place=f"{path}:{call.lineno}", names=names, fields=frozenset(fields))


def written_uses() -> Iterator[Use]:
    """Codes with their fields as a tuple, and formulas, whose only field is the formula."""
    for path, tree in trees():
        for function in functions(tree) if path.startswith("manuscript/") else ():
            for node in ast.walk(function):
                if isinstance(node, ast.Tuple) and len(node.elts) > 1:
                    names = frozenset(filter(CODE.fullmatch, texts(node.elts[0], function)))
                    fields = keys(node.elts[1], function)
                    if names and fields is not None:
                        place = f"{path}:{node.lineno}"
                        yield Use(place=place, names=names, fields=frozenset(fields))
    for path, tree in trees():
        for node in ast.walk(tree) if path == "tools/pandoc_log.py" else ():
            match node:
                case ast.Tuple(elts=[ast.Constant(value=code), ast.Constant(value=name), _]):
                    yield Use(
                        place=f"{path}:{node.lineno}",
                        names=frozenset({str(code)}),
                        fields=frozenset({str(name)}),
                    )
    for path, function, call in calls("FormulaFault"):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        names = frozenset(texts(given.get("code"), function))
        yield Use(place=f"{path}:{call.lineno}", names=names, fields=frozenset({"formula"}))


def codes_in_sources() -> set[str]:
    paths = sorted(SOURCES.rglob("*.py"))
    return {code for path in paths for code in CODE.findall(path.read_text(encoding="utf-8"))}


@cache
def all_uses_of_codes() -> tuple[Use, ...]:
    """Every use whose code can be told; a call with a variable code counts for its file's rest."""
    uses = [*plain_uses("diagnose"), *fault_uses(), *short_uses(), *written_uses()]
    named = {name for use in uses for name in use.names}
    rest: list[Use] = []
    for path, tree in trees():
        open_calls = [use for use in uses if use.place.startswith(f"{path}:") and not use.names]
        constants = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        loose = {str(value) for value in constants if CODE.fullmatch(str(value))} - named
        rest += [
            Use(place=use.place, names=frozenset(loose), fields=use.fields) for use in open_calls
        ]
    return (*uses, *rest)


def missing_fields(uses: Iterable[Use], wanted: Mapping[str, set[str]]) -> list[str]:
    return [
        f"{use.place}: {name} needs {', '.join(sorted(wanted[name] - use.fields))}"
        for use in uses
        for name in sorted(use.names)
        if use.fields is not None and wanted.get(name, set()) - use.fields
    ]


@pytest.mark.parametrize("code", OWN_TEXTS)
def test_a_code_has_every_text_in_every_language(code: Code) -> None:
    assert set(code.texts) == set(LANGUAGES)
    for language in LANGUAGES:
        own = code.texts[language]
        assert set(own) == KEYS, language
        assert all(own[key].strip() for key in KEYS - {"hint"}), language
        assert all(own[key] == own[key].strip() for key in KEYS), language


@pytest.mark.parametrize("code", OWN_TEXTS)
def test_languages_fill_in_the_same_fields(code: Code) -> None:
    for key in ("message", "hint"):
        used = [fields_of(code.texts[language][key]) for language in LANGUAGES]
        assert all(fields == used[0] for fields in used), key
        empty = {bool(code.texts[language][key]) for language in LANGUAGES}
        assert len(empty) == 1, key


@pytest.mark.parametrize("code", OWN_TEXTS)
def test_explanations_hold_no_field_of_a_finding(code: Code) -> None:
    """They are shown without a finding at hand, so that nothing could fill them."""
    given = set().union(
        *(use.fields or () for use in all_uses_of_codes() if code.code in use.names)
    )
    for language in LANGUAGES:
        for key in sorted(KEYS - {"message", "hint"}):
            found = set(re.findall(r"\{([a-z_]+)\}", code.texts[language][key]))
            assert found & given == set(), f"{language}.{key}"


@pytest.mark.parametrize("code", OWN_TEXTS)
def test_a_code_has_a_kebab_case_name_and_a_severity(code: Code) -> None:
    assert KEBAB.fullmatch(code.name)
    assert code.severity in set(Severity)


def test_names_are_unique() -> None:
    counts = Counter(code.name for code in all_codes())
    assert [name for name, count in counts.items() if count > 1] == []


def test_each_code_stands_in_the_file_of_its_family() -> None:
    folder = SOURCES / "base" / "catalogue"
    for path in sorted(folder.glob("[A-Z]*.toml")):
        heads = re.findall(r"^\[([A-Z]+\d+)\]$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert heads == sorted(heads)
        assert {head[:3] for head in heads} == {path.stem}


def test_every_code_of_the_sources_is_in_the_catalogue() -> None:
    assert sorted(codes_in_sources() - {code.code for code in all_codes()}) == []


def test_every_code_of_the_catalogue_is_in_the_sources() -> None:
    assert sorted({code.code for code in all_codes()} - codes_in_sources()) == []


def test_every_call_fills_the_fields_of_its_message() -> None:
    wanted = {
        code.code: fields_of(code.texts["en"]["message"]) | fields_of(code.texts["en"]["hint"])
        for code in all_codes()
    }
    assert missing_fields(all_uses_of_codes(), wanted) == []


def test_the_fields_of_every_code_are_seen_at_some_call() -> None:
    """Otherwise the test above would pass without looking."""
    seen = {name for use in all_uses_of_codes() if use.fields is not None for name in use.names}
    assert sorted(codes_in_sources() - seen) == []


@pytest.mark.parametrize("catalogue", [all_notes, all_words])
def test_notes_and_words_speak_every_language(catalogue: object) -> None:
    assert callable(catalogue)
    for key, entry in catalogue().items():
        assert set(entry) == set(LANGUAGES), key
        assert all(text.strip() for text in entry.values()), key
        used = [fields_of(entry[language]) for language in LANGUAGES]
        assert all(fields == used[0] for fields in used), key


def test_every_note_of_the_sources_has_its_text_and_its_fields() -> None:
    known = {**all_words(), **all_notes()}
    uses = tuple(plain_uses("note"))
    assert sorted({name for use in uses for name in use.names} - set(known)) == []
    wanted = {key: fields_of(entry["en"]) for key, entry in known.items()}
    assert missing_fields(uses, wanted) == []


def test_every_note_of_the_catalogue_is_in_the_sources() -> None:
    used = {name for use in plain_uses("note") for name in use.names}
    assert sorted(set(all_notes()) - used) == []


def test_every_word_of_the_sources_has_its_text_and_its_fields() -> None:
    uses = tuple(plain_uses("word"))
    assert sorted({name for use in uses for name in use.names} - set(all_words())) == []
    wanted = {key: fields_of(entry["en"]) for key, entry in all_words().items()}
    assert missing_fields(uses, wanted) == []


def test_every_word_of_the_catalogue_is_in_the_sources() -> None:
    assert sorted(set(all_words()) - literals()) == []
