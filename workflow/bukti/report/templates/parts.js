/** A status in words, told apart by more than its colour. @param {string} status */
function statusSign(status) {
  return el("span", { class: `status ${status}` }, w(`status-${status}`));
}

/** @param {any} claim @returns {string} */
function addressOf(claim) {
  return within(claim.scheme, claim.id);
}

/** A link to a claim by its id; the id alone where there is no such claim. @param {string} scheme @param {string} id */
function claimLink(scheme, id) {
  return CLAIMS.has(`${scheme}-${id}`) ? link(within(scheme, id), el("code", {}, id)) : el("code", {}, id);
}

/** @param {string} id @returns {HTMLElement} */
function sourceLink(id) {
  const source = SOURCES.get(id);
  if (!source) return el("span", {}, id);
  return link(within("source", id), inLanguage(source.short) || inLanguage(source.title) || id);
}

/** A source as evidence: what it is, where it is to be found, what stands of it. @param {string} id @param {string} [locator] */
function sourceCard(id, locator) {
  const source = SOURCES.get(id);
  if (!source) return el("li", {}, id, locator ? `, ${locator}` : null);
  return el("li", {},
    link(within("source", id), inLanguage(source.title) || id),
    el("span", { class: "meta" }, [inLanguage(source.publisher), source.year].filter(Boolean).join(", ")),
    locator ? el("span", { class: "meta" }, w("at-place", { place: locator })) : null,
    el("span", { class: "meta" }, standingOf(source), addressLine(source)));
}

/** @param {any} source @returns {string} */
function standingOf(source) {
  const standing = source.standing ? w(`standing-${source.standing}`) : w("standing-unknown");
  const access = source.access && source.access !== "open" ? `; ${w(`access-${source.access}`)}` : "";
  return standing + access;
}

/** @param {any} source */
function addressLine(source) {
  const parts = [];
  if (source.url) parts.push(" · ", link(source.url, source.url));
  if (source.doi) parts.push(" · ", link(`https://doi.org/${source.doi}`, `doi:${source.doi}`));
  if (source.accessed) parts.push(` · ${w("accessed", { day: source.accessed })}`);
  return parts;
}

/** The code of a cell and what it gave. @param {string} path @param {number} cellNumber */
function cellBlock(path, cellNumber) {
  const book = NOTEBOOKS.get(path);
  const cell = book && book.cells[cellNumber - 1];
  if (!cell) return el("p", {}, path);
  const name = w("cell-of", { notebook: path, cell: cellNumber });
  return el("div", { class: "cell" },
    el("p", { class: "meta" }, link(`${within("notebook", book.name)}?cell=${cellNumber}`, name)),
    codeBlock(cell.source, name),
    outputsOf(cell, name));
}

/** @param {string} source @param {string} label */
function codeBlock(source, label) {
  return el("pre", { class: "code", tabindex: "0", role: "group", "aria-label": label }, el("code", {}, source));
}

/** @param {any} cell @param {string} label */
function outputsOf(cell, label) {
  const given = cell.outputs.map((output) => outputOf(output, label)).filter(Boolean);
  return given.length ? folded(w("what-the-cell-gave", { count: given.length }), given, true) : null;
}

/** @param {any} output @param {string} label */
function outputOf(output, label) {
  if (output.withheld) return el("p", { class: "meta" }, w("output-withheld"));
  if (output.figure !== undefined) return el("p", {}, w("figure-given"), " ", link(within("figure", output.figure), output.figure));
  if (output.picture) return el("img", { src: output.picture, alt: w("picture-given"), class: "given" });
  if (output.left) return el("p", { class: "meta" }, w("picture-left-out", { size: Math.round(output.size / 1024) }));
  return el("pre", { class: "output", tabindex: "0", role: "group", "aria-label": `${label}: ${w("output")}` }, output.text);
}

/** A row of the pool as an object. @param {number} index @returns {Object<string, any>} */
function rowOf(index) {
  const [columns, ...cells] = DATA.pool.rows[index];
  return Object.fromEntries(DATA.pool.columns[columns].map((name, place) => [name, cells[place]]));
}

/** @param {any} value @returns {string} */
function cellText(value) {
  if (value === null || value === undefined) return "–";
  return typeof value === "boolean" ? w(value ? "true" : "false") : String(value);
}

const FEW_ROWS = 12;

