"""Word files for tests, written part by part, with what word processors really put there."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "v": "urn:schemas-microsoft-com:vml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STYLES = {
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Judul1": "heading 1",
    "Caption": "caption",
    "Quote": "Quote",
    "Author": "Author",
    "Abstract": "Abstract",
    "CommentText": "annotation text",
    "FootnoteText": "footnote text",
}


def run(text: str, properties: str = "") -> str:
    """A run of text; `properties` are elements of `w:rPr`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def bold(text: str) -> str:
    return run(text, "<w:b/>")


def italic(text: str, language: str = "") -> str:
    return run(text, "<w:i/>" + (f'<w:lang w:val="{language}"/>' if language else ""))


def raised(text: str) -> str:
    return run(text, '<w:vertAlign w:val="superscript"/>')


def paragraph(*runs: str, style: str = "", centred: bool = False, more: str = "") -> str:
    """A paragraph; texts that are no XML become runs."""
    inner = "".join(each if each.startswith("<") else run(each) for each in runs)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += '<w:jc w:val="center"/>' if centred else ""
    return f"<w:p><w:pPr>{properties}{more}</w:pPr>{inner}</w:p>"


def heading(text: str, level: int = 1) -> str:
    return paragraph(text, style=f"Heading{level}")


def field(code: str, shown: str) -> str:
    """A complex field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def item(**values: object) -> dict[str, object]:
    """A work as reference managers describe it, in CSL."""
    usual: dict[str, object] = {
        "type": "article-journal",
        "title": "Kerja sama Indonesia dan UNICEF",
        "author": [{"family": "Safira", "given": "Triani"}],
        "issued": {"date-parts": [["2022"]]},
        "container-title": "Politica",
        "language": "id",
    }
    return {**usual, **values}


def zotero(shown: str, *items: tuple[object, Mapping[str, object], Mapping[str, object]]) -> str:
    """A citation of Zotero: for each work its number, its data and its locator."""
    works = [
        {"id": number, "uris": [f"http://zotero.org/{number}"], "itemData": {**data, "id": number}}
        | dict(locator)
        for number, data, locator in items
    ]
    citation = {
        "citationID": "abc",
        "properties": {"formattedCitation": shown, "plainCitation": shown, "noteIndex": 0},
        "citationItems": works,
    }
    return field(f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(citation)}", shown)


def mendeley(shown: str, data: Mapping[str, object]) -> str:
    """A citation of Mendeley Desktop, which counts works from 1 in each citation."""
    work = {"id": "ITEM-1", "itemData": {**data, "id": "ITEM-1"}, "uris": ["http://m/1"]}
    citation = {"citationItems": [work], "mendeley": {"formattedCitation": shown}}
    return field(f"ADDIN CSL_CITATION {json.dumps(citation)}", shown)


def endnote(shown: str, author: str, year: str, title: str) -> str:
    """A citation of EndNote."""
    record = (
        f"<EndNote><Cite><Author>{author}</Author><Year>{year}</Year><RecNum>5</RecNum>"
        f"<DisplayText>{shown}</DisplayText><record><rec-number>5</rec-number>"
        '<ref-type name="Journal Article">17</ref-type><contributors><authors>'
        f"<author>{author}</author></authors></contributors><titles><title>{title}</title>"
        f"<secondary-title>Journal</secondary-title></titles><dates><year>{year}</year></dates>"
        "</record></Cite></EndNote>"
    )
    return field(f"ADDIN EN.CITE {record}", shown)


def bookmark(name: str, inner: str) -> str:
    return f'<w:bookmarkStart w:id="7" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="7"/>'


def caption(word: str, number: str, title: str, mark: str = "") -> str:
    """A caption as Word inserts it, its label perhaps within a bookmark."""
    label = run(f"{word} ") + field(f"SEQ {word} \\* ARABIC", number)
    return paragraph(bookmark(mark, label) if mark else label, run(f". {title}"), style="Caption")


def table(rows: Sequence[Sequence[str]]) -> str:
    cells = (
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    grid = "".join('<w:gridCol w:w="3000"/>' for _ in rows[0])
    look = '<w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr>'
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{''.join(cells)}</w:tbl>"


def cell(*runs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(*runs)}</w:tc>"


def grid(rows: Sequence[Sequence[str]], columns: int) -> str:
    """A table of cells that are XML already."""
    inner = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    widths = '<w:gridCol w:w="2000"/>' * columns
    look = '<w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr>'
    return f"<w:tbl>{look}<w:tblGrid>{widths}</w:tblGrid>{inner}</w:tbl>"


def contents(*lines: str) -> str:
    """A table of contents as Word makes it, without the control around it."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3" \\h'
    begin += '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    tab = "<w:r><w:tab/></w:r>"
    shown = [run(line) + tab + field("PAGEREF _Toc1 \\h", "3") for line in lines]
    shown[0] = begin + shown[0]
    end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return "".join(f"<w:p>{each}</w:p>" for each in shown) + end


