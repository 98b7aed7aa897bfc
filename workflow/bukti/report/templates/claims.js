/** The list of claims: searched, filtered, drawn piece by piece. */
const PIECE = 120;
const SEARCHED = new Map();
const LIST = { found: [], drawn: 0, list: null, more: null, watcher: null };

/** Claims in the order of the text; those that it does not use come last. @returns {any[]} */
function claimsInOrder() {
  const edition = leadingEdition();
  const first = new Map();
  if (edition) {
    edition.marks.forEach((mark, index) => mark.claims.forEach((id) => {
      const key = `${mark.scheme}-${id}`;
      if (!first.has(key)) first.set(key, index);
    }));
  }
  const rank = (claim) => first.get(`${claim.scheme}-${claim.id}`) ?? Infinity;
  return DATA.claims.map((claim, place) => ({ claim, place, rank: rank(claim) }))
    .sort((one, other) => (one.rank === other.rank ? one.place - other.place : one.rank - other.rank))
    .map((each) => each.claim);
}

/** All words by which a claim is found. @param {any} claim @returns {string} */
function searchText(claim) {
  const key = `${claim.scheme}-${claim.id}`;
  if (!SEARCHED.has(key)) {
    const uses = usesOf(claim);
    const said = Object.entries(uses).flatMap(([language, marks]) => marks.map((index) => EDITIONS.get(language).marks[index].text));
    const sources = (claim.sources || []).flatMap((id) => [id, ...Object.values((SOURCES.get(id) || {}).title || {})]);
    const statement = Object.values(claim.statement || {});
    SEARCHED.set(key, [claim.id, claim.value, claim.unit, claim.table, claim.notebook, claim.locator, ...said, ...statement, ...sources]
      .filter((each) => each !== undefined).join(" ").toLowerCase());
  }
  return SEARCHED.get(key);
}

