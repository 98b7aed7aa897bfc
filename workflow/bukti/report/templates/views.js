/** The heading of a view or a thing; it takes the focus when one comes there. @param {any} text @param {boolean} [leads] */
function heading(text, leads = true) {
  return el("h2", { class: "view-heading", tabindex: "-1", "data-leads": leads ? "" : null }, text);
}

/** The first screen. */
function overview() {
  const sum = DATA.summary;
  return el("div", { class: "overview" },
    heading(w("nav-overview")),
    el("p", { class: "verdict" }, verdict(sum)),
    el("p", { class: "meta" }, w("written-by-authors", { version: DATA.engine.version })),
    el("div", { class: "columns" },
      el("section", { class: "unchecked" }, el("h3", {}, w("not-checked")), el("ul", {}, notChecked(sum).map((each) => el("li", {}, each)))),
      el("section", {}, el("h3", {}, w("checked")), groundsTable(sum), el("p", { class: "meta" }, w("accepted-means", sum.approved)))),
    el("div", { class: "columns" },
      el("section", {}, el("h3", {}, w("rests-on")), restsOn(sum)),
      el("section", {}, el("h3", {}, w("rebuilt-with")), rebuiltWith(sum))));
}

/** @param {any} sum @returns {string} */
function verdict(sum) {
  const marks = Object.values(sum.statuses).reduce((one, other) => one + other, 0);
  if (!marks) return w("verdict-none");
  const key = sum.statuses.holds === marks ? "verdict-all" : "verdict-some";
  return w(key, { holds: sum.statuses.holds, open: marks - sum.statuses.holds, marks });
}

/** What nobody and nothing compared, each with its number. @param {any} sum @returns {any[]} */
function notChecked(sum) {
  const editions = editionsInOrder().map((each) => [each.language, sum.editions[each.language]]);
  const sentences = editions.filter(([, each]) => each.sentences).map(([language, each]) =>
    link(`#text?edition=${language}&unmarked=1`, w("unmarked-sentences", {
      language: languageName(language), part: each.sentences - each.marked, whole: each.sentences, cited: each.cited,
    })));
  const numbers = editions.filter(([, each]) => each.bound + each.bare).map(([language, each]) =>
    w("numbers-of-edition", {
      language: languageName(language), bare: each.bare, all: each.bound + each.bare,
      allowed: Object.values(each.allowed).reduce((one, other) => one + other, 0),
    }));
  const given = sum.grounds.given.used;
  const documents = sum.documents;
  return [
    w("interpretation-never"),
    ...sentences,
    ...numbers,
    given ? link("#claims?ground=given&status=used", w("given-count", { count: given })) : null,
    documents.locators ? link("#claims?ground=documented&status=used", w("locators-only", { part: documents.locators, whole: documents.all })) : null,
    link("#findings", w("waivers-count", { count: sum.findings.waived })),
    w("restricted-count", {
      tables: sum.not_included.length, sources: sum.sources.restricted,
      claims: sum.not_included.reduce((count, each) => count + each.claims.length, 0),
    }),
    sum.unconfined ? w("unconfined-count", { part: sum.unconfined, whole: Object.keys(sum.confinement).length }) : null,
  ].filter(Boolean);
}

/** @param {any} sum */
function groundsTable(sum) {
  const order = ["computed", "transcribed", "documented", "quotation", "given"];
  const rows = order.map((ground) => [
    link(`#claims?ground=${ground}&status=used`, w(`ground-${ground}`)),
    outOf(sum.grounds[ground].holds, sum.grounds[ground].used),
    el("span", { class: "meta" }, w(`ground-${ground}-means`)),
  ]);
  return table({ caption: w("claims-by-ground"), heads: [w("ground"), w("holds-of-used"), w("means")], rows, headed: true, hidden: true });
}

