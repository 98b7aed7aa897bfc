"""The evidence appendix as blocks that every writer can set."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from bukti.base.language import language_of, written_date
from bukti.base.tree import Node, Nodes, attributes
from bukti.render.appendix_nodes import (
    bullets,
    close_together,
    code,
    defined,
    dotted,
    emphasis,
    heading,
    link,
    row_lines,
    strong,
    table,
    words,
)
from bukti.render.nodes import div, paragraph, rewrite, span

ENTRY = "evidence-entry"
SIDES = "evidence-sides"
SIDE = "evidence-side"
SOURCE = "evidence-source"
IDENTIFIER = "evidence-appendix"
REPORT = "../report/index.html"  # from the folder of the papers
_FULL = 2  # up to so many sources are described in an entry itself
_TITLE = 160

Record = Mapping[str, Any]


def anchor_of(scheme: str, claim: str) -> str:
    """The identifier of a claim's entry; no id of a claim has a hyphen."""
    return f"evidence-given-{claim}" if scheme == "given" else f"evidence-{claim}"


def place_anchor(index: int | str) -> str:
    """The identifier of a mark in the text."""
    return f"mark-{index}"


@dataclass(slots=True)
class Leads:
    """Which marks of a paper lead to an entry, and which of them an entry can lead back to.

    `known` are the schemes and ids of the claims that have entries; `placed` gathers the numbers
    of marks as they are set. While `apart` is true, no mark becomes a place to lead to.
    """

    known: frozenset[tuple[str, str]] = frozenset()
    placed: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    apart: bool = False

    def target(self, pairs: Mapping[str, str]) -> str:
        """The entry of the first claim of a mark that has one; empty without any."""
        scheme = pairs.get("kind", "claim")
        known = (each for each in pairs.get("claims", "").split("+"))
        return next((anchor_of(scheme, each) for each in known if (scheme, each) in self.known), "")

    def place(self, pairs: Mapping[str, str]) -> str:
        """The identifier that a mark gets: the first with its number; empty for any other."""
        index = pairs.get("index", "")
        if self.apart or not index or index in self.placed:
            return ""
        self.placed.add(index)
        return place_anchor(index)

    def blocks(self, record: Record, *, tabular: bool = False) -> Nodes:
        """The appendix, when all marks have been set; nothing where no claim has an entry."""
        if not record["entries"]:
            return []
        appendix = Appendix(
            record=record, placed=self.placed, targets=self.targets, tabular=tabular
        )
        return appendix.blocks()


def leads_of(record: Record | None) -> Leads:
    """What leads to the entries of a record; nothing where a paper has no appendix."""
    entries = record["entries"] if record else ()
    return Leads(known=frozenset((each["scheme"], each["id"]) for each in entries))


