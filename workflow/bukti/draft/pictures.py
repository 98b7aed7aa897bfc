"""The draft's pictures as files of the compendium, with names that a person can read."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from bukti.base.tree import Node, Nodes, attributes, walk
from bukti.draft.changes import hidden
from bukti.draft.exhibits import Exhibit, slug, unique
from bukti.draft.finds import Finds, Kind
from bukti.draft.trees import is_mute, text_of
from bukti.manuscript.tree import transform, words

FOLDER = "manuscript/pictures"
_SIGNATURES = ((b"\x89PNG\r\n", "png"), (b"\xff\xd8\xff", "jpg"))
_CONVERTED = {"gif": b"GIF8", "tif": b"II*\x00", "tiff": b"MM\x00*", "bmp": b"BM"}
_SHOWN = ("png", "jpg", "svg")
_PLAIN_MODES = ("1", "L", "LA", "I;16", "P", "RGB", "RGBA")
_CENTIMETRES = {"in": 2.54, "cm": 1.0, "mm": 0.1, "pt": 2.54 / 72, "px": 2.54 / 96}


@dataclass(slots=True)
class Pictures:
    """The picture files so far, by name, for all drafts of a paper; `word` names nameless ones."""

    word: str
    files: dict[str, bytes] = field(default_factory=dict)

    def kept(
        self,
        blocks: Nodes,
        exhibits: list[Exhibit],
        sources: Mapping[str, bytes],
        finds: Finds,
    ) -> Nodes:
        """The blocks with their pictures' new addresses; unusable ones leave the exhibits."""
        labels = {each.id: f"{each.word} {each.number}." for each in exhibits}
        used: set[str] = set()
        lost: set[str] = set()

        def change(node: Node) -> Node | list[Node] | None:
            if node["t"] != "Image":
                return None
            used.add(node["c"][2][0])
            label = labels.get(node["c"][0][0], "")
            return self._image(node, sources, finds, lost, label)

        changed: Nodes = transform(blocks, change)
        exhibits[:] = [each for each in exhibits if each.id not in lost]
        for address in sorted(set(sources) - used):
            name = self._stored(PurePosixPath(address).stem, *_usable(sources[address], address))
            finds.add(Kind.PICTURES_UNPLACED, name, f"{FOLDER}/{name}")
        return [_without_empty(block) for block in changed]

    def added(self, wanted: str, data: bytes, address: str) -> tuple[str, bool]:
        """The name under which a picture is kept now, and whether papers can show it."""
        content, suffix = _usable(data, address)
        return self._stored(wanted or self.word, content, suffix), suffix in _SHOWN

    def _image(
        self,
        node: Node,
        sources: Mapping[str, bytes],
        finds: Finds,
        lost: set[str],
        label: str,
    ) -> Node | list[Node] | None:
        (identifier, _, pairs), caption, (address, _) = node["c"]
        data = sources.get(address)
        if data is None:
            if "://" in address:
                return None
            lost.add(identifier)
            return [finds.here(Kind.PICTURES_UNUSABLE, address), *_text(label, caption)]
        values = dict(pairs)
        alt = values.get("alt") or ("" if identifier else text_of(caption))
        wanted = identifier.partition(":")[2] or slug(alt) or self.word
        content, suffix = _usable(data, address)
        name = self._stored(wanted, content, suffix)
        if suffix not in _SHOWN:
            lost.add(identifier)
            note = hidden(f"{FOLDER}/{name} {alt}")
            return [finds.here(Kind.PICTURES_UNUSABLE, name), note, *_text(label, caption)]
        kept = [("alt", alt)] if alt else []
        kept += [("width", width)] if (width := _width(values.get("width", ""))) else []
        shown = caption if identifier else []
        target = [f"../pictures/{name}", ""]
        return {"t": "Image", "c": [attributes(identifier, (), kept), shown, target]}

    def _stored(self, wanted: str, data: bytes, suffix: str) -> str:
        same = [name for name, known in self.files.items() if known == data]
        if same:
            return same[0]
        stems = {name.rpartition(".")[0] for name in self.files}
        plain = wanted == self.word
        stem = unique(f"{wanted}-1" if plain else wanted, stems)
        if plain:
            number = 1
            while f"{wanted}-{number}" in stems:
                number += 1
            stem = f"{wanted}-{number}"
        self.files[f"{stem}.{suffix}"] = data
        return f"{stem}.{suffix}"


def _text(label: str, caption: Nodes) -> Nodes:
    """What is left of a figure without its picture: its label and its caption."""
    return [*words(label), {"t": "Space"}, *caption] if label else []


def _usable(data: bytes, address: str) -> tuple[bytes, str]:
    """A picture in a form that papers can show, with its suffix; else as it is."""
    for signature, suffix in _SIGNATURES:
        if data.startswith(signature):
            return data, suffix
    if b"<svg" in data[:4096]:
        return data, "svg"
    for form, signature in _CONVERTED.items():
        if data.startswith(signature):
            converted = _as_png(data)
            return (converted, "png") if converted else (data, form)
    suffix = PurePosixPath(address).suffix.lower().removeprefix(".")
    known = suffix in ("png", "jpg", "jpeg", "svg")
    return data, "bin" if known or not suffix.isalnum() else suffix


def _as_png(data: bytes) -> bytes | None:
    """The first image of a picture file, without loss; None for one that is broken."""
    from PIL import Image

    buffer = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as picture:
            plain = picture if picture.mode in _PLAIN_MODES else picture.convert("RGB")
            plain.save(buffer, "png")
    except Exception:  # whatever a decoder raises for a broken picture
        return None
    return buffer.getvalue()


def _width(length: str) -> str:
    for unit, factor in _CENTIMETRES.items():
        if length.endswith(unit):
            try:
                return f"{float(length.removesuffix(unit)) * factor:.1f}cm"
            except ValueError:
                return ""
    return ""


def _without_empty(block: Node) -> Node:
    """A paragraph whose picture is gone and that says nothing as a block of signs."""
    if block["t"] != "Para" or not all(map(is_mute, block["c"])):
        return block
    texts: Sequence[str] = [node["c"][1] for node in walk(block["c"]) if node["t"] == "RawInline"]
    return {"t": "RawBlock", "c": ["markdown", "".join(texts)]}
