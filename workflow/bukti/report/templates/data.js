/** Figures and tables with their data and code. @param {Place} place */
function exhibitsView(place) {
  const product = DATA.products.find((each) => `${each.kind}-${each.id}` === place.name);
  if (place.name) return product ? exhibitDetail(product) : unknown(place.name);
  const used = DATA.products.filter((each) => Object.keys(each.uses).length).sort((one, other) => placeOf(one).localeCompare(placeOf(other)));
  const others = DATA.products.filter((each) => !Object.keys(each.uses).length);
  const groups = ["figure", "table"].map((kind) => used.filter((each) => each.kind === kind));
  return el("div", {},
    heading(w("nav-exhibits")),
    groups.filter((group) => group.length).map((group) => exhibitCards(group)),
    others.length ? [el("h3", {}, w("exhibits-unused")), exhibitCards(others)] : null,
    DATA.products.length ? null : el("p", {}, w("none")));
}

/** Where the text shows it first, so that it can be sorted. @param {any} product @returns {string} */
function placeOf(product) {
  const use = Object.values(product.uses)[0][0];
  return `${fileName(use.path)} ${String(use.line).padStart(7, "0")}`;
}

/** @param {any[]} products */
function exhibitCards(products) {
  return el("ul", { class: "cards" }, products.map((product) => el("li", {},
    pictureOf(product, "thumb"),
    el("p", {}, link(within(product.kind, product.id), [w(`product-${product.kind}`), " ", el("code", {}, product.id)])),
    el("p", { class: "meta" }, captionOf(product)))));
}

/** The picture in the page's language, if it is a figure. @param {any} product @param {string} kind */
function pictureOf(product, kind) {
  if (product.kind !== "figure") return null;
  const language = product.images[STATE.language] !== undefined ? STATE.language : Object.keys(product.images)[0];
  if (language === undefined) return null;
  const alt = kind === "thumb" ? "" : wordsAt(product, "alt") || w("figure-without-words", { name: product.id });
  return el("img", { src: pictureAddress(product.images[language]), alt, class: kind, loading: "lazy", decoding: "async" });
}

/** The caption or the words for those who cannot see it. @param {any} product @param {string} part @returns {string} */
function wordsAt(product, part) {
  const edition = editionsInOrder().find((each) => product.uses[each.language]);
  const use = edition && product.uses[edition.language][0];
  return use && use[part] !== null ? edition.passages[use[part]].text : "";
}

/** @param {any} product @returns {any} */
function captionOf(product) {
  const edition = editionsInOrder().find((each) => product.uses[each.language]);
  const text = wordsAt(product, "caption");
  return edition ? el("span", { lang: edition.language }, text) : w("not-in-the-text");
}

/** @param {any} product */
function exhibitDetail(product) {
  return el("article", {},
    el("p", { class: "back" }, link("#exhibits", w("nav-exhibits"))),
    heading([w(`product-${product.kind}`), " ", el("code", {}, product.id)]),
    el("p", {}, captionOf(product)),
    product.kind === "figure" ? pictureOf(product, "whole") : tableOf(product),
    facts([
      [w("shown-at"), Object.values(product.uses).flat().map((use) => `${use.path}:${use.line}`).join(", ")],
      [w("clean-table"), product.tables.map((name) => [link(within("data", name), el("code", {}, name)), " "])],
      [w("values-are"), w(product.computed ? "values-computed" : "values-of-table")],
      [w("alt-text"), product.kind === "figure" ? wordsAt(product, "alt") : ""],
    ]),
    section(w("data-and-code"), cellBlock(product.notebook, product.cell)),
    section(w("nav-sources"), product.sources.length ? el("ul", { class: "sources" }, product.sources.map((id) => sourceCard(id))) : el("p", {}, w("no-source-named"))));
}

/** @param {string} key @returns {string} */
function labelled(key) {
  return typeof key === "string" && DATA.labels[key] ? inLanguage(DATA.labels[key]) : cellText(key);
}

