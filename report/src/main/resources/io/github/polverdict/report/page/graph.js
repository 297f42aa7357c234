// The graph: a box for each namespace with its parties, and arrows between those that reach each other.
const SVG = 'http://www.w3.org/2000/svg', graph = byId('graph');
const WIDE = 220, HIGH = 22, GAP = 70, PAD = 8, MOST_ARROWS = 250;
let chosen = null, boxes = new Map();

function shape(parent, tag, attributes, words) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (words !== undefined) element.textContent = words;
  parent.append(element);
  return element;
}

/** The pairs that are drawn: by default those that reach each other. */
function arrows() {
  const out = [];
  for (const r of shown.rows) {
    for (const c of shown.columns) {
      const s = stateOf(r, c);
      const from = sources[r], to = destinations[c];
      if (passes(r, c) && (open(s) || form.verdict.value === 'denied')) out.push({ r, c, from, to, state: s });
    }
  }
  return out;
}

/** Namespaces side by side, each below the one that leaves the most room. */
function place(parties, width) {
  const groups = Map.groupBy(parties, i => sides[i].group);
  const columns = new Array(Math.max(1, Math.floor(width / (WIDE + GAP)))).fill(PAD);
  const cards = [];
  boxes = new Map();
  for (const [name, members] of groups) {
    const column = columns.indexOf(Math.min(...columns));
    const x = PAD + column * (WIDE + GAP), y = columns[column];
    members.forEach((i, n) => boxes.set(i, { x: x + PAD, y: y + HIGH + PAD + n * (HIGH + 4) }));
    const high = HIGH + 2 * PAD + members.length * (HIGH + 4);
    cards.push({ name, x, y, high });
    columns[column] += high + 18;
  }
  return { cards, high: Math.max(...columns) + PAD, wide: columns.length * (WIDE + GAP) + PAD };
}

function drawGraph() {
  const all = arrows();
  const parties = [...new Set([...shown.rows.map(r => sources[r]), ...shown.columns.map(c => destinations[c])])].sort((a, b) => a - b);
  if (!parties.includes(chosen)) chosen = null;
  const { cards, high, wide } = place(parties, graph.clientWidth || 900);
  graph.replaceChildren();
  const svg = shape(graph, 'svg', { width: wide, height: high, role: 'group', 'aria-label': 'Who reaches whom' });
  const tip = shape(shape(svg, 'defs', {}), 'marker', {
    id: 'tip', viewBox: '0 0 8 8', refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse', orient: 'auto',
  });
  shape(tip, 'path', { class: 'tip', d: 'M0 0L8 4L0 8z' });
  for (const card of cards) {
    shape(svg, 'rect', { class: 'box', x: card.x, y: card.y, width: WIDE, height: card.high, rx: 6 });
    shape(svg, 'text', { class: 'name', x: card.x + PAD, y: card.y + 18 }, shorter(card.name));
  }
  const mine = chosen === null ? all : all.filter(a => a.from === chosen || a.to === chosen);
  if (mine.length > MOST_ARROWS && chosen === null) bundles(svg, all, cards);
  else mine.forEach(a => arrow(svg, boxes.get(a.from), boxes.get(a.to), a));
  parties.forEach(i => node(svg, i, all));
}

const shorter = words => (words.length > 27 ? words.slice(0, 13) + '…' + words.slice(-13) : words);

function curve(from, to, room) {
  const forth = to.x >= from.x;
  const x1 = from.x + (forth || to.x === from.x ? room : 0), x2 = to.x + (forth && to.x !== from.x ? 0 : room);
  const bend = to.x === from.x ? 40 : 50;
  const y1 = from.y + HIGH / 2, y2 = to.y + HIGH / 2;
  const c1 = forth ? x1 + bend : x1 - bend, c2 = forth && to.x !== from.x ? x2 - bend : x2 + bend;
  return `M${x1} ${y1}C${c1} ${y1} ${c2} ${y2} ${x2} ${y2}`;
}

function arrow(svg, from, to, a) {
  const outcome = { ALL: 'ALLOWED', SOME: 'ALLOWED', UNKNOWN: 'UNKNOWN', DENIED: 'DENIED' }[a.state];
  const path = shape(svg, 'path', { class: outcome, d: curve(from, to, WIDE - 2 * PAD), 'marker-end': 'url(#tip)' });
  shape(path, 'title', {}, sentence(a.r, a.c));
  path.style.cursor = 'pointer';
  path.addEventListener('click', () => explain(a.r, a.c));
}

/** Too many arrows to tell apart: one for each two namespaces. */
function bundles(svg, all, cards) {
  const at = new Map(cards.map(c => [c.name, { x: c.x, y: c.y }]));
  const counts = new Map();
  for (const a of all) {
    const from = sides[a.from].group, to = sides[a.to].group;
    const key = JSON.stringify([from, to]);
    if (from !== to) counts.set(key, (counts.get(key) || 0) + 1);
  }
  for (const [key, count] of counts) {
    const [from, to] = JSON.parse(key);
    const path = shape(svg, 'path', { class: 'bundle', d: curve(at.get(from), at.get(to), WIDE), 'marker-end': 'url(#tip)' });
    path.style.strokeWidth = Math.min(6, 1 + Math.log2(count));
    shape(path, 'title', {}, `${from} → ${to}: ${count} pairs`);
  }
}

function node(svg, i, all) {
  const box = boxes.get(i), side = sides[i];
  const out = all.filter(a => a.from === i), into = all.filter(a => a.to === i);
  const g = shape(svg, 'g', { tabindex: 0, role: 'button', 'aria-pressed': chosen === i, 'data-party': side.name,
    'aria-label': `${side.name}: ${out.length} arrows from it, ${into.length} to it` });
  shape(g, 'rect', { x: box.x, y: box.y, width: WIDE - 2 * PAD, height: HIGH, rx: 4 });
  shape(g, 'text', { x: box.x + 6, y: box.y + 15 }, shorter(side.short));
  shape(g, 'title', {}, side.name + (side.labels ? '\n' + side.labels : ''));
  const choose = () => {
    chosen = chosen === i ? null : i;
    drawGraph();
    graph.querySelector(`[data-party="${CSS.escape(side.name)}"]`).focus();
    if (chosen === i) peers(i, out, into);
  };
  g.addEventListener('click', choose);
  g.addEventListener('keydown', event => {
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(); }
  });
}

/** The panel's list of whom a party reaches and who reaches it. */
function peers(i, out, into) {
  const panel = byId('why');
  panel.replaceChildren();
  add(panel, 'h2', sides[i].name);
  if (sides[i].labels) add(panel, 'p', sides[i].labels, 'faint');
  for (const [title, list, other] of [['To', out, 'to'], ['From', into, 'from']]) {
    add(panel, 'h3', `${title} (${list.length})`);
    const items = add(panel, 'ul', '', 'peers');
    for (const a of list) {
      const button = add(add(items, 'li'), 'button', `${sides[a[other]].name}: ${WORDS[a.state]}`);
      button.addEventListener('click', () => explain(a.r, a.c));
    }
  }
}