/** @param {any} claim @returns {boolean} */
function isFound(claim) {
  const { search, ground, kind, status, language, chapter } = STATE.filters;
  const uses = usesOf(claim);
  if (ground && claim.ground !== ground) return false;
  if (kind && claim.kind !== kind) return false;
  if (status === "used" ? claim.status === "unused" : status && claim.status !== status) return false;
  if (language && !uses[language]) return false;
  if (chapter && !isInChapter(uses, chapter)) return false;
  const text = search ? searchText(claim) : "";
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** @param {Object<string, number[]>} uses @param {string} chapter @returns {boolean} */
function isInChapter(uses, chapter) {
  return Object.entries(uses).some(([language, marks]) =>
    marks.some((index) => fileName(EDITIONS.get(language).marks[index].path) === chapter));
}

/** @param {string} path @returns {string} */
function fileName(path) {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The view of the claims: filters and list, and beside them the claim that is chosen. @param {Place} place */
function claimsView(place) {
  takeFilters(place.asked);
  const root = el("div", { class: "split" },
    el("div", { class: "pane" },
      heading(w("nav-claims"), !place.name),
      filterBar(),
      el("p", { class: "count", role: "status", id: "claims-count" }),
      (LIST.list = el("ul", { class: "claims", keydown: moveInList })),
      (LIST.more = el("button", { type: "button", click: drawMore }, w("show-more")))),
    el("div", { class: "detail", id: "claim-detail" }));
  fillList();
  showClaim(root, place);
  return root;
}

/** Another claim within the same view: the list stays as it is. @param {HTMLElement} root @param {Place} place */
function updateClaims(root, place) {
  if ([...place.asked.keys()].length) {
    takeFilters(place.asked);
    root.querySelector(".filters").replaceWith(filterBar());
    fillList();
  }
  showClaim(root, place);
}

/** @param {URLSearchParams} asked */
function takeFilters(asked) {
  if (![...asked.keys()].some((key) => key in STATE.filters)) return;
  for (const key of Object.keys(STATE.filters)) STATE.filters[key] = asked.get(key) || "";
}

/** @param {HTMLElement} root @param {Place} place */
function showClaim(root, place) {
  const claim = CLAIMS.get(place.name);
  root.classList.toggle("chosen", Boolean(place.name));
  const detail = root.querySelector(".detail");
  detail.replaceChildren(...(place.name ? [claim ? claimDetail(claim) : unknown(place.name)] : []));
  markCurrent(claim);
}

/** Show in the list which claim is chosen. @param {any} claim */
function markCurrent(claim) {
  const address = claim ? addressOf(claim) : "";
  for (const each of LIST.list.querySelectorAll("a")) {
    if (each.getAttribute("href") === address) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
}

/** @param {string} name */
function unknown(name) {
  return el("section", {}, heading(w("not-here", { name }), true), el("p", {}, link("#overview", w("nav-overview"))));
}

/** Fields by which the list is searched and filtered. */
function filterBar() {
  const grounds = distinct(DATA.claims.map((claim) => claim.ground));
  const kinds = distinct(DATA.claims.map((claim) => claim.kind));
  const statuses = ["used", ...distinct(DATA.claims.map((claim) => claim.status))];
  return el("form", { class: "filters", role: "search", submit: (event) => event.preventDefault() },
    field("search", w("search"), el("input", {
      type: "search", id: "filter-search", value: STATE.filters.search, autocomplete: "off",
      input: (event) => filterBy("search", event.target.value),
    })),
    choice("ground", w("ground"), grounds.map((each) => [each, w(`ground-${each}`)])),
    choice("kind", w("kind"), kinds.map((each) => [each, w(`kind-${each}`)])),
    choice("status", w("status"), statuses.map((each) => [each, w(`status-${each}`)])),
    choice("language", w("edition"), DATA.editions.map((each) => [each.language, languageName(each.language)])),
    choice("chapter", w("chapter"), chapters()),
    el("button", { type: "button", click: clearFilters }, w("clear")));
}

/** @param {string[]} items @returns {string[]} */
function distinct(items) {
  return [...new Set(items)].sort();
}

/** @param {string} code @returns {string} */
function languageName(code) {
  return new Intl.DisplayNames([STATE.language], { type: "language" }).of(code) || code;
}

/** The chapters with their titles in the page's language. @returns {[string, string][]} */
function chapters() {
  const edition = leadingEdition();
  if (!edition) return [];
  const files = [...new Set(edition.marks.map((mark) => fileName(mark.path)))].sort();
  return files.map((file) => {
    const section = edition.sections.find((each) => fileName(each.path) === file);
    return [file, section ? section.title : file];
  });
}

/** @param {string} name @param {string} label @param {HTMLElement} input */
function field(name, label, input) {
  return el("div", { class: `field by-${name}` }, el("label", { for: `filter-${name}` }, label), input);
}

/** @param {string} name @param {string} label @param {[string, string][]} options */
function choice(name, label, options) {
  const select = el("select", { id: `filter-${name}`, change: (event) => filterBy(name, event.target.value) },
    el("option", { value: "" }, w("all")),
    options.map(([value, text]) => el("option", { value, selected: STATE.filters[name] === value }, text)));
  return field(name, label, select);
}

/** @param {string} name @param {string} value */
function filterBy(name, value) {
  STATE.filters[name] = value;
  fillList();
}

function clearFilters() {
  for (const key of Object.keys(STATE.filters)) STATE.filters[key] = "";
  document.querySelector(".filters").replaceWith(filterBar());
  fillList();
  document.getElementById("filter-search").focus();
}

/** Find the claims anew and draw the first of them. */
function fillList() {
  LIST.found = claimsInOrder().filter(isFound);
  LIST.drawn = 0;
  LIST.list.replaceChildren();
  drawMore();
  const count = LIST.list.parentElement && LIST.list.parentElement.querySelector(".count");
  if (count) count.textContent = w("claims-found", { part: LIST.found.length, whole: DATA.claims.length });
  markCurrent(CLAIMS.get(here().name));
}

/** Draw the next piece of the list. */
function drawMore() {
  const next = LIST.found.slice(LIST.drawn, LIST.drawn + PIECE);
  LIST.list.append(...next.map(claimItem));
  LIST.drawn += next.length;
  LIST.more.hidden = LIST.drawn >= LIST.found.length;
  if (!LIST.watcher) LIST.watcher = new IntersectionObserver((seen) => { if (seen.some((each) => each.isIntersecting)) drawMore(); });
  LIST.watcher.disconnect();
  if (!LIST.more.hidden) LIST.watcher.observe(LIST.more);
}

/** Draw all of it, for paper. */
function drawAll() {
  while (LIST.list && LIST.list.isConnected && LIST.drawn < LIST.found.length) drawMore();
}

/** @param {any} claim */
function claimItem(claim) {
  return el("li", {}, el("a", { href: addressOf(claim) },
    el("span", { class: "line" }, el("code", { class: "id" }, claim.id), statusSign(claim.status)),
    el("span", { class: "words" }, wordsOf(claim)),
    el("span", { class: "meta" }, [w(`ground-${claim.ground}`), valueOf(claim)].filter(Boolean).join(" · "))));
}

/** What the paper says with a claim, in the page's language if it can be. @param {any} claim @returns {any} */
function wordsOf(claim) {
  const uses = usesOf(claim);
  const edition = editionsInOrder().find((each) => uses[each.language]);
  if (edition) {
    const mark = edition.marks[uses[edition.language][0]];
    return el("q", { lang: edition.language }, mark.text || valueOf(claim));
  }
  return inLanguage(claim.statement) || "";
}

/** The arrow keys go from claim to claim. @param {KeyboardEvent} event */
function moveInList(event) {
  const links = [...LIST.list.querySelectorAll("a")];
  const place = links.indexOf(/** @type {any} */ (document.activeElement));
  const targets = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: links.length - 1 };
  if (place < 0 || !(event.key in targets)) return;
  event.preventDefault();
  const target = links[Math.min(Math.max(targets[event.key], 0), links.length - 1)];
  target.focus();
}
