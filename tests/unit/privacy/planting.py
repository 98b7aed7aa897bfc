"""Files of every kind with one text planted at one place."""

from __future__ import annotations

import json
import zipfile
import zlib
from base64 import b64encode
from io import BytesIO

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEAD = b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SVG = "http://www.w3.org/2000/svg"


def chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + kind + content + check


def png(planted: str, kind: str = "tEXt") -> bytes:
    data = planted.encode()
    contents = {
        "tEXt": b"Author\x00" + data,
        "zTXt": b"Author\x00\x00" + zlib.compress(data),
        "iTXt": b"Author\x00\x00\x00id\x00Penulis\x00" + data,
        "squeezed": b"Author\x00\x01\x00\x00\x00" + zlib.compress(data),
        "eXIf": b"MM\x00*\x00\x00\x00\x08" + planted.encode("utf-16-le"),
    }
    name = "iTXt" if kind == "squeezed" else kind
    chunks = [chunk(b"IHDR", HEAD), chunk(name.encode(), contents[kind])]
    pixels = [chunk(b"IDAT", zlib.compress(b"\x00\x00")), chunk(b"IEND", b"")]
    return b"".join([SIGNATURE, *chunks, *pixels])


def jpeg(planted: str, marker: int = 0xE1) -> bytes:
    exif = b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + planted.encode() + b"\x00"
    content = planted.encode() if marker == 0xFE else exif
    segment = bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content
    start = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    return start + segment + b"\xff\xda\x00\x02\x11\x22\x33\xff\xd9"


def svg(planted: str, place: str = "text") -> bytes:
    inner = {
        "text": f"<text>{planted}</text>",
        "tspans": f"<text><tspan>{planted[:3]}</tspan><tspan>{planted[3:]}</tspan></text>",
        "title": f"<title>{planted}</title>",
        "comment": f"<!-- {planted} --><path d='M 0 0'/>",
        "metadata": f"<metadata><creator>{planted}</creator></metadata>",
        "attribute": f"<g aria-label='{planted}'/>",
        "picture": f"<image href='data:image/png;base64,{b64encode(png(planted)).decode()}'/>",
    }[place]
    return f"<?xml version='1.0'?>\n<svg xmlns='{SVG}'>{inner}</svg>".encode()


def html(planted: str, place: str = "text") -> bytes:
    coded = b64encode(svg(planted)).decode()
    percent = "".join(f"%{byte:02x}" for byte in svg(planted))
    body = {
        "text": f"<p>kata {planted}.</p>",
        "inline": f"<p>{planted[:2]}<em>{planted[2:5]}</em>{planted[5:]}</p>",
        "alt": f"<img alt='{planted}'>",
        "title": f"<span title='{planted}'>x</span>",
        "comment": f"<!-- {planted} -->",
        "meta": f"<meta name='author' content='{planted}'>",
        "script": f"<script>var a = '{planted}';</script>",
        "json": f"<script type='application/json' id='evidence'>{json.dumps([planted])}</script>",
        "style": f"<style>p::before {{ content: '{planted}' }}</style>",
        "svg": svg(planted).decode().partition("?>")[2],
        "data": f"<img src='data:image/svg+xml;base64,{coded}'>",
        "percent": f"<img src='data:image/svg+xml,{percent}'>",
        "css": f"<style>p {{ background: url(data:image/svg+xml;base64,{coded}) }}</style>",
        "hidden": f"<template><p>{planted}</p></template>",
    }[place]
    return (
        f"<!DOCTYPE html>\n<html><head><title>x</title></head><body>{body}</body></html>".encode()
    )


def package(entries: dict[str, bytes], comment: bytes = b"") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
        archive.comment = comment
    return buffer.getvalue()


def word(inner: str, root: str = "document") -> bytes:
    return f'<?xml version="1.0"?>\n<w:{root} xmlns:w="{WORD}">{inner}</w:{root}>'.encode()


def docx(planted: str, place: str = "body") -> bytes:
    runs = f"<w:r><w:t>{planted[:3]}</w:t></w:r>\n <w:r><w:rPr><w:b/><w:color w:val='ff'/></w:rPr>"
    text = f"<w:p><w:r><w:t>{planted}</w:t></w:r></w:p>"
    entries = {
        "body": {"word/document.xml": word(text)},
        "runs": {"word/document.xml": word(f"<w:p>{runs}<w:t>{planted[3:]}</w:t></w:r></w:p>")},
        "deleted": {
            "word/document.xml": word(
                f"<w:p><w:del><w:r><w:delText>{planted}</w:delText></w:r></w:del></w:p>"
            )
        },
        "author": {"word/document.xml": word(f"<w:p><w:ins w:author='{planted}'/></w:p>")},
        "comment": {"word/comments.xml": word(text, "comments")},
        "commenter": {"word/comments.xml": word(f"<w:comment w:author='{planted}'/>", "comments")},
        "people": {"word/people.xml": f"<people><person author='{planted}'/></people>".encode()},
        "footnote": {"word/footnotes.xml": word(text, "footnotes")},
        "header": {"word/header1.xml": word(text, "hdr")},
        "core": {"docProps/core.xml": f"<c><creator>{planted}</creator></c>".encode()},
        "custom": {"customXml/item1.xml": f"<e>{json.dumps({'a' * 300: planted})}</e>".encode()},
        "picture": {"word/media/a.png": png(planted)},
        "embedded": {
            "word/embeddings/a.xlsx": package(
                {"xl/sharedStrings.xml": f"<s><t>{planted}</t></s>".encode()}
            )
        },
        "object": {
            "word/embeddings/a.bin": b"\xd0\xcf\x11\xe0" + planted.encode("utf-16-le") + b"\x01\x00"
        },
        "field": {
            "word/document.xml": word(
                f"<w:p><w:r><w:instrText>LINK {planted}</w:instrText></w:r></w:p>"
            )
        },
        "name": {f"word/media/{planted}.png": png("x")},
    }
    return package(
        {"[Content_Types].xml": b"<Types/>", **entries.get(place, {})},
        planted.encode() if place == "zip" else b"",
    )


