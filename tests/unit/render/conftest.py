"""A small paper in two languages, as the manuscript stage would hand it over."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import Any, Protocol

import pytest

from bukti.base.digest import canonical_json
from bukti.base.language import language_of
from bukti.base.tree import Node, Nodes, walk
from bukti.manuscript.byline import Byline, byline_meta
from bukti.project.byline import Affiliation, Author, Journal, Publication
from bukti.render.nodes import attr_of, plain_text, rewrite
from bukti.render.plan import FigureFiles, Invocation, Typesetter
from bukti.tools import pandoc, typst

HERE = Path(__file__).parent
FONTS = Path(typst.__file__).resolve().parents[1] / "fonts"
WORDS: dict[str, dict[str, str]] = {
    "id": {
        "abstract": "Abstrak",
        "keywords": "Kata kunci",
        "draft": "DRAF",
        "references": "Daftar Pustaka",
        "correspondence": "Korespondensi",
        "version": "Versi",
        "source": "Sumber",
        "evidence": "Bukti",
        "figure": "Gambar",
        "table": "Tabel",
        "stale": "kedaluwarsa",
    },
    "en": {"figure": "Figure", "table": "Table"},
}
TITLES = {
    "id": "Perkawinan anak di Indonesia: kecenderungan, perbedaan antardaerah, dan mutu data",
    "en": "Child marriage in Indonesia: trends, regional differences and the quality of data",
}
SUBTITLES = {"id": "Kajian atas dua survei nasional", "en": "A study of two national surveys"}
ABSTRACTS = {
    "id": "Kajian ini membandingkan angka perkawinan anak menurut dua survei nasional. Angkanya "
    "[2,30 persen]{.mark .holds claims=rate.2020 index=17 kind=claim} pada 2020. Perbedaan "
    "antarsurvei sebagian besar berasal dari cara pencatatan, bukan dari perubahan perilaku, "
    "sehingga perbandingan antardaerah harus dibaca dengan hati-hati.",
    "en": "This study compares rates of child marriage in two national surveys. The rate was "
    "[2.30 per cent]{.mark .holds claims=rate.2020 index=17 kind=claim} in 2020. Most of the "
    "difference between the surveys comes from the way of recording, not from behaviour, so "
    "that comparisons between regions call for caution.",
}
KEYWORDS = {
    "id": ("perkawinan anak", "survei rumah tangga", "mutu data"),
    "en": ("child marriage", "household surveys", "data quality"),
}


@functools.cache
def inlines(text: str) -> Nodes:
    tree, _ = pandoc.read_markdown(text)
    return list(tree["blocks"][0]["c"]) if tree["blocks"] else []


@functools.cache
def blocks(text: str) -> Nodes:
    tree, _ = pandoc.read_markdown(text)
    return list(tree["blocks"])


def _string(text: str) -> Node:
    return {"t": "MetaString", "c": text}


def _words(language: str) -> dict[str, str]:
    return {**language_of(language).words, **WORDS[language]}


def _summary(language: str) -> dict[str, Node]:
    keywords = [{"t": "MetaInlines", "c": inlines(each)} for each in KEYWORDS[language]]
    return {
        "lang": _string(language),
        "title": {"t": "MetaInlines", "c": inlines(TITLES[language])},
        "abstract": {"t": "MetaBlocks", "c": blocks(ABSTRACTS[language])},
        "keywords": {"t": "MetaList", "c": keywords},
    }


BYLINE = Byline(
    authors=(
        Author(
            name="Dewi Rahmawati",
            family="Rahmawati",
            affiliations=("un", "pkk"),
            orcid="0000-0002-1825-0097",
            email="dewi@example.org",
            corresponding=True,
            equal=True,
        ),
        Author(name="Suparman", affiliations=("pkk",), equal=True),
    ),
    affiliations={
        "un": Affiliation(
            name={"id": "Universitas Nusantara, Yogyakarta", "en": "Nusantara University"},
            ror="https://ror.org/012345678",
        ),
        "pkk": Affiliation(name="Pusat Kajian Kependudukan, Kupang"),
    },
    publication=Publication(
        received="2026-01-05",
        accepted="2026-02-10",
        doi="10.1234/jk.2026.7",
        copyright="© 2026 Penulis",
        license="CC-BY-4.0",
        journal=Journal(name="Jurnal Kependudukan", volume="3", issue="1", pages="1-24"),
    ),
)


def meta(language: str, *, draft: bool) -> dict[str, Node]:
    other = "en" if language == "id" else "id"
    words = {key: _string(word) for key, word in _words(language).items()}
    foreign = {key: _string(word) for key, word in _words(other).items()}
    other_summary = {**_summary(other), "words": {"t": "MetaMap", "c": foreign}}
    statement = {
        "title": {"t": "MetaInlines", "c": inlines("Ketersediaan data")},
        "text": {"t": "MetaBlocks", "c": blocks("Semua data tersedia bersama naskah ini.")},
    }
    return {
        **_summary(language),
        "subtitle": {"t": "MetaInlines", "c": inlines(SUBTITLES[language])},
        **byline_meta(BYLINE, language),
        "date": _string("2026-03-14"),
        "version": _string("1.2"),
        "draft": {"t": "MetaBool", "c": draft},
        "words": {"t": "MetaMap", "c": words},
        "statements": {"t": "MetaList", "c": [{"t": "MetaMap", "c": statement}]},
        "other": {"t": "MetaList", "c": [{"t": "MetaMap", "c": other_summary}]},
    }


def number_exhibits(tree: Any, language: str) -> Any:
    """Give figures and tables their classes, numbers and labels in reading order."""
    counts = {"Figure": 0, "Table": 0}

    def change(node: Node) -> Nodes | None:
        kind = node["t"]
        if kind not in counts or not attr_of(node)[0]:
            return None
        counts[kind] += 1
        word = WORDS[language][kind.lower()]
        pairs = [["number", str(counts[kind])], ["label", f"{word} {counts[kind]}"]]
        identifier, classes, _ = attr_of(node)
        attr = [identifier, [f"bukti-{kind.lower()}", *classes], pairs]
        return [{"t": kind, "c": [attr, *node["c"][1:]]}]

    numbered = rewrite(tree, change)
    for image in walk(numbered):
        if image["t"] == "Image" and image["c"][2][0].startswith("figure:"):
            address = image["c"][2][0].removeprefix("figure:")
            alt = plain_text(image["c"][1])
            image["c"] = [[address, ["bukti-figure"], [["alt", alt]]], [], image["c"][2]]
    return numbered


@functools.cache
def figures() -> dict[str, FigureFiles]:
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot, rc_context

    result = {}
    with rc_context({"svg.hashsalt": "bukti", "font.size": 8, "svg.fonttype": "path"}):
        for name, values in (("trend", (4.1, 3.6, 2.9, 2.4, 1.98, 2.3)), ("cases", (3, 7, 5, 2))):
            figure, axes = pyplot.subplots(figsize=(5.5, 2.6))
            if name == "trend":
                axes.plot(range(2015, 2021), values, color="black", marker="o")
            else:
                axes.bar(range(len(values)), values, color="0.55")
            axes.spines[["top", "right"]].set_visible(False)
            axes.set_ylabel("persen")
            files = []
            for form in ("svg", "png"):
                buffer = io.BytesIO()
                figure.savefig(
                    buffer, format=form, metadata={"Date": None} if form == "svg" else None, dpi=200
                )
                files.append(buffer.getvalue())
            pyplot.close(figure)
            result[name] = FigureFiles(svg=files[0], png=files[1], width_mm=139.7)
    return result


def invocation(language: str = "id", *, draft: bool = True, extra: str = "") -> Invocation:
    """The sample paper in a language, with more Markdown at its end if given."""
    text = (HERE / f"sample.{language}.md").read_text(encoding="utf-8") + extra
    tree, _ = pandoc.read_markdown(text)
    tree, _ = pandoc.citeproc(tree, bibliography=HERE / "sample.bib", lang=language)
    tree["meta"] = meta(language, draft=draft)
    tree = number_exhibits(tree, language)
    claim = {"scheme": "claim", "id": "rate.2020", "kind": "value", "value": 2.3, "unit": "percent"}
    mark = {"scheme": "claim", "claims": ["rate.2020"], "text": "2,30 persen", "status": "holds"}
    record = {"version": 1, "language": language, "claims": [claim], "marks": [mark]}
    evidence = canonical_json(record).encode()
    return Invocation(
        tree=tree,
        language=language,
        figures=figures(),
        evidence=evidence,
        path=f"manuscript/{language}",
    )


class Paper(Protocol):
    """Builds the sample paper."""

    def __call__(
        self, language: str = ..., *, draft: bool = ..., extra: str = ...
    ) -> Invocation: ...


typeset = functools.partial(typst.typeset, fonts=FONTS)


@pytest.fixture(name="paper", scope="session")
def paper_fixture() -> Paper:
    return invocation


@pytest.fixture(name="typeset", scope="session")
def typeset_fixture() -> Typesetter:
    return typeset
