/**
 * Elements are made here and nowhere else: text goes in as text, addresses are looked at first.
 * @typedef {Object<string, any>} Attributes
 */

const DATA = JSON.parse(document.getElementById("report-data").textContent);
const SVG = "http://www.w3.org/2000/svg";
const SAFE_ADDRESS = /^(https?:\/\/|#|\.\.\/papers\/paper\.[A-Za-z0-9-]+\.(pdf|docx|html)$)/;
const SAFE_PICTURE = /^data:image\/(svg\+xml|png|jpeg)[;,]/;

/**
 * An element with attributes and children; strings and numbers become text, null nothing.
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...any} children
 * @returns {HTMLElement}
 */
function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/**
 * The same for a drawing.
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...any} children
 * @returns {SVGElement}
 */
function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/** @param {Element} node @param {Attributes} attributes @param {any[]} children @returns {any} */
function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...pieces(children));
  return node;
}

/** @param {any[]} children @returns {(Node|string)[]} */
function pieces(children) {
  return children.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== false)
    .map((each) => (each instanceof Node ? each : String(each)));
}

/** @param {Element} node @param {string} name @param {any} value */
function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") node.addEventListener(name, value);
  else if (name === "href") setAddress(node, String(value));
  else if (name === "src") setPicture(node, String(value));
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** @param {Element} node @param {string} address */
function setAddress(node, address) {
  if (!SAFE_ADDRESS.test(address)) return;
  node.setAttribute("href", address);
  if (!address.startsWith("#")) node.setAttribute("rel", "noopener noreferrer");
}

/** @param {Element} node @param {string} address */
function setPicture(node, address) {
  if (SAFE_PICTURE.test(address)) node.setAttribute("src", address);
}

/**
 * The address of a stored picture: pixels as they are, lines as text of an SVG.
 * @param {number} index
 * @returns {string}
 */
function pictureAddress(index) {
  const picture = DATA.images[index];
  return picture.startsWith("data:") ? picture : "data:image/svg+xml," + encodeURIComponent(picture);
}

/**
 * A link within the page; the name of what it leads to is written so that any name can stand there.
 * @param {string} kind
 * @param {string} name
 * @returns {string}
 */
function within(kind, name) {
  return `#${kind}-${encodeURIComponent(name)}`;
}

/** @param {string} address @param {any} text @param {Attributes} [more] @returns {HTMLElement} */
function link(address, text, more = {}) {
  return SAFE_ADDRESS.test(address) ? el("a", { href: address, ...more }, text) : el("span", more, text);
}

/**
 * A part that is wider than small screens: it scrolls by itself and can be reached by keyboard.
 * @param {string} label
 * @param {...any} children
 */
function scrolling(label, ...children) {
  return el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": label }, children);
}

/**
 * A table with a heading row; the first column heads its rows where that is asked for.
 * @param {{caption: string, heads: any[], rows: any[][], headed?: boolean, numeric?: boolean[], hidden?: boolean}} spec
 */
function table(spec) {
  const numeric = spec.numeric || [];
  const kind = (column) => (numeric[column] ? "number" : null);
  const cell = (value, column) => spec.headed && column === 0
    ? el("th", { scope: "row" }, value)
    : el("td", { class: kind(column) }, value);
  return el("table", {},
    el("caption", { class: spec.hidden ? "unseen" : null }, spec.caption),
    el("thead", {}, el("tr", {}, spec.heads.map((head, column) => el("th", { scope: "col", class: kind(column) }, head)))),
    el("tbody", {}, spec.rows.map((row) => el("tr", {}, row.map(cell)))));
}

/** Terms and what is said of them; those without anything are left out. @param {[any, any][]} pairs */
function facts(pairs) {
  const said = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false && value !== 0 && value.length !== 0);
  return el("dl", { class: "facts" }, said.map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]));
}

/** @param {any} summary @param {any} content @param {boolean} [open] */
function folded(summary, content, open = false) {
  return el("details", { open }, el("summary", {}, summary), content);
}
