"""A corpus as a REFI-QDA project that was read back and found the same."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO

from bukti.base.diagnostic import Problem, Severity, diagnose
from bukti.base.span import Span
from bukti.clean.coding import records
from bukti.clean.coding.archive import Archive
from bukti.clean.coding.identifiers import guid
from bukti.clean.coding.reader import read_corpus
from bukti.clean.coding.records import Corpus, Segment
from bukti.clean.coding.refi_writing import PROJECT, written_project


def exported(corpus: Corpus, name: str) -> bytes:
    """The project's archive, valid by the standard's schema, with the same counts and offsets.

    Raises Problem with the errors of a corpus that has some, and where the archive, read back,
    says anything else than the corpus.
    """
    faults = [each for each in corpus.findings if each.severity is Severity.ERROR]
    if faults:
        raise Problem(*faults)
    data = written_project(corpus, name)
    reason = schema_fault(data) or next(differences(corpus, read_corpus(data, name)), None)
    if reason is not None:
        raise Problem(diagnose("QUA131", Span(path=corpus.path), reason=reason))
    return data


def schema_fault(data: bytes) -> str | None:
    """What the schema of REFI-QDA does not allow in a project's archive; None where it is valid."""
    from lxml import etree

    source = files("bukti").joinpath("schemas", "refi-qda-project.xsd").read_bytes()
    schema = etree.XMLSchema(etree.parse(BytesIO(source)))
    if schema.validate(etree.fromstring(Archive(data, "").read(PROJECT))):
        return None
    return str(schema.error_log.last_error.message)


def differences(corpus: Corpus, again: Corpus) -> Iterator[str]:
    """What a corpus that was written and read back says otherwise."""
    texts = {guid("document", each.id): each.text for each in corpus.documents}
    for each in again.documents:
        if texts.pop(each.id, None) != each.text:
            yield each.id
    yield from texts
    paths = {guid("code", each.id): each.path for each in corpus.codes}
    if paths != {each.id: each.path for each in again.codes}:
        yield "codes"
    before = {guid("segment", each.id): _passage(each) for each in corpus.segments}
    for segment in again.segments:
        if before.pop(segment.id, None) not in (_passage(segment), None):
            yield segment.id
    yield from (each for each in before if before[each][0] != records.WHOLE)


def _passage(each: Segment) -> tuple[object, ...]:
    """What must be the same: where a passage stands, what it says, what it is coded as."""
    codes = sorted(guid("code", coding.code) for coding in each.codings)
    words = " ".join(each.text.split()) if each.start is None else each.text
    whole = each.state == records.WHOLE
    return (
        records.WHOLE if whole else "",
        guid("document", each.document),
        each.start,
        each.end,
        words,
        codes,
    )