/** @param {any} sum */
function restsOn(sum) {
  const sources = sum.sources;
  const marks = Object.entries(sum.editions).map(([language, each]) => `${languageName(language)} ${number(each.marks)}`);
  return facts([
    [w("sources-used"), link("#sources", outOf(sources.used, sources.registered))],
    [w("sources-secondary"), `${outOf(sources.secondary, sources.used)} (${share(sources.secondary, sources.used)})` + (sources.unknown ? `; ${w("standing-unknown")}: ${sources.unknown}` : "")],
    [w("largest-publisher"), sources.publisher && `${sources.publisher}: ${outOf(sources.of_publisher, sources.used)} (${share(sources.of_publisher, sources.used)})`],
    [w("documents-graded"), sum.documents.all ? w("documents-grades", sum.documents) : ""],
    [w("second-reading"), w("read-twice-counts", { ...sum.read_twice, used: sum.grounds.computed.used + sum.grounds.transcribed.used })],
    [w("parity-of-editions"), DATA.editions.length > 1 ? [link("#parity", sum.findings.parity ? w("parity-differs", { count: sum.findings.parity }) : w("parity-same")), el("span", { class: "meta" }, `${w("marks")}: ${marks.join(", ")}`)] : w("one-edition")],
    [w("findings-open"), link("#findings", w("findings-counts", sum.findings))],
  ]);
}

/** @param {any} sum */
function rebuiltWith(sum) {
  const levels = distinct(Object.values(sum.confinement));
  const papers = DATA.paper.papers.map((path) => [link(`../${path.replace(/^outputs\//, "")}`, fileName(path)), " "]);
  return facts([
    [w("paper"), [DATA.paper.name, DATA.paper.version, DATA.paper.date].filter(Boolean).join(", ")],
    [w("level"), w(`level-${DATA.paper.level}`)],
    [w("papers"), papers],
    [w("engine"), `bukti ${DATA.engine.version}`],
    [w("code-digest"), el("code", { class: "digest" }, DATA.engine.code.slice(0, 16))],
    [w("libraries"), [link("#build", w("libraries-count", { count: DATA.engine.packages.length, python: DATA.engine.python })), " ", el("code", { class: "digest" }, DATA.engine.lock.slice(0, 16))]],
    [w("confinement"), levels.length ? levels.map((each) => `${each}: ${outOf(Object.values(sum.confinement).filter((level) => level === each).length, Object.keys(sum.confinement).length)}`).join("; ") : w("no-notebooks")],
  ]);
}

/** The text of an edition with its marks; sentences without one are told apart. @param {Place} place */
function textView(place) {
  const asked = place.asked.get("edition");
  if (asked && EDITIONS.has(asked)) STATE.editionOfText = asked;
  if (place.asked.has("unmarked")) STATE.onlyUnmarked = place.asked.get("unmarked") === "1";
  const edition = EDITIONS.get(STATE.editionOfText) || leadingEdition();
  if (!edition) return el("div", {}, heading(w("nav-text")));
  const sum = DATA.summary.editions[edition.language];
  return el("div", { class: "reading" },
    heading(w("nav-text")),
    el("p", {}, w("text-explained")),
    el("div", { class: "filters" },
      el("div", { class: "field" }, el("label", { for: "text-edition" }, w("edition")),
        el("select", { id: "text-edition", change: (event) => { location.hash = `#text?edition=${event.target.value}`; } },
          DATA.editions.map((each) => el("option", { value: each.language, selected: each === edition }, languageName(each.language))))),
      el("div", { class: "field check" },
        el("input", { type: "checkbox", id: "text-unmarked", checked: STATE.onlyUnmarked, change: (event) => { location.hash = `#text?edition=${edition.language}&unmarked=${event.target.checked ? 1 : 0}`; } }),
        el("label", { for: "text-unmarked" }, w("only-unmarked")))),
    el("p", { class: "count", role: "status" }, w("unmarked-sentences", { language: languageName(edition.language), part: sum.sentences - sum.marked, whole: sum.sentences, cited: sum.cited })),
    el("div", { lang: edition.language, class: STATE.onlyUnmarked ? "prose only-unmarked" : "prose" }, proseOf(edition)));
}