def linkable(inlines: Nodes) -> tuple[Nodes, Nodes]:
    """Words that may stand in a link, without links of their own, and the notes among them."""
    notes: Nodes = []

    def change(node: Node) -> Nodes | None:
        if node["t"] == "Note":
            notes.append(node)
            return []
        if node["t"] == "Link":
            inner: Nodes = rewrite(node["c"][1], change)
            return inner
        return None

    words: Nodes = rewrite(inlines, change)
    return words, notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Appendix:
    """The record of an edition's evidence, and what of its text can be led to.

    `placed` are the numbers of marks, `targets` the identifiers of figures and tables. Where it
    is `tabular`, rows of data are tables; elsewhere all is set for pages, as short as may be.
    """

    record: Record
    placed: Collection[str] = ()
    targets: Collection[str] = ()
    tabular: bool = False

    def blocks(self) -> Nodes:
        """Title, rule, an entry for each claim, the figures and tables, the sources."""
        found: Nodes = [
            heading(1, IDENTIFIER, words(self._word("title"))),
            paragraph([*words(self._word("intro")), {"t": "Space"}, *words(self._rule())]),
        ]
        for title, entries in groupby(self.record["entries"], key=_section):
            found.append(heading(2, "", words(title or self._word("front"))))
            found += [self._entry(each) for each in entries]
        if self.record["exhibits"]:
            found.append(heading(2, "", words(self._word("exhibits"))))
            found += [self._exhibit(each) for each in self.record["exhibits"]]
        if self.record["sources"]:
            found.append(heading(2, "", words(self._word("sources"))))
            found += [self._source_entry(each) for each in self.record["sources"]]
        return found

    def _word(self, key: str, **values: object) -> str:
        text = language_of(self.record["language"]).evidence[key]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    @property
    def _back(self) -> str:
        return self._word("back")

    def _rule(self) -> str:
        return self._word("rule", **self.record["limits"])

    def _entry(self, entry: Record) -> Node:
        lines = [(self._word("in-text"), [bullets(map(self._place, entry["places"]))])]
        together = list(dict.fromkeys(name for each in entry["places"] for name in each["with"]))
        if together:
            lines.append((self._word("together"), [paragraph(self._linked(entry, together))]))
        if entry["grade"]:
            lines.append((self._word("ground"), [paragraph(self._grade(entry["grade"]))]))
        if entry["data"]:
            lines += self._data(entry["data"])
        behind = [(self._word("sources"), self._sources(entry))] if entry["sources"] else []
        behind += self._report(entry["scheme"], entry["id"])
        sides = self._sides(entry)
        parts = [lines, behind] if sides else [lines + behind]
        first, *rest = [self._lines(each) for each in parts if each]
        return div(
            attributes(anchor_of(entry["scheme"], entry["id"]), [ENTRY]),
            [paragraph(self._title(entry)), *first, *sides, *[b for each in rest for b in each]],
        )

    def _report(self, kind: str, name: str) -> list[tuple[str, Nodes]]:
        """The way to all that stands behind it; pages on paper have none."""
        if not self.tabular:
            return []
        address = f"{REPORT}?lang={self.record['language']}#{kind}-{name}"
        return [(self._word("report"), [paragraph([link([code(name)], address, outside=True)])])]

    def _lines(self, lines: Sequence[tuple[str, Nodes]]) -> Nodes:
        """Terms with what they say: as definitions, or close together for a page."""
        return [defined(lines)] if self.tabular else close_together(lines)

    def _title(self, entry: Record) -> Nodes:
        said = entry["statement"] or entry["value"]
        if entry["kind"] == "test":
            said = self._word("true")
        if said and len(said) > _TITLE:
            said = said[:_TITLE].rpartition(" ")[0] + " [\u2026]"
        if said and entry["kind"] == "quotation":
            said = f"\u201c{said}\u201d"
        return (
            [strong(words(said)), {"t": "Space"}, code(entry["id"])]
            if said
            else [code(entry["id"])]
        )

    def _place(self, place: Record) -> Nodes:
        title = place["title"] or self._word("front")
        lead = words(title)
        if str(place["index"]) in self.placed:
            lead = [link(lead, place_anchor(place["index"]), self._back)]
        before, after = place["before"], place["after"]
        said = [*words(before), strong(words(place["text"])), *words(after)]
        status = [] if place["status"] == "holds" else words(f" ({place['status']})")
        return [paragraph([*lead, *words(": "), *said, *status])]

    def _linked(self, entry: Record, names: Sequence[str]) -> Nodes:
        known = {(each["scheme"], each["id"]) for each in self.record["entries"]}
        return dotted(
            [link([code(name)], anchor_of(entry["scheme"], name))]
            if (entry["scheme"], name) in known
            else [code(name)]
            for name in names
        )

    def _grade(self, grade: Record) -> Nodes:
        alone = [words(self._word("one-source"))] if grade["sources"] == 1 else []
        return dotted([words(self._word(f"ground-{grade['ground']}")), *alone])

    def _sides(self, entry: Record) -> Nodes:
        """What documents say for and against a claim, beside each other where there is both."""
        if entry["kind"] == "quotation":
            return [bullets(map(self._item, entry["items"]))]
        sides = [self._side(entry, side) for side in ("for", "against")]
        shown = [each for each in sides if each]
        return [div(attributes(classes=[SIDES]), shown)] if shown else []

    def _side(self, entry: Record, side: str) -> Node:
        counts = (entry["counts"] or {}).get(side)
        if not counts or not counts["passages"]:
            return {}
        items = [each for each in entry["items"] if each["against"] == (side == "against")]
        told = [
            words(self._word(key, count=counts[key]))
            for key in ("passages", "documents", "actors")
            if counts[key]
        ]
        lead = [strong(words(self._word(side))), *words(" \u2013 "), *dotted(told)]
        more = self._more(counts["more"])
        return div(
            attributes(classes=[SIDE]),
            [paragraph(lead), bullets(map(self._item, items)), *more],
        )

    def _more(self, count: int) -> Nodes:
        return [paragraph(words(self._word("more", count=count)))] if count else []

    def _item(self, item: Record) -> Nodes:
        blocks: Nodes = []
        if item["hidden"]:
            blocks.append(paragraph(emphasis(words(self._word("hidden-text")))))
        if item["text"]:
            cut = words(" [\u2026]") if item["cut"] else []
            said = words(f"\u201c{item['text']}\u201d")
            if item["language"]:
                said = [span(attributes(pairs=[("lang", item["language"])]), said)]
            blocks.append(paragraph([*said, *cut]))
        if item["translation"]:
            lead = words(f"{self._word('translation').capitalize()}: ")
            blocks.append(paragraph([*lead, *words(f"\u201c{item['translation']}\u201d")]))
        if item["shows"]:
            blocks.append(paragraph(words(item["shows"])))
        return [*blocks, paragraph(dotted(self._about(item)))]

    def _about(self, item: Record) -> Iterator[Nodes]:
        if item["source"]:
            yield self._short(item["source"])
        for key in ("document", "year", "locator"):
            if item[key]:
                yield words(item[key])
        if item["page"] and item["page"] not in (item["locator"] or ""):
            yield words(f"{self._word('page')} {item['page']}")
        for key in ("codes", "actor"):
            if item[key]:
                yield words(f"{self._word(key.removesuffix('s'))}: {item[key]}")
        if item["kind"] == "segment":
            yield [*words(f"{self._word('passage')} "), code(item["id"])]
        if item["kind"] == "quotation":
            yield words(self._tier(item))

    def _tier(self, item: Record) -> str:
        if item["attested"]:
            return self._word("attested", name=item["attested"])
        return self._word(f"tier-{item['tier'] or 'none'}")

    def _data(self, data: Record) -> Iterator[tuple[str, Nodes]]:
        if data["count"]:
            yield self._word("counted"), [paragraph(words(self._counted(data["count"])))]
        else:
            cell = words(self._word("cell", number=data["cell"]))
            yield self._word("computed"), [paragraph([code(data["notebook"]), *words(", "), *cell])]
        if data["tables"]:
            yield self._word("table"), [paragraph(self._table(each)) for each in data["tables"]]
        if data["hidden"]:
            yield self._word("rows"), [paragraph(words(self._word("hidden-rows")))]
        elif data["rows"]:
            numbers = [str(each) for each in data["numbers"]]
            setter = table if self.tabular else row_lines
            shown = setter(data["columns"], data["rows"], numbers, self._word("row"))
            yield self._word("rows"), [shown, *self._more(data["more"])]

    def _counted(self, count: Record) -> str:
        """What was counted, with or without the codes below."""
        if not count["code"]:
            return self._word("count-of-all")
        below = "-below" if count["below"] else ""
        return self._word(f"count-{count['of']}{below}", path=count["path"])

    def _table(self, named: Record) -> Nodes:
        title = [*words(named["title"]), {"t": "Space"}] if named["title"] else []
        raw = dotted([code(each)] for each in named["raw"])
        files = [*words(f" \u2013 {self._word('raw')}: "), *raw] if raw else []
        return [*title, code(named["name"]), *files]

    def _sources(self, entry: Record) -> Nodes:
        known = {each["id"]: each for each in self.record["sources"]}
        if self.tabular and len(entry["sources"]) <= _FULL:
            located = entry.get("locator")
            more = [words(located)] if located else []
            return [
                *(
                    paragraph(dotted([*self._described(known[name]), *more]))
                    for name in entry["sources"]
                ),
                *self._more(entry["more_sources"]),
            ]
        told = [self._short(name) for name in entry["sources"]]
        told += [words(entry["locator"])] if entry.get("locator") else []
        more = [words(self._word("more", count=entry["more_sources"]))]
        return [paragraph(dotted([*told, *(more if entry["more_sources"] else [])]))]

    def _short(self, name: str) -> Nodes:
        source = next((each for each in self.record["sources"] if each["id"] == name), None)
        if source is None or not source["title"]:
            return [code(name)]
        shown = source["publisher"] or source["title"]
        year = f" {source['year']}" if source["year"] else ""
        return [link(words(f"{shown}{year}"), f"{SOURCE}-{name}")]

    def _source_entry(self, source: Record) -> Node:
        told = [*self._described(source, linked=False), [code(source["id"])]]
        return div(attributes(f"{SOURCE}-{source['id']}", [SOURCE]), [paragraph(dotted(told))])

    def _described(self, source: Record, *, linked: bool = True) -> Iterator[Nodes]:
        """A source: what it is, its address, when it was seen, whether its file is there."""
        named = ". ".join(filter(None, (source["title"], source["publisher"], source["year"])))
        shown = words(named or source["id"])
        yield [link(shown, f"{SOURCE}-{source['id']}")] if linked else shown
        if source["address"]:
            yield [link(words(source["address"]), source["address"], outside=True)]
        if source["accessed"]:
            day = date.fromisoformat(source["accessed"])
            yield words(self._word("accessed", date=written_date(day, self.record["language"])))
        if source["standing"]:
            yield words(self._word(source["standing"]))
        if source["access"] != "open":
            yield words(self._word("restricted"))
        yield words(self._word("held" if source["held"] else "absent"))

    def _exhibit(self, exhibit: Record) -> Node:
        label = words(f"{exhibit['label']}. ") if exhibit["label"] else []
        title: Nodes = [strong([*label, *words(exhibit["caption"])])]
        lines: list[tuple[str, Nodes]] = []
        if exhibit["target"] in self.targets:
            back = link(words(exhibit["label"] or exhibit["id"]), exhibit["target"], self._back)
            lines.append((self._word("in-text"), [paragraph([back])]))
        cell = words(self._word("cell", number=exhibit["cell"]))
        made = [paragraph([code(exhibit["notebook"]), *words(", "), *cell])]
        lines.append((self._word("computed"), made))
        if exhibit["tables"]:
            tables = [paragraph(self._table(each)) for each in exhibit["tables"]]
            lines.append((self._word("table"), tables))
        if exhibit["sources"]:
            lines.append((self._word("sources"), self._sources(exhibit)))
        lines += self._report(exhibit["kind"], exhibit["id"])
        name = anchor_of("", f"{exhibit['kind']}-{exhibit['id']}")
        return div(attributes(name, [ENTRY]), [paragraph(title), *self._lines(lines)])


def _section(entry: Record) -> str:
    return str(entry["places"][0]["title"])