/** The rows behind a claim, each with its line in the raw file where that is known. @param {any} claim */
function rowsBlock(claim) {
  const rows = (claim.rows || []).map(rowOf);
  if (claim.withheld) return el("p", { class: "meta" }, w("rows-withheld"));
  if (!rows.length) return null;
  const numbers = claim.numbers || [];
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const heads = [...(numbers.length ? [w("row")] : []), ...columns.map((name) => el("code", {}, name))];
  const body = rows.map((row, place) => [
    ...(numbers.length ? [numbers[place]] : []), ...columns.map((name) => cellText(row[name])),
  ]);
  const caption = claim.table ? w("rows-of-table", { table: claim.table }) : w("rows-behind");
  const shownTable = scrolling(caption, table({ caption, heads, rows: body, hidden: true }));
  const more = claim.more ? el("p", { class: "meta" }, w("more-rows", { count: claim.more })) : null;
  return rows.length > FEW_ROWS ? folded(w("rows-count", { count: rows.length }), [shownTable, more]) : [shownTable, more];
}

/** The raw file of a claim's table, and the lines that its rows come from. @param {any} claim */
function rawBlock(claim) {
  const record = CLEANING.get(claim.table);
  if (!record) return null;
  const lines = (claim.numbers || []).map((row) => record.origin[row]).filter(Boolean);
  return record.raw.map((file) => rawFile(file, record.raw.length === 1 ? lines : []));
}

/** @param {any} file @param {number[]} lines */
function rawFile(file, lines) {
  const known = DATA.raw[file.name] || { lines: {}, title: "" };
  const path = `data/raw/${file.name}`;
  const place = lines.length ? w("at-lines", { lines: [...new Set(lines)].slice(0, 12).join(", ") }) : "";
  const texts = [...new Set(lines)].filter((line) => known.lines[line]).slice(0, 20);
  return el("div", { class: "raw" },
    el("p", {}, el("code", {}, path), " ", place,
      el("span", { class: "meta" }, [inLanguage(known.title), known.kind ? w(`raw-${known.kind}`) : ""].filter(Boolean).join("; ")),
      el("span", { class: "meta digest" }, `SHA-256 ${file.digest}`)),
    texts.length
      ? el("pre", { class: "output", tabindex: "0", role: "group", "aria-label": path }, texts.map((line) => `${line}: ${known.lines[line]}\n`))
      : null,
    known.access && known.access !== "open" ? el("p", { class: "meta" }, w(`access-${known.access}`)) : null);
}

/** The title of a section in an edition. @param {any} edition @param {string} id @returns {string} */
function sectionTitle(edition, id) {
  const section = edition.sections.find((each) => each.id === id);
  return section ? section.title : "";
}

/**
 * A passage with one mark made plain: its sentence in full ink, the mark itself bold.
 * @param {any} edition
 * @param {any} mark
 */
function passageWith(edition, mark) {
  const passage = edition.passages[mark.passage];
  if (!passage) return el("p", { class: "passage" }, mark.text);
  const own = passage.marks.find(([, , number]) => edition.marks[number] === mark);
  if (!own) return el("p", { class: "passage", lang: edition.language }, passage.text);
  const [start, end] = own;
  const sentence = passage.sentences.find(([from, to]) => from <= start && start < to) || [0, passage.text.length];
  const cut = (from, to) => passage.text.slice(from, to);
  return el("p", { class: "passage", lang: edition.language },
    cut(0, sentence[0]),
    el("span", { class: "sentence" }, cut(sentence[0], start), el("b", {}, cut(start, end)), cut(end, Math.max(end, sentence[1]))),
    cut(Math.max(end, sentence[1]), undefined));
}

/** Findings that name a claim. @param {any} claim */
function findingsOf(claim) {
  return DATA.findings.filter((each) => each.claims.some((text) => text.split(/[,+]\s*/).includes(claim.id)));
}

/** A finding with what it says and what to do. @param {any} finding */
function findingItem(finding) {
  return el("li", { class: `finding ${finding.severity}` },
    el("p", {}, el("strong", {}, `${finding.code} ${finding.name}`), " ",
      el("span", { class: "meta" }, w(`severity-${finding.severity}`), finding.place ? [" · ", el("code", {}, finding.place)] : null)),
    el("p", {}, inLanguage(finding.message)),
    finding.notes.map((each) => el("p", { class: "meta" }, inLanguage(each))),
    finding.waived === null ? el("p", { class: "meta" }, inLanguage(finding.hint))
      : el("p", { class: "waived" }, w("waived-because", { reason: finding.waived })));
}