def notebook(planted: str, place: str = "stream") -> bytes:
    outputs = {
        "stream": {"output_type": "stream", "name": "stdout", "text": [planted[:4], planted[4:]]},
        "html": display({"text/html": [f"<td>{planted}</td>"]}),
        "plain": display({"text/plain": planted}),
        "picture": display({"image/png": b64encode(png(planted)).decode()}),
        "drawing": display(
            {"application/vnd.bukti.result+json": {"svg": {"id": svg(planted).decode()}}}
        ),
        "metadata": {**display({"text/plain": "x"}), "metadata": {"who": planted}},
        "error": {"output_type": "error", "ename": "E", "evalue": planted, "traceback": ["x"]},
    }
    cell = {
        "cell_type": "code",
        "metadata": {"note": planted} if place == "cell" else {},
        "source": [f"x = '{planted}'\n"] if place == "source" else "x",
        "outputs": [outputs[place]] if place in outputs else [],
    }
    book = {"cells": [{"cell_type": "markdown", "metadata": {}, "source": "t"}, cell]}
    return json.dumps(
        {**book, "metadata": {"authors": [planted] if place == "book" else []}}
    ).encode()


def display(data: dict[str, object]) -> dict[str, object]:
    return {"output_type": "display_data", "data": data, "metadata": {}}


def tree(planted: str) -> bytes:
    words = planted.split()
    inlines: list[dict[str, object]] = []
    for each in words:
        inlines += [{"t": "Space"}, {"t": "Str", "c": each}]
    return json.dumps({"blocks": [{"t": "Para", "c": inlines[1:]}]}).encode()


def pdf(planted: str, place: str = "page") -> bytes:
    """A page whose cross-reference table PDFium makes itself."""
    wide = "<" + ("\ufeff" + planted).encode("utf-16-be").hex() + ">"
    words = f"({planted})" if place == "page" else "(x)"
    stream = f"BT /F 12 Tf 20 100 Td {words} Tj ET".encode()
    note = {
        "note": f"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents {wide}>>",
        "author": f"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T {wide}>>",
        "link": f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(mailto:{planted})>>>>",
    }.get(place, "")
    attached = png(planted) if place == "attached" else b"nothing"
    creator = planted if place == "xmp" else "x"
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><c>{creator}</c></x:xmpmeta>"
    title = wide if place == "outline" else "(x)"
    names = wide if place == "filename" else "(a.png)"
    alt = f"/Alt {wide}" if place == "alt" else ""
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R/Outlines 7 0 R/MarkInfo<</Marked true>>"
        b"/StructTreeRoot 11 0 R/Names<</EmbeddedFiles<</Names[(a) 9 0 R]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 200]/Contents 4 0 R/StructParents 0"
        f"/Annots[{note}]/Resources<</Font<</F 5 0 R>>>>>>".encode(),
        with_stream(b"", stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        with_stream(b"/Type/Metadata/Subtype/XML", xmp.encode()),
        b"<</Type/Outlines/First 8 0 R/Last 8 0 R/Count 1>>",
        f"<</Title {title}/Parent 7 0 R/Dest[3 0 R/Fit]>>".encode(),
        f"<</Type/Filespec/F {names}/UF {names}/EF<</F 10 0 R>>>>".encode(),
        with_stream(b"/Type/EmbeddedFile", attached),
        b"<</Type/StructTreeRoot/K 12 0 R/ParentTree<</Nums[0[12 0 R]]>>>>",
        f"<</Type/StructElem/S/Figure/P 11 0 R/Pg 3 0 R/K 0{alt}>>".encode(),
        f"<</Author {wide if place == 'info' else '(x)'}>>".encode(),
    ]
    pieces = [b"%PDF-1.7\n"]
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(sum(map(len, pieces)))
        pieces.append(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = sum(map(len, pieces))
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(bodies) + 1
    pieces.append(
        f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<</Size {count}/Root 1 0 R"
        f"/Info {len(bodies)} 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    if place == "photo":
        pieces.insert(1, b"%" + jpeg(planted) + b"\n")
    return b"".join(pieces)


def with_stream(keys: bytes, data: bytes) -> bytes:
    return f"<</Length {len(data)}".encode() + keys + b">>\nstream\n" + data + b"\nendstream"