def picture(relation: str, description: str = "") -> str:
    """A picture of 6 by 4 cm."""
    size = 'cx="2160000" cy="1440000"'
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent {size}/><wp:docPr id="1" name="Gambar"'
        f" descr={quoteattr(description)}/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill>'
        f"<pic:spPr><a:xfrm><a:ext {size}/></a:xfrm></pic:spPr>"
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def box(text: str) -> str:
    """A text box, with the copy for old programs that Word writes beside it."""
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        f'wordprocessingShape"><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def formula(text: str, *, alone: bool = False) -> str:
    inner = f"<m:oMath><m:r><m:t>{escape(text)}</m:t></m:r></m:oMath>"
    return f"<m:oMathPara>{inner}</m:oMathPara>" if alone else inner


def inserted(text: str) -> str:
    return f'<w:ins w:id="8" w:author="Ani" w:date="2020-01-01T00:00:00Z">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    gone = f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r>'
    return f'<w:del w:id="9" w:author="Ani" w:date="2020-01-01T00:00:00Z">{gone}</w:del>'


def commented(number: int, text: str) -> str:
    return (
        f'<w:commentRangeStart w:id="{number}"/>{run(text)}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def footnote(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def word(
    *body: str,
    language: str = "id-ID",
    footnotes: Mapping[int, str] | None = None,
    comments: Mapping[int, tuple[str, str]] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    header: str = "",
    numbering: str = "",
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """A .docx file; `pictures` are named in the text as `rId-NAME`."""
    relations = {"styles": "styles.xml"}
    notes = footnotes or {}
    said = comments or {}
    parts: dict[str, bytes] = {
        "word/styles.xml": _styles(language),
        "word/document.xml": _part(
            "document", f"<w:body>{''.join(body)}{_section(header)}</w:body>"
        ),
    }
    if notes:
        relations["footnotes"] = "footnotes.xml"
        inner = "".join(
            f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>'
            for number, text in notes.items()
        )
        parts["word/footnotes.xml"] = _part("footnotes", inner)
    if said:
        relations["comments"] = "comments.xml"
        inner = "".join(
            f'<w:comment w:id="{number}" w:author={quoteattr(author)}>{paragraph(text)}</w:comment>'
            for number, (author, text) in said.items()
        )
        parts["word/comments.xml"] = _part("comments", inner)
    if numbering:
        relations["numbering"] = "numbering.xml"
        parts["word/numbering.xml"] = numbering.encode()
    if header:
        relations["header"] = "header1.xml"
        parts["word/header1.xml"] = _part("hdr", paragraph(header))
    links = [_relation(f"rId-{kind}", kind, target) for kind, target in relations.items()]
    for name, data in (pictures or {}).items():
        parts[f"word/media/{name}"] = data
        links.append(_relation(f"rId-{name}", "image", f"media/{name}"))
    parts["word/_rels/document.xml.rels"] = _relations(links)
    parts["_rels/.rels"] = _relations([_relation("rId1", "officeDocument", "word/document.xml")])
    parts["[Content_Types].xml"] = _content_types(parts)
    return zipped({**parts, **(more or {})})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A package of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    line = b"\0" + bytes(colour) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(line * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _part(root: str, inner: str) -> bytes:
    return f'<?xml version="1.0"?><w:{root} {_NAMESPACES}>{inner}</w:{root}>'.encode()


def _styles(language: str) -> bytes:
    default = f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{language}"/></w:rPr>'
    default += "</w:rPrDefault></w:docDefaults>"
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _STYLES.items()
    )
    return _part("styles", default + styles)


def _section(header: str) -> str:
    link = '<w:headerReference w:type="default" r:id="rId-header"/>' if header else ""
    return f"<w:sectPr>{link}</w:sectPr>"


def _relation(identifier: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _relations(links: Sequence[str]) -> bytes:
    address = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{address}">{"".join(links)}</Relationships>'.encode()


def _content_types(parts: Mapping[str, bytes]) -> bytes:
    address = "http://schemas.openxmlformats.org/package/2006/content-types"
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "footnotes": "footnotes",
        "comments": "comments",
        "header1": "header",
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
        if f"word/{name}.xml" in parts
    )
    defaults = "".join(
        f'<Default Extension="{suffix}" ContentType="{kind}"/>'
        for suffix, kind in {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            "png": "image/png",
            "emf": "image/x-emf",
            "gif": "image/gif",
        }.items()
    )
    return f'<Types xmlns="{address}">{defaults}{overrides}</Types>'.encode()
