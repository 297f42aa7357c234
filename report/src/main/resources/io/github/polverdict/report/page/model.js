'use strict';
// What connectivity's page knows, its filters, and the panel that explains a cell.
const data = JSON.parse(document.getElementById('data').textContent);
const text = index => data.words[index];
const byId = id => document.getElementById(id);
const form = { words: byId('words'), ns: byId('ns'), verdict: byId('verdict'), port: byId('port') };
const sides = data.sides.map(s => ({ ...s, searched: (s.name + ' ' + s.labels).toLowerCase() }));
const sources = data.sources, destinations = data.destinations;
const shown = { rows: [], columns: [], states: [], passing: 0 };

/** Adds an element with text; whatever comes from the data is only ever text. */
function add(parent, tag, words = '', css = '') {
  const element = document.createElement(tag);
  element.textContent = words;
  if (css) element.className = css;
  parent.append(element);
  return element;
}

function has(traffic, port) {
  return (traffic[port.protocol] || '').split(',').some(range => {
    const [first, last = first] = range.split('-').map(Number);
    return range !== '' && first <= port.number && port.number <= last;
  });
}

function askedPort() {
  const match = /^\s*(\d{1,5})\s*(?:\/\s*(tcp|udp|sctp))?\s*$/i.exec(form.port.value);
  form.port.setAttribute('aria-invalid', form.port.value.trim() !== '' && !match);
  return match ? { number: Number(match[1]), protocol: (match[2] || 'tcp').toUpperCase() } : null;
}

/** ALL, SOME, DENIED or UNKNOWN of TCP, UDP and SCTP, or of one port; NONE where nothing is judged. */
function state(kind, port) {
  const parts = kind.filter(part => (port ? has(data.traffic[part.traffic], port) : data.traffic[part.traffic].ports));
  const outcomes = new Set(parts.map(part => part.outcome));
  if (outcomes.size === 0) return 'NONE';
  if (outcomes.has('UNKNOWN')) return 'UNKNOWN';
  if (!outcomes.has('ALLOWED')) return 'DENIED';
  return outcomes.has('DENIED') ? 'SOME' : 'ALL';
}

const kindOf = (row, column) => data.rows[row][column];
const stateOf = (row, column) => shown.states[kindOf(row, column)];
const open = s => s === 'ALL' || s === 'SOME' || s === 'UNKNOWN';

function wanted(s) {
  switch (form.verdict.value) {
    case 'allowed': return s === 'ALL' || s === 'SOME';
    case 'denied': return s === 'DENIED';
    case 'unknown': return s === 'UNKNOWN';
    default: return s !== 'NONE';
  }
}

/** Whether a party is one of those that are looked for. */
function meant(side) {
  const words = form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every(w => side.searched.includes(w)) && (!form.ns.value || side.group === form.ns.value);
}

/** Whether a cell passes all filters. */
let means = [];
const passes = (row, column) =>
  (means[sources[row]] || means[destinations[column]]) && wanted(stateOf(row, column));

/** Recomputes what is shown: whoever is meant, and the others that it has to do with. */
function applyFilters() {
  const port = askedPort();
  shown.states = data.kinds.map(kind => state(kind, port));
  means = sides.map(meant);
  const everyone = means.every(Boolean);
  const rows = new Set(), columns = new Set();
  shown.passing = 0;
  for (let r = 0; r < sources.length; r++) {
    for (let c = 0; c < destinations.length; c++) {
      if (!passes(r, c)) continue;
      shown.passing++;
      const telling = form.verdict.value !== '' || everyone || open(stateOf(r, c));
      if (telling) { rows.add(r); columns.add(c); }
    }
  }
  if (form.verdict.value === '') {
    sources.forEach((s, r) => { if (means[s]) rows.add(r); });
    destinations.forEach((d, c) => { if (means[d]) columns.add(c); });
  }
  shown.rows = [...rows].sort((a, b) => a - b);
  shown.columns = [...columns].sort((a, b) => a - b);
  byId('count').textContent =
    `${shown.rows.length} × ${shown.columns.length} of ${sources.length} × ${destinations.length}, ${shown.passing} pairs`;
}

const WORDS = { ALL: 'allowed', SOME: 'partly allowed', DENIED: 'denied', UNKNOWN: 'unknown', NONE: 'not judged' };

/** One line about a cell. */
function sentence(row, column) {
  const parts = askedPort() ? [] : data.kinds[kindOf(row, column)];
  const said = parts.filter(p => p.outcome !== 'DENIED')
    .map(p => (p.outcome === 'UNKNOWN' ? 'unknown: ' : '') + data.traffic[p.traffic].words);
  return `${sides[sources[row]].name} → ${sides[destinations[column]].name}: ` +
    `${WORDS[stateOf(row, column)]}${said.length ? ', ' + said.join('; ') : ''}`;
}

/** What is told first: the port that was asked for, then whatever has ports. */
function weight(part, port) {
  const traffic = data.traffic[part.traffic];
  return (port && has(traffic, port) ? 2 : 0) + (traffic.ports ? 1 : 0);
}

/** Fills the panel with why a cell is as it is. */
function explain(row, column) {
  const panel = byId('why'), from = sides[sources[row]], to = sides[destinations[column]];
  panel.replaceChildren();
  add(panel, 'h2', `${from.name} → ${to.name}`);
  for (const side of [from, to]) if (side.labels) add(panel, 'p', `${side.name}: ${side.labels}`, 'faint');
  const port = askedPort();
  const parts = [...data.kinds[kindOf(row, column)]].sort((a, b) => weight(b, port) - weight(a, port));
  if (parts.length === 0) add(panel, 'p', 'Not judged: what a party sends to itself, and what is outside at both ends.');
  for (const part of parts) {
    const tone = { ALLOWED: 'good', DENIED: 'bad', UNKNOWN: 'unsure' }[part.outcome];
    const head = add(panel, 'h3');
    add(head, 'b', part.outcome, tone);
    head.append(` ${data.traffic[part.traffic].words}${part.family ? ' (' + part.family + ')' : ''}`);
    for (const index of part.grounds) ground(panel, data.grounds[index], part.grounds.length > 1);
  }
  const called = port ? `${to.asked}:${port.number}/${port.protocol.toLowerCase()}` : to.asked;
  if (parts.length) add(add(panel, 'p', 'More: '), 'code', `polverdict explain --from ${from.asked} --to ${called}`);
}

function ground(panel, found, several) {
  if (several) add(panel, 'p', `as ${found.sample}:`, 'faint');
  const list = add(panel, 'ul');
  if (found.gates.length === 0 && found.doubts.length === 0) add(list, 'li', 'no engine enforces policies here');
  for (const [gate, plane, says, place] of found.gates) {
    const item = add(list, 'li', `${gate}${text(plane) ? ' (' + text(plane) + ')' : ''}: ${text(says)}`);
    if (text(place)) { item.append(', at '); add(item, 'code', text(place)); }
  }
  for (const doubt of found.doubts) add(list, 'li', 'not known: ' + text(doubt));
}
