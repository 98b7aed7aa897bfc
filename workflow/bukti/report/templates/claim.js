/** One claim with all that stands behind it. @param {any} claim */
function claimDetail(claim) {
  return el("article", { class: "claim" },
    el("p", { class: "back" }, link("#claims", w("back-to-claims"))),
    heading(el("code", {}, claim.id), true),
    el("p", { class: "value" }, valueOf(claim) || inLanguage(claim.statement)),
    facts([
      [w("status"), statusSign(claim.status)],
      [w("ground"), [w(`ground-${claim.ground}`), el("span", { class: "meta" }, w(`ground-${claim.ground}-means`))]],
      [w("kind"), w(`kind-${claim.kind}`)],
      [w("grade"), claim.grade && gradeOf(claim.grade)],
      [w("second-reading"), claim.readings && readingsOf(claim.readings)],
      [w("approval"), claim.approved && w(`approval-${claim.approved}`)],
      [w("note"), claim.note],
    ]),
    findingsHere(claim),
    inTheText(claim),
    origin(claim));
}

/** @param {any} grade @returns {string} */
function gradeOf(grade) {
  return w(`grade-${grade.ground}`) + "; " + w("grade-counts", grade);
}

/** @param {any} readings @returns {string} */
function readingsOf(readings) {
  return w("readings-counts", { ...readings, by: readings.by.join(", ") });
}

/** @param {any} claim */
function findingsHere(claim) {
  const found = findingsOf(claim);
  return found.length ? section(w("nav-findings"), el("ul", { class: "findings" }, found.map(findingItem))) : null;
}

/** @param {any} title @param {...any} content */
function section(title, ...content) {
  return el("section", {}, el("h3", {}, title), content);
}

/** The claim in each language, in its passage. @param {any} claim */
function inTheText(claim) {
  const uses = usesOf(claim);
  const editions = editionsInOrder().filter((edition) => uses[edition.language]);
  if (!editions.length) return section(w("in-the-text"), el("p", {}, w("not-in-the-text")));
  return section(w("in-the-text"), editions.map((edition) => el("div", { class: "edition" },
    el("h4", {}, languageName(edition.language)),
    uses[edition.language].map((index) => useOf(edition, edition.marks[index], claim)))));
}

/** @param {any} edition @param {any} mark @param {any} claim */
function useOf(edition, mark, claim) {
  const others = mark.claims.filter((id) => id !== claim.id);
  return el("div", { class: "use" },
    passageWith(edition, mark),
    el("p", { class: "meta" },
      statusSign(mark.status), " ",
      [sectionTitle(edition, mark.section), `${mark.path}:${mark.line}`].filter(Boolean).join(" · "),
      others.length ? [" · ", w("together-with"), " ", others.map((id) => [claimLink(mark.scheme, id), " "])] : null));
}

/** Where a claim comes from, from the cell down to the source. @param {any} claim */
function origin(claim) {
  if (claim.ground === "documented" || claim.ground === "quotation") return documents(claim);
  if (claim.ground === "given") return section(w("where-from"), el("p", {}, w("given-means")), sourcesOf(claim));
  return section(w("where-from"), el("ol", { class: "chain" },
    step(w("step-count"), claim.count ? el("p", {}, counted(claim.count)) : null),
    step(w("step-cell"), claim.notebook ? cellBlock(claim.notebook, claim.cell) : null),
    step(w("step-rows"), [
      claim.table ? el("p", {}, w("clean-table"), " ", link(within("data", claim.table), el("code", {}, claim.table))) : el("p", {}, w("no-rows-known")),
      rowsBlock(claim)]),
    step(w("step-raw"), rawBlock(claim)),
    step(w("step-source"), sourcesOf(claim))));
}

/** What was counted, and whether the codes below are included. @param {any} count */
function counted(count) {
  if (!count.code) return w("count-all");
  return w(`count-${count.of}-${count.below ? "below" : "only"}`, { path: count.path });
}

/** @param {string} title @param {any} content */
function step(title, content) {
  const empty = content === null || (Array.isArray(content) && !content.length);
  return empty ? null : el("li", {}, el("h4", {}, title), content);
}

/** @param {any} claim */
function sourcesOf(claim) {
  const sources = claim.sources || [];
  if (!sources.length) return claim.locator ? el("p", {}, claim.locator) : el("p", {}, w("no-source-named"));
  const single = sources.length === 1 ? claim.locator : "";
  return el("ul", { class: "sources" }, sources.map((id) => sourceCard(id, single)));
}

/** The passages and places for a claim and against it. @param {any} claim */
function documents(claim) {
  const rows = (claim.rows || []).map(rowOf);
  const support = rows.filter((row) => !row.against);
  const against = rows.filter((row) => row.against);
  return section(w("where-from"),
    translationsOf(claim),
    el("h4", {}, w("evidence-for", { count: support.length })),
    el("ul", { class: "documents" }, support.map(documentItem)),
    against.length ? [
      el("h4", {}, w("evidence-against", { count: against.length })),
      el("ul", { class: "documents against" }, against.map(documentItem))] : null,
    claim.more ? el("p", { class: "meta" }, w("more-rows", { count: claim.more })) : null);
}

/** @param {any} claim */
function translationsOf(claim) {
  return Object.entries(claim.translations || {}).map(([language, text]) =>
    el("p", { class: "meta" }, `${languageName(language)}: `, el("q", { lang: language }, text)));
}

/** What a document shows: a coded passage, a quotation, or a place that nothing compared. @param {any} row */
function documentItem(row) {
  const place = [row.document_name || row.document, row.year, row.page ? w("page", { page: row.page }) : "", row.locator, row.actor];
  return el("li", {},
    row.text ? el("blockquote", {}, row.text) : null,
    row.shows ? el("p", {}, row.shows) : null,
    row.code || row.code_path ? el("p", { class: "meta" }, w("code"), ": ", row.code_path || row.code, row.segment ? ` · ${w("segment")} ${row.segment}` : "") : null,
    el("p", { class: "meta" }, place.filter(Boolean).join(" · ")),
    el("p", { class: "meta" }, tierOf(row)),
    row.source ? el("ul", { class: "sources" }, sourceCard(String(row.source))) : null);
}

/** @param {any} row @returns {string} */
function tierOf(row) {
  if (row.segment) return w("tier-segment");
  if (row.attested) return w("tier-attested", { name: row.attested });
  if (row.tier) return w("tier-compared", { tier: w(`tier-${row.tier}`) });
  return w("tier-locator");
}
