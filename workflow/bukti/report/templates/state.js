/** What is chosen now: the language of the page, the filters, the place. */
const STATE = {
  language: firstLanguage(),
  filters: { search: "", ground: "", kind: "", status: "", language: "", chapter: "" },
  editionOfText: "",
  onlyUnmarked: false,
};

/** The language that the address asks for (`?lang=en`), else the one that leads in the paper. */
function firstLanguage() {
  const asked = new URLSearchParams(location.search).get("lang");
  return DATA.languages.includes(asked) ? asked : DATA.lead;
}

/**
 * A sentence or label in the page's language, filled.
 * @param {string} key
 * @param {Object<string, any>} [values]
 * @returns {string}
 */
function w(key, values = {}) {
  const text = DATA.words[STATE.language][key] || key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(values[name]) : whole));
}

/** @param {any} value @returns {string} */
function shown(value) {
  return typeof value === "number" ? number(value) : String(value);
}

/** @param {number} value @returns {string} */
function number(value) {
  return new Intl.NumberFormat(STATE.language, { maximumSignificantDigits: 12 }).format(value);
}

/** @param {number} part @param {number} whole @returns {string} */
function share(part, whole) {
  if (!whole) return "";
  return new Intl.NumberFormat(STATE.language, { style: "percent", maximumFractionDigits: 0 }).format(part / whole);
}

/** "12 of 40", with the share where there is one. @param {number} part @param {number} whole */
function outOf(part, whole) {
  return w("out-of", { part, whole });
}

/** Words by language, in the page's, else in the first there is. @param {any} words @returns {string} */
function inLanguage(words) {
  if (!words || typeof words === "string") return words || "";
  return words[STATE.language] || words[Object.keys(words)[0]] || "";
}

/** The value of a claim with its unit. @param {any} claim @returns {string} */
function valueOf(claim) {
  const value = claim.value;
  if (value === undefined) return "";
  if (typeof value === "boolean") return w(value ? "true" : "false");
  if (Array.isArray(value)) return value.join(", ");
  const text = typeof value === "number" && !isYear(claim) ? number(value) : String(value);
  return claim.unit ? `${text} ${unitOf(claim.unit)}` : text;
}

/** A unit in the page's language where it has a word for it. @param {string} unit @returns {string} */
function unitOf(unit) {
  const known = ["percent", "percentage_point"].includes(unit);
  return known ? w(`unit-${unit.replace("_", "-")}`) : unit.replaceAll("_", " ");
}

/** @param {any} claim @returns {boolean} */
function isYear(claim) {
  const whole = Number.isInteger(claim.value) && claim.value > 999 && claim.value < 3000;
  return whole && (!claim.unit || /^years?$/.test(claim.unit));
}

/** @typedef {{view: string, name: string, asked: URLSearchParams}} Place */

const DETAILS = {
  claim: "claims", given: "claims", figure: "exhibits", table: "exhibits", source: "sources",
  data: "data", notebook: "data",
};
const VIEWS = ["overview", "claims", "text", "exhibits", "sources", "data", "parity", "findings", "build"];

/**
 * Where the address leads: a view, or one thing in a view (`claim-rate.2020`).
 * @returns {Place}
 */
function here() {
  const [path, query] = location.hash.replace(/^#/, "").split("?");
  const asked = new URLSearchParams(query || "");
  const [kind, ...rest] = path.split("-");
  if (rest.length && kind in DETAILS) return { view: DETAILS[kind], name: `${kind}-${decoded(rest.join("-"))}`, asked };
  return { view: VIEWS.includes(path) ? path : "overview", name: "", asked };
}

/** @param {string} text @returns {string} */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @template T @param {T[]} items @param {(item: T) => string} key @returns {Map<string, T>} */
function indexed(items, key) {
  return new Map(items.map((item) => [key(item), item]));
}

const CLAIMS = indexed(DATA.claims, (claim) => `${claim.scheme}-${claim.id}`);
const SOURCES = indexed(DATA.sources, (source) => source.id);
const NOTEBOOKS = indexed(DATA.notebooks, (book) => book.path);
const CLEANING = indexed(DATA.cleaning, (record) => record.table);
const EDITIONS = indexed(DATA.editions, (edition) => edition.language);
const USES = usesOfClaims();

/** The marks of each claim by language, as numbers of the edition's marks. @returns {Map<string, Object<string, number[]>>} */
function usesOfClaims() {
  const found = new Map();
  for (const edition of DATA.editions) {
    edition.marks.forEach((mark, index) => {
      for (const id of mark.claims) {
        const key = `${mark.scheme}-${id}`;
        if (!found.has(key)) found.set(key, {});
        const uses = found.get(key);
        (uses[edition.language] = uses[edition.language] || []).push(index);
      }
    });
  }
  return found;
}

/** @param {any} claim @returns {Object<string, number[]>} */
function usesOf(claim) {
  return USES.get(`${claim.scheme}-${claim.id}`) || {};
}

/** The edition that the page's language asks for, else the first. */
function leadingEdition() {
  return EDITIONS.get(STATE.language) || DATA.editions[0];
}

/** The editions, that of the page's language first. */
function editionsInOrder() {
  const first = leadingEdition();
  return [first, ...DATA.editions.filter((each) => each !== first)].filter(Boolean);
}
