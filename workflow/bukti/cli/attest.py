"""`bukti accept attestation`: quotations compared with sources that may not be shared."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date as day
from importlib.metadata import version
from typing import Any

import click

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.span import Span
from bukti.cli.accept import must_exist
from bukti.cli.session import Session
from bukti.manuscript.attestations import Attestation, attestation_of, digest_of_quotation
from bukti.manuscript.lookup import library_of
from bukti.manuscript.quotations import Library, Proof, check_quotation
from bukti.project import load_project
from bukti.project.claim_files import files_of_quotation
from bukti.project.inventory import ACCEPTED_ATTESTATIONS, CLAIMS
from bukti.tools.accepted import write_accepted_attestations
from bukti.tools.schemas import check_document
from bukti.tools.yaml_files import Document, read_yaml

_SETTLED = ("QUA354",)  # what the new record mends


def accept_attestations(
    session: Session, ids: Sequence[str], name: str | None, date: str | None
) -> int:
    """Compare quotations with their sources now and record what was found, with a person's name.

    By default those whose source not everyone may have. What does not agree is shown and not
    recorded. Raises Problem for an unknown id, and where there is no name.
    """
    project = load_project(session.root)
    claims = _claims(session)
    quotations: Mapping[str, Any] = claims.data.get("quotations", {})
    library = library_of(project)
    records = {key: attestation_of(each) for key, each in project.inventory.attested.items()}
    must_exist(ids, list({**quotations, **records}))
    chosen = list(ids) or _not_for_everyone(quotations, library, records)
    person = _person(session, name) if chosen else ""
    found: list[Diagnostic] = []
    before = dict(records)
    for each in chosen:
        if each not in quotations:
            del records[each]
            session.say(session.word("dropped-attestation", id=each))
            continue
        record, refused = _compared(each, claims, library, person, _day(date))
        found += refused
        if record is not None and record != records.get(each):
            records[each] = record
            told = {"tier": record.tier, "file": record.file, "page": record.page or "-"}
            session.say(session.word("accepted-attestation", id=each, name=person, **told))
    if records != before:
        stored = {key: each.to_json() for key, each in sorted(records.items())}
        write_accepted_attestations(project.root / ACCEPTED_ATTESTATIONS, stored)
    session.show(found)
    if not found:
        session.say(session.word("next-build" if records != before else "nothing-to-accept"))
    return 1 if found else 0


def _claims(session: Session) -> Document:
    path = session.root / CLAIMS
    if not path.is_file():
        return Document(path=CLAIMS, data={}, places={})
    document = read_yaml(path, shown_as=CLAIMS)
    faults = check_document(document, "claims")
    if faults:
        raise Problem(*faults)
    return document


def _not_for_everyone(
    quotations: Mapping[str, Any], library: Library, records: Mapping[str, Attestation]
) -> list[str]:
    """The quotations from files that are here and need not be, and records of those that went."""
    register = library.register
    here = [
        name
        for name, data in quotations.items()
        if any(
            register.may_be_absent(file) and file in library.present
            for file in files_of_quotation(data, register)
        )
    ]
    return [*here, *(name for name in records if name not in quotations)]


def _person(session: Session, name: str | None) -> str:
    given = (name or "").strip()
    if not given and sys.stdin.isatty():
        given = str(click.prompt(session.word("who-attests"), err=True)).strip()
    if not given:
        raise Problem(diagnose("QUA356"))
    return " ".join(given.split())


def _day(date: str | None) -> str:
    try:
        return "" if date is None else day.fromisoformat(date).isoformat()
    except ValueError as error:
        fault = diagnose("CFG107", key="--date", value=date, rule="2026-03-14")
        raise Problem(fault) from error


def _compared(
    name: str, claims: Document, library: Library, person: str, date: str
) -> tuple[Attestation | None, list[Diagnostic]]:
    """The record of a comparison made now, or why there is none."""
    data = claims.data["quotations"][name]

    def place(key: str) -> Span:
        return claims.span(("quotations", name, key))

    files = files_of_quotation(data, library.register)
    if not any(file in library.present for file in files):
        return None, [diagnose("QUA357", place("source"), id=name, files=", ".join(files) or "-")]
    proof, findings = check_quotation(name, data, library, place)
    refused = [each for each in findings if each.code not in _SETTLED]
    if refused or not proof.tier:
        return None, refused
    return _record(data, proof, library, person, date), []


def _record(
    data: Mapping[str, Any], proof: Proof, library: Library, person: str, date: str
) -> Attestation:
    return Attestation(
        source=data["source"],
        file=proof.file,
        digest=library.present[proof.file],
        quotation=digest_of_quotation(data),
        tier=proof.tier,
        page=proof.page,
        engine=version("bukti"),
        name=person,
        date=date,
    )
