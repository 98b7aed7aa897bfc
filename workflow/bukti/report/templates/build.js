/** How all of it was made: the steps drawn and listed, and what they ran on. */
function buildView() {
  return el("div", {},
    heading(w("nav-build")),
    el("p", {}, w("graph-explained")),
    scrolling(w("graph-of-build"), drawing()),
    section(w("steps"), el("div", { class: "steps" }, stepsList())),
    section(w("confinement"), confinementTable()),
    section(w("environment"),
      el("p", {}, `bukti ${DATA.engine.version}, Python ${DATA.engine.python}`),
      el("p", { class: "meta digest" }, w("code-digest"), " ", DATA.engine.code),
      el("p", { class: "meta digest" }, w("lock-digest"), " ", DATA.engine.lock),
      folded(w("libraries-list", { count: DATA.engine.packages.length }), el("ul", { class: "packages" }, DATA.engine.packages.map(([name, version]) => el("li", {}, `${name} ${version}`))))));
}

/** The steps as boxes from left to right, with an arrow to what is made of each. */
function drawing() {
  const graph = DATA.graph;
  const [width, height] = graph.box;
  const places = indexed(graph.nodes, (node) => node.id);
  const lines = graph.edges.map(([from, to]) => arrow(places.get(from), places.get(to), width, height));
  return svg("svg", { class: "graph", width: graph.width, height: graph.height, viewBox: `0 0 ${graph.width} ${graph.height}`, role: "group", "aria-label": w("graph-of-build") },
    svg("g", { "aria-hidden": "true" }, lines), graph.nodes.map((node) => box(node, width, height)));
}

/** @param {any} from @param {any} to @param {number} width @param {number} height */
function arrow(from, to, width, height) {
  const beside = from.x === to.x;
  const [x1, y1, x2, y2] = [from.x + width, from.y + height / 2, beside ? to.x + width : to.x, to.y + height / 2];
  const turn = beside ? 26 : Math.max(14, (x2 - x1) / 2);
  const path = `M${x1} ${y1}C${x1 + turn} ${y1} ${beside ? x2 + turn : x2 - turn} ${y2} ${x2} ${y2}`;
  return svg("path", { class: "arrow", d: path, "data-from": from.id, "data-to": to.id });
}

/** @param {any} node @param {number} width @param {number} height */
function box(node, width, height) {
  const name = nameOfNode(node);
  const content = [
    svg("title", {}, node.name ? `${w(`stage-${node.stage}`)} ${node.name}` : name),
    svg("rect", { x: node.x, y: node.y, width, height, rx: 3 }),
    svg("text", { x: node.x + 7, y: node.y + height / 2 + 4 }, name.length > 23 ? `${name.slice(0, 22)}…` : name),
  ];
  const address = addressOfNode(node);
  const group = svg("g", { class: `box ${node.stage}`, mouseenter: () => light(node.id), mouseleave: () => light("") }, content);
  return address ? svg("a", { href: address, focus: () => light(node.id), blur: () => light("") }, group) : group;
}

/** @param {any} node @returns {string} */
function nameOfNode(node) {
  if (node.stage === "clean" && !node.name) return w("data-package");
  const named = ["text", "manuscript"].includes(node.stage) ? `${w(`stage-${node.stage}`)} ${node.name}` : node.name;
  return named || w(`stage-${node.stage}`);
}

/** Where a box leads. @param {any} node @returns {string} */
function addressOfNode(node) {
  if (node.stage === "clean") return node.name ? within("data", node.name) : "#data";
  if (node.stage === "analyse") return within("notebook", node.name);
  if (node.stage === "raw") {
    const record = DATA.cleaning.find((each) => each.raw.some((file) => file.name === node.name));
    return record ? within("data", record.table) : "#data";
  }
  const others = { text: `#text?edition=${node.name}`, manuscript: `#text?edition=${node.name}`, ledger: "#claims", report: "#overview" };
  return others[node.stage] || "";
}

/** Make plain what goes into a box and what comes of it. @param {string} id */
function light(id) {
  for (const each of document.querySelectorAll(".graph .arrow")) {
    each.classList.toggle("lit", id !== "" && (each.dataset.from === id || each.dataset.to === id));
  }
}

/** The same in words. */
function stepsList() {
  const steps = DATA.graph.nodes.filter((node) => node.outputs.length);
  return steps.map((node) => folded(node.name ? [w(`stage-${node.stage}`), " ", el("code", {}, node.name)] : nameOfNode(node), el("div", {},
    el("p", { class: "meta" }, w("reads")), pathsList(node.inputs),
    el("p", { class: "meta" }, w("makes")), pathsList(node.outputs))));
}

/** @param {string[]} paths */
function pathsList(paths) {
  return el("ul", { class: "paths" }, paths.map((path) => el("li", {}, el("code", {}, path))));
}

function confinementTable() {
  const rows = Object.entries(DATA.summary.confinement).map(([name, level]) => [link(within("notebook", name), name), level]);
  return rows.length ? [el("p", {}, w("confinement-explained")), table({ caption: w("confinement"), heads: [w("notebook"), w("confinement")], rows, headed: true, hidden: true })] : el("p", {}, w("no-notebooks"));
}
