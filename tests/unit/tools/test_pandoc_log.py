from __future__ import annotations

from bukti.base.codes import code_of
from bukti.tools.pandoc_log import IGNORED, TOLD, UNFORESEEN, LogEntry, findings

KINDS = [
    "SkippedContent",
    "IgnoredElement",
    "DuplicateLinkReference",
    "DuplicateNoteReference",
    "NoteDefinedButNotUsed",
    "DuplicateIdentifier",
    "ReferenceNotFound",
    "CircularReference",
    "UndefinedToggle",
    "ParsingUnescaped",
    "CouldNotLoadIncludeFile",
    "CouldNotParseIncludeFile",
    "MacroAlreadyDefined",
    "InlineNotRendered",
    "BlockNotRendered",
    "DocxParserWarning",
    "PowerpointTemplateWarning",
    "IgnoredIOError",
    "CouldNotFetchResource",
    "CouldNotDetermineImageSize",
    "CouldNotConvertImage",
    "CouldNotDetermineMimeType",
    "CouldNotConvertTeXMath",
    "CouldNotParseCSS",
    "Fetching",
    "Extracting",
    "LoadedResource",
    "ScriptingInfo",
    "ScriptingWarning",
    "NoTitleElement",
    "NoLangSpecified",
    "InvalidLang",
    "CouldNotHighlight",
    "MissingCharacter",
    "Deprecated",
    "NoTranslation",
    "CouldNotLoadTranslations",
    "UnusualConversion",
    "UnexpectedXmlElement",
    "UnknownOrgExportOption",
    "CouldNotDeduceFormat",
    "RunningFilter",
    "FilterCompleted",
    "CiteprocWarning",
    "ATXHeadingInLHS",
    "EnvironmentVariableUndefined",
    "DuplicateAttribute",
    "NotUTF8Encoded",
    "MakePDFInfo",
    "MakePDFWarning",
    "UnclosedDiv",
    "UnsupportedCodePage",
    "YamlWarning",
    "UnsupportedPdfStandard",
]  # the constructors of Text.Pandoc.Logging.LogMessage, pandoc 3.9


def entry(kind: str, **fields: object) -> LogEntry:
    return LogEntry(type=kind, verbosity="WARNING", pretty=f"says {kind}", fields=fields)


def test_every_kind_of_message_is_told_or_let_pass_for_a_reason() -> None:
    assert sorted([*TOLD, *IGNORED, *UNFORESEEN]) == sorted(KINDS)
    assert all(IGNORED.values())
    assert all(code_of(code) for code, _, _ in TOLD.values())


def test_what_nobody_foresaw_is_told_with_its_words() -> None:
    for kind in ("InvalidLang", "AKindOfTheFuture"):
        (found,) = findings([entry(kind)], path="a.md")
        assert (found.code, dict(found.arguments)) == ("REN101", {"message": f"says {kind}"})


def test_messages_are_told_at_the_line_that_they_name() -> None:
    log = [entry("UnclosedDiv", openpos={"line": 3, "column": 1}, closepos={"line": 9})]
    log += [entry("DuplicateNoteReference", contents="a", line=7, column=2)]
    shown = [f"{each.code} {each.span}" for each in findings(log, path="a.md")]
    assert shown == ["REN195 a.md:3:1", "REN182 a.md:7:2"]


def test_what_is_let_pass_or_only_information_gives_no_finding() -> None:
    assert findings([entry(kind) for kind in IGNORED]) == ()
    quiet = LogEntry(type="InvalidLang", verbosity="INFO", pretty="x")
    assert findings([quiet]) == ()
