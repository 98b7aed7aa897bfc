"""OpenDocument texts for tests, as LibreOffice writes them."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from tests.word import zipped

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
        "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    }.items()
)
_STYLES = """
<style:default-style style:family="paragraph"><style:text-properties fo:language="id"
 fo:country="ID"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties
 fo:text-align="center"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"/>
<style:style style:name="Caption" style:family="paragraph"/>
<style:style style:name="Table" style:family="paragraph" style:parent-style-name="Caption"/>
<style:style style:name="Illustration" style:family="paragraph" style:parent-style-name="Caption"/>
<style:style style:name="Quotations" style:family="paragraph"/>
"""
_AUTOMATIC = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"
 fo:language="en" fo:country="US"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties
 style:text-position="super 58%"/></style:style>
"""


def para(inner: str, style: str = "Standard") -> str:
    """A paragraph; a text that is no XML is escaped."""
    content = inner if "<" in inner else escape(inner)
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def head(text: str, level: int = 1) -> str:
    return f'<text:h text:outline-level="{level}">{escape(text)}</text:h>'


def span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{escape(text)}</text:span>'


def ranged(kind: str, name: str, shown: str) -> str:
    """A reference mark or bookmark around words."""
    value = quoteattr(name)
    start, end = f"<text:{kind}-start text:name={value}/>", f"<text:{kind}-end text:name={value}/>"
    return start + shown + end


def fieldmark(code: str, shown: str) -> str:
    """A field that came from Word."""
    return (
        '<field:fieldmark-start text:name="" field:type="vnd.oasis.opendocument.field.UNHANDLED">'
        '<field:param field:name="vnd.oasis.opendocument.field.code" '
        f"field:value={quoteattr(code)}/></field:fieldmark-start><field:fieldmark-separator/>"
        f"{shown}<field:fieldmark-end/>"
    )


def image(name: str, alt: str = "") -> str:
    described = f"<svg:desc>{escape(alt)}</svg:desc>" if alt else ""
    return (
        '<draw:frame draw:name="Image1" text:anchor-type="as-char" svg:width="6cm"'
        f' svg:height="4cm"><draw:image xlink:href="Pictures/{name}"/>{described}</draw:frame>'
    )


def sequence(kind: str, number: str) -> str:
    return (
        f'<text:sequence text:ref-name="ref{kind}{number}" text:name="{kind}">{number}'
        "</text:sequence>"
    )


def odt(*body: str, parts: Mapping[str, bytes] | None = None, meta: str = "") -> bytes:
    """An .odt file with these paragraphs."""
    content = (
        f"<office:automatic-styles>{_AUTOMATIC}</office:automatic-styles>"
        f"<office:body><office:text>{''.join(body)}</office:text></office:body>"
    )
    files = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": _part("document-content", content),
        "styles.xml": _part("document-styles", f"<office:styles>{_STYLES}</office:styles>"),
        "meta.xml": _part("document-meta", f"<office:meta>{meta}</office:meta>"),
        "META-INF/manifest.xml": b"<manifest/>",
    }
    return zipped({**files, **(parts or {})})


def _part(root: str, inner: str) -> bytes:
    return f'<?xml version="1.0"?><office:{root} {_NAMESPACES}>{inner}</office:{root}>'.encode()
