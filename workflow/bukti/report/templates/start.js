/** The frame of the page, and what happens when the address or the language changes. */
const BUILDERS = {
  overview, claims: claimsView, text: textView, exhibits: exhibitsView, sources: sourcesView, data: dataView,
  parity: parityView, findings: findingsView, build: buildView,
};
const FRAME = { view: "", root: null };

function start() {
  document.body.append(
    el("a", { class: "skip", href: "#main", click: skip }, w("skip")),
    el("header", { class: "frame" }),
    el("main", { id: "main", tabindex: "-1" }),
    el("footer", { class: "frame" }));
  addEventListener("hashchange", () => show(true));
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
  draw();
  show(location.hash.length > 1);
}

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

/** Header and footer in the page's language. */
function draw() {
  const title = inLanguage(DATA.paper.title);
  document.documentElement.lang = STATE.language;
  document.title = `${w("report-title")}: ${title}`;
  document.querySelector("a.skip").textContent = w("skip");
  document.querySelector("header.frame").replaceChildren(
    el("div", { class: "top" },
      el("div", {}, el("p", { class: "eyebrow" }, w("report-title")), el("h1", { lang: titleLanguage() }, title),
        el("p", { class: "meta" }, DATA.paper.authors.map(inLanguage).join(", "))),
      languageSwitch()),
    el("nav", { "aria-label": w("parts-of-report") }, el("ul", {}, VIEWS.map((view) => el("li", {}, link(`#${view}`, w(`nav-${view}`), { "data-view": view }))))));
  document.querySelector("footer.frame").replaceChildren(el("p", { class: "meta" }, w("footer", { version: DATA.engine.version })));
}

/** @returns {string} */
function titleLanguage() {
  return EDITIONS.has(STATE.language) ? STATE.language : DATA.editions.length ? DATA.editions[0].language : STATE.language;
}

function languageSwitch() {
  return el("div", { class: "switch", role: "group", "aria-label": w("language-of-page") }, DATA.languages.map((code) =>
    el("button", { type: "button", lang: code, "aria-pressed": String(code === STATE.language), "data-language": code, click: () => speak(code) },
      new Intl.DisplayNames([code], { type: "language" }).of(code))));
}

/** @param {string} code */
function speak(code) {
  STATE.language = code;
  FRAME.view = "";
  draw();
  show(false);
  document.querySelector(`.switch [data-language="${code}"]`).focus();
}

/** Show what the address names. @param {boolean} arrived whether someone came here, and did not only change the language */
function show(arrived) {
  const place = here();
  const main = document.getElementById("main");
  if (place.view === "claims" && FRAME.view === "claims") updateClaims(FRAME.root, place);
  else {
    FRAME.root = BUILDERS[place.view](place);
    main.replaceChildren(FRAME.root);
    FRAME.view = place.view;
  }
  for (const each of document.querySelectorAll("nav a")) {
    if (each.dataset.view === place.view) each.setAttribute("aria-current", "page");
    else each.removeAttribute("aria-current");
  }
  if (arrived) arrive();
}

/** Bring what was asked for into view, and the focus with it. */
function arrive() {
  const leads = [...document.querySelectorAll("#main .view-heading")];
  const asked = document.querySelector("#main .cell.asked");
  const target = leads[leads.length - 1];
  if (target) target.focus({ preventScroll: true });
  if (asked) asked.scrollIntoView({ block: "start" });
  else scrollTo(0, 0);
}

const CLOSED = [];

/** On paper everything is open. */
function beforePrint() {
  if (FRAME.view === "claims" && !here().name) drawAll();
  for (const each of document.querySelectorAll("details:not([open])")) {
    each.open = true;
    CLOSED.push(each);
  }
}

function afterPrint() {
  for (const each of CLOSED.splice(0)) each.open = false;
}

start();