/** @param {any} product */
function tableOf(product) {
  const heads = product.columns.map((name) => {
    const unit = product.units[name];
    return labelled(product.heads[name] || name) + (unit ? ` (${labelled(unit)})` : "");
  });
  const numeric = product.columns.map((_, column) => product.rows.every((row) => row[column] === null || typeof row[column] === "number"));
  const rows = product.rows.map((row) => row.map(labelled));
  const caption = `${w("product-table")} ${product.id}`;
  return [scrolling(caption, table({ caption, heads, rows, numeric, hidden: true })), product.more ? el("p", { class: "meta" }, w("more-rows", { count: product.more })) : null];
}

/** The sources that the paper rests on, then the others of the register. @param {Place} place */
function sourcesView(place) {
  if (place.name) {
    const source = SOURCES.get(place.name.replace(/^source-/, ""));
    return source ? sourceDetail(source) : unknown(place.name);
  }
  const counts = claimsOfSources();
  const ordered = [...DATA.sources].sort((one, other) => (counts.get(other.id) || []).length - (counts.get(one.id) || []).length);
  const rows = ordered.map((source) => [
    link(within("source", source.id), inLanguage(source.title) || source.id),
    [inLanguage(source.publisher), source.year].filter(Boolean).join(", "),
    source.standing ? w(`standing-${source.standing}`) : w("standing-unknown"),
    number((counts.get(source.id) || []).length),
    w(source.used ? "yes" : "no"),
  ]);
  const heads = [w("source"), w("publisher"), w("standing"), w("nav-claims"), w("in-use")];
  return el("div", {},
    heading(w("nav-sources")),
    el("p", {}, w("sources-explained")),
    rows.length ? scrolling(w("nav-sources"), table({ caption: w("nav-sources"), heads, rows, headed: true, numeric: [false, false, false, true], hidden: true })) : el("p", {}, w("none")));
}

/** The claims in use of each source. @returns {Map<string, any[]>} */
function claimsOfSources() {
  const found = new Map();
  for (const claim of DATA.claims) {
    if (claim.status === "unused") continue;
    for (const id of claim.sources || []) found.set(id, [...(found.get(id) || []), claim]);
  }
  return found;
}

/** @param {any} source */
function sourceDetail(source) {
  const claims = claimsOfSources().get(source.id) || [];
  const products = DATA.products.filter((each) => each.sources.includes(source.id));
  return el("article", {},
    el("p", { class: "back" }, link("#sources", w("nav-sources"))),
    heading(inLanguage(source.title) || source.id),
    facts([
      [w("source"), el("code", {}, source.id)],
      [w("authors"), (source.authors || []).join(", ")],
      [w("publisher"), inLanguage(source.publisher)],
      [w("year"), source.year],
      [w("address"), source.url && link(source.url, source.url)],
      ["DOI", source.doi && link(`https://doi.org/${source.doi}`, source.doi)],
      [w("accessed-on"), source.accessed],
      [w("source-kind"), source.kind && w(`source-${source.kind}`)],
      [w("standing"), standingOf(source)],
      [w("terms"), inLanguage(source.terms)],
      [w("obtain"), inLanguage(source.obtain)],
      [w("note"), inLanguage(source.note)],
    ]),
    section(w("claims-on-source", { count: claims.length }), claims.length ? el("ul", { class: "claims" }, claims.map(claimItem)) : el("p", {}, w("none"))),
    products.length ? section(w("nav-exhibits"), el("ul", {}, products.map((each) => el("li", {}, link(within(each.kind, each.id), each.id))))) : null);
}

/** Clean tables and notebooks. @param {Place} place */
function dataView(place) {
  if (place.name.startsWith("data-")) {
    const record = CLEANING.get(place.name.slice(5));
    return record ? cleaningDetail(record) : unknown(place.name);
  }
  if (place.name.startsWith("notebook-")) {
    const book = DATA.notebooks.find((each) => each.name === place.name.slice(9));
    return book ? notebookDetail(book, Number(place.asked.get("cell"))) : unknown(place.name);
  }
  const rows = DATA.cleaning.map((record) => [
    link(within("data", record.table), el("code", {}, record.table)),
    record.raw.map((file) => file.name).join(", "),
    record.raw.map((file) => (file.rows === null ? "–" : number(file.rows))).join(", "),
    number(record.rows),
    number(record.changes.length),
  ]);
  const heads = [w("clean-table"), w("raw-files"), w("rows-in"), w("rows-out"), w("changes")];
  return el("div", {},
    heading(w("nav-data")),
    el("p", {}, w("data-explained")),
    rows.length ? scrolling(w("clean-tables"), table({ caption: w("clean-tables"), heads, rows, headed: true, numeric: [false, false, true, true, true] })) : el("p", {}, w("none")),
    section(w("notebooks"), DATA.notebooks.length ? el("ul", {}, DATA.notebooks.map((book) => el("li", {},
      link(within("notebook", book.name), book.path), el("span", { class: "meta" }, w("confinement"), ": ", book.confinement)))) : el("p", {}, w("none"))));
}

