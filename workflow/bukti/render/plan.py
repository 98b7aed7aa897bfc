"""What the render stage is given, what it gives back, and the measures of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bukti.base.diagnostic import Diagnostic
from bukti.base.span import Span
from bukti.project.page_settings import PageSettings

Result = tuple[bytes, tuple[Diagnostic, ...]]


_HYPHENATED = (
    "af be bg ca cs da de el en es et fi fr hr hu is it ka ku la lt mn nb nl nn pl pt ru sk sl sq"
    " sr sv tk tr uk"
)
"""The languages for which Typst knows where words may be divided."""


_CAPTION_MM = 40.0
_LEAST_PICTURE_MM = 40.0
_BODY_PT = 10.5


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFiles:
    """A figure of a notebook in one edition's language: as vectors, as pixels, and how wide."""

    svg: bytes
    png: bytes
    width_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The measures of a page, in millimetres."""

    page: PageSettings = field(default_factory=PageSettings)
    hyphenated: str = _HYPHENATED

    @property
    def width_mm(self) -> float:
        """The width of the paper."""
        return self.page.width_mm

    @property
    def height_mm(self) -> float:
        """The height of the paper."""
        return self.page.height_mm

    @property
    def text_width_mm(self) -> float:
        """The width between the margins."""
        return self.page.text_width_mm

    @property
    def column_width_mm(self) -> float:
        """The width of a line of the body."""
        return self.page.column_width_mm

    @property
    def scale(self) -> float:
        """The size of letters beside those of a body of 10.5 points."""
        return self.page.size_pt / _BODY_PT

    def exhibit_width_mm(self, *, wide: bool, spans: bool) -> float:
        """The room for a figure or table: across, over both columns, or in one."""
        if wide:
            return self.across_width_mm
        return self.text_width_mm if spans else self.column_width_mm

    @property
    def picture_height_mm(self) -> float:
        """The height of the largest picture: that of the page without its caption and sources."""
        return max(self.page.text_height_mm - _CAPTION_MM, _LEAST_PICTURE_MM)

    @property
    def across_width_mm(self) -> float:
        """The width of the text on a page that lies across."""
        return self.height_mm - self.width_mm + self.text_width_mm

    @property
    def across_height_mm(self) -> float:
        """The height of the largest picture on a page that lies across."""
        across = self.width_mm - self.height_mm + self.page.text_height_mm
        return max(across - _CAPTION_MM, _LEAST_PICTURE_MM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """One edition to render: its resolved tree and all the bytes that the tree names.

    `pictures` holds plain picture files by their address in the text; `path` is the file that
    findings name when nothing in the tree is nearer. `fonts` are font files of the compendium,
    `reference` is a journal's Word document; `appendix` is the record of the evidence appendix,
    where the paper has one.
    """

    tree: Mapping[str, Any]
    language: str
    figures: Mapping[str, FigureFiles] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Span] = field(default_factory=dict)
    evidence: bytes | None = None
    appendix: Mapping[str, Any] | None = None
    epoch: int = 315532800  # 1980-01-01, the first day that a zip can name
    path: str | None = None
    page: PageSettings = field(default_factory=PageSettings)
    fonts: tuple[bytes, ...] = ()
    reference: bytes | None = None

    @property
    def layout(self) -> Layout:
        """The measures of its page."""
        return Layout(page=self.page)

    def place(self, kind: str, name: str) -> Span | None:
        """Where a picture or table stands in the files of the edition, as near as known."""
        return self.places.get((kind, name)) or (Span(path=self.path) if self.path else None)

    @property
    def evidence_name(self) -> str:
        """The name under which the evidence is attached."""
        return f"evidence.{self.language}.json"


class Converter(Protocol):
    """The writer of pandoc: `bukti.tools.pandoc.convert`."""

    def __call__(
        self,
        tree: Mapping[str, Any],
        to: str,
        *,
        arguments: Sequence[str] = ...,
        files: Mapping[str, bytes] | None = ...,
        path: str | None = ...,
        epoch: int = ...,
    ) -> tuple[bytes, tuple[Diagnostic, ...]]:
        """The tree in another format, and the writer's warnings."""
        ...


class Message(Protocol):
    """A warning or error of Typst."""

    @property
    def text(self) -> str:
        """The sentence."""
        ...

    @property
    def hints(self) -> tuple[str, ...]:
        """What may help."""
        ...

    @property
    def raw(self) -> str:
        """All that was said."""
        ...

    @property
    def file(self) -> str | None:
        """The generated file."""
        ...

    @property
    def line(self) -> int | None:
        """The line of that file."""
        ...


class TypesetResult(Protocol):
    """What Typst made: a PDF or an error, and warnings."""

    @property
    def pdf(self) -> bytes | None:
        """The PDF, if there is one."""
        ...

    @property
    def warnings(self) -> Sequence[Message]:
        """What was found odd."""
        ...

    @property
    def unshown(self) -> frozenset[str]:
        """Characters that no font has."""
        ...

    @property
    def error(self) -> Message | None:
        """Why there is no PDF."""
        ...


class Typesetter(Protocol):
    """Typst with its fonts chosen: `bukti.tools.typst.typeset` without its `fonts`."""

    def __call__(self, sources: Mapping[str, bytes], *, epoch: int = ...) -> TypesetResult:
        """The PDF of `main.typ`."""
        ...