/** @param {any} edition */
function proseOf(edition) {
  const levels = indexed(edition.sections, (each) => each.id);
  const blocks = [];
  let cells = [];
  const close = () => { if (cells.length) blocks.push(el("p", { class: "cells" }, cells.map((each, place) => [place ? " · " : "", each]))); cells = []; };
  edition.passages.forEach((passage) => {
    if (passage.hidden) return;
    if (passage.kind === "cell") { cells.push(wordsWithMarks(edition, passage)); return; }
    close();
    if (STATE.onlyUnmarked && !passage.sentences.length && passage.kind !== "heading") return;
    if (passage.kind === "heading") blocks.push(el((levels.get(passage.section) || { level: 1 }).level > 1 ? "h4" : "h3", {}, passage.text));
    else blocks.push(el("p", { class: passage.kind }, passage.sentences.length ? sentencesOf(edition, passage) : wordsWithMarks(edition, passage)));
  });
  close();
  return blocks;
}

/** @param {any} edition @param {any} passage */
function sentencesOf(edition, passage) {
  return passage.sentences.map(([start, end]) => {
    const marked = passage.marks.some(([from, to]) => from < end && to > start);
    if (STATE.onlyUnmarked && marked) return el("span", { class: "skipped" }, "… ");
    return [el("span", { class: marked ? "marked" : "unmarked" }, wordsWithMarks(edition, passage, start, end)), " "];
  });
}

/** Words between two characters of a passage, each mark a link to its claim. @param {any} edition @param {any} passage @param {number} [start] @param {number} [end] */
function wordsWithMarks(edition, passage, start = 0, end = passage.text.length) {
  const parts = [];
  let at = start;
  const marks = passage.marks.map(([from, to, number]) => [from, to, (text) => markLinks(edition.marks[number], text)]);
  const references = passage.references.map(([from, to, kind, name]) => [from, to, (text) => link(within(kind, name), text)]);
  for (const [from, to, made] of [...marks, ...references].sort((one, other) => one[0] - other[0])) {
    if (from < at || to > end) continue;
    parts.push(passage.text.slice(at, from), made(passage.text.slice(from, to)));
    at = to;
  }
  return [...parts, passage.text.slice(at, end)];
}

/** The words of a mark as a link to its first claim, with one more for each other. @param {any} mark @param {string} text */
function markLinks(mark, text) {
  const first = link(within(mark.scheme, mark.claims[0]), text, { class: `mark ${mark.status}` });
  return [first, mark.claims.slice(1).map((id, place) => el("sup", {}, link(within(mark.scheme, id), place + 2, { "aria-label": id })))];
}

/** Sections side by side: what each edition has there. */
function parityView() {
  const editions = editionsInOrder();
  const ids = [...new Set(editions.flatMap((edition) => edition.sections.map((each) => each.id)))];
  const rows = ids.map((id) => [
    editions.map((edition) => sectionTitle(edition, id)).find(Boolean) || id,
    ...editions.map((edition) => countsOfSection(edition, id)),
  ]);
  const found = DATA.findings.filter((each) => each.code.startsWith("PAR"));
  const heads = [w("section"), ...editions.map((each) => languageName(each.language))];
  return el("div", {},
    heading(w("nav-parity")),
    el("p", {}, w("parity-explained")),
    found.length ? el("ul", { class: "findings" }, found.map(findingItem)) : el("p", { class: "verdict" }, editions.length > 1 ? w("parity-same") : w("one-edition")),
    scrolling(w("parity-of-editions"), table({ caption: w("parity-caption"), heads, rows, headed: true })));
}

/** @param {any} edition @param {string} id @returns {string} */
function countsOfSection(edition, id) {
  const passages = edition.passages.filter((each) => each.section === id && !each.hidden);
  const marks = edition.marks.filter((each) => each.section === id).length;
  if (!edition.sections.some((each) => each.id === id)) return w("no-such-section");
  return w("section-counts", { passages: passages.length, marks });
}

/** Findings that are open, then those that are waived. */
function findingsView() {
  const open = DATA.findings.filter((each) => each.waived === null);
  const waived = DATA.findings.filter((each) => each.waived !== null);
  return el("div", {},
    heading(w("nav-findings")),
    el("p", {}, w("findings-explained")),
    section(w("findings-open"), open.length ? el("ul", { class: "findings" }, open.map(findingItem)) : el("p", {}, w("no-findings-here"))),
    section(w("waivers"), waived.length ? el("ul", { class: "findings" }, waived.map(findingItem)) : el("p", {}, w("no-waivers"))));
}