/** What cleaning changed in one table. @param {any} record */
function cleaningDetail(record) {
  return el("article", {},
    el("p", { class: "back" }, link("#data", w("nav-data"))),
    heading([w("clean-table"), " ", el("code", {}, record.table)]),
    record.from === "kept" ? el("p", {}, w("made-from-kept")) : null,
    section(w("raw-files"), record.raw.map((file) => rawFile(file, []))),
    facts([
      [w("rows-out"), number(record.rows)],
      [w("second-reading"), record.readings.rows ? w("table-readings", record.readings) : ""],
      [w("nav-sources"), record.sources.length && el("ul", { class: "plain" }, record.sources.map((id) => el("li", {}, sourceLink(id))))],
    ]),
    section(w("changes"), record.changes.length ? el("ol", { class: "changes" }, record.changes.map(changeItem)) : el("p", {}, w("no-changes"))),
    claimsOfTable(record.table));
}

/** @param {any} change */
function changeItem(change) {
  return el("li", {},
    el("p", {}, el("strong", {}, w(`change-${change.kind}`)), change.column ? [" ", el("code", {}, change.column)] : null, ": ", change.reason),
    el("p", { class: "meta" }, w("change-rows", change)),
    change.values.length ? unfolded(change.values.length, w("values-changed"), scrolling(w("values-changed"), table({ caption: w("values-changed"), heads: [w("before"), w("after"), w("rows")], rows: change.values.map((each) => [each.old, each.new, number(each.count)]), numeric: [false, false, true], hidden: true }))) : null,
    change.listed.length ? folded(w("rows-listed", { count: change.listed.length }), scrolling(w("rows-listed", { count: change.listed.length }), listedRows(change))) : null);
}

/** Few things stand open, many are folded. @param {number} count @param {string} label @param {any} content */
function unfolded(count, label, content) {
  return count > FEW_ROWS ? folded(`${label} (${number(count)})`, content) : content;
}

/** @param {any} change */
function listedRows(change) {
  const rows = change.listed.map((each) => [each.row === null ? "–" : each.row, cellsOf(each.before), each.after === null ? w("dropped") : cellsOf(each.after)]);
  return table({ caption: w("rows-listed", { count: rows.length }), heads: [w("raw-row"), w("before"), w("after")], rows, hidden: true });
}

/** @param {Object<string, any>} cells @returns {string} */
function cellsOf(cells) {
  return Object.entries(cells).map(([name, value]) => `${name}: ${cellText(value)}`).join("; ");
}

/** @param {string} name */
function claimsOfTable(name) {
  const claims = DATA.claims.filter((claim) => claim.table === name && claim.status !== "unused");
  return claims.length ? section(w("claims-on-table", { count: claims.length }), el("ul", { class: "claims" }, claims.map(claimItem))) : null;
}

/** A notebook as it ran; the cell that is asked for comes into view. @param {any} book @param {number} asked */
function notebookDetail(book, asked) {
  return el("article", {},
    el("p", { class: "back" }, link("#data", w("nav-data"))),
    heading(book.path),
    facts([
      [w("clean-tables"), book.reads.map((name) => [CLEANING.has(name) ? link(within("data", name), el("code", {}, name)) : el("code", {}, name), " "])],
      [w("confinement"), book.confinement],
    ]),
    book.cells.map((cell, place) => el("div", { class: place + 1 === asked ? "cell asked" : "cell" },
      el("h3", {}, w("cell-number", { number: place + 1 })),
      cell.kind === "code" ? codeBlock(cell.source, w("cell-of", { notebook: book.path, cell: place + 1 })) : el("p", { class: "prose-cell" }, cell.source),
      outputsOf(cell, w("cell-number", { number: place + 1 })))));
}
