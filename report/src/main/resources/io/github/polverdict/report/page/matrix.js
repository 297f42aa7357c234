// The matrix: a canvas that draws only what is in view, moved through by mouse or by keys.
const grid = byId('grid'), space = byId('space'), canvas = byId('cells'), pen = canvas.getContext('2d');
const FONT = '12px system-ui, sans-serif', HEAD = 150, SIDE = 210, SIZES = [3, 5, 8, 12, 16, 22];
const LIGHT = { paper: '#fff', ink: '#1b1f23', faint: '#5b6167', line: '#d5d9dd', good: '#146c2e', bad: '#b3261e', unsure: '#7a5200', focus: '#0b57d0' };
const at = { row: 0, column: 0 };
let size = 16, colours = LIGHT, printing = false;

/** The style sheet's colours as they are now, in the light or the dark. */
function readColours() {
  const probe = add(document.body, 'span');
  colours = Object.fromEntries(Object.keys(LIGHT).map(name => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  }));
  probe.remove();
}

function layOut() {
  space.style.width = SIDE + shown.columns.length * size + 'px';
  space.style.height = HEAD + shown.rows.length * size + 'px';
  grid.style.height = `min(70vh, ${HEAD + shown.rows.length * size + 20}px)`;
  at.row = Math.max(0, Math.min(at.row, shown.rows.length - 1));
  at.column = Math.max(0, Math.min(at.column, shown.columns.length - 1));
  grid.setAttribute('aria-rowcount', shown.rows.length);
  grid.setAttribute('aria-colcount', shown.columns.length);
  draw();
}

function draw() {
  const width = printing ? SIDE + shown.columns.length * size : grid.clientWidth;
  const height = printing ? HEAD + shown.rows.length * size : grid.clientHeight;
  const ratio = devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = width + 'px';
  canvas.style.height = height + 'px';
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, width, height);
  const x = printing ? 0 : grid.scrollLeft, y = printing ? 0 : grid.scrollTop;
  const range = (from, length, all) =>
    [Math.max(0, Math.floor(from / size)), Math.min(all, Math.ceil((from + length) / size))];
  const [left, right] = range(x, width - SIDE, shown.columns.length);
  const [top, bottom] = range(y, height - HEAD, shown.rows.length);
  for (let r = top; r < bottom; r++) {
    for (let c = left; c < right; c++) {
      cell(shown.rows[r], shown.columns[c], SIDE + c * size - x, HEAD + r * size - y);
    }
  }
  labels(x, y, [left, right], [top, bottom], width, height);
  if (shown.rows.length && shown.columns.length && !printing) cursor(x, y);
}

function cell(row, column, x, y) {
  const s = stateOf(row, column), gap = size > 6 ? 1 : 0, side = size - gap;
  pen.globalAlpha = passes(row, column) ? 1 : 0.2;
  if (s === 'ALL' || s === 'UNKNOWN') {
    pen.fillStyle = s === 'ALL' ? colours.good : colours.unsure;
    pen.fillRect(x, y, side, side);
  } else if (s === 'SOME') {
    pen.fillStyle = colours.good;
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x, y + side);
    pen.lineTo(x + side, y + side);
    pen.fill();
  }
  if (size >= 8 && s === 'DENIED') {
    pen.fillStyle = colours.bad;
    pen.fillRect(x + side / 2 - 1, y + side / 2 - 1, 2, 2);
  }
  if (size >= 12 && s === 'UNKNOWN') {
    pen.fillStyle = colours.paper;
    pen.font = `bold ${size - 4}px system-ui, sans-serif`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText('?', x + side / 2, y + side / 2 + 1);
  }
  pen.globalAlpha = 1;
}

/** Names beside and above; when cells are small, only that of a namespace at its first party. */
function labels(x, y, [left, right], [top, bottom], width, height) {
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, SIDE, height);
  pen.fillRect(0, 0, width, HEAD);
  pen.font = FONT;
  pen.textBaseline = 'middle';
  const name = (list, parties, i, rule) => {
    const side = sides[parties[list[i]]];
    const first = i === 0 || sides[parties[list[i - 1]]].group !== side.group;
    pen.fillStyle = colours.line;
    if (first && i > 0) rule();
    pen.fillStyle = colours.ink;
    return size >= 12 ? side.bare : first ? side.group : '';
  };
  const wide = Math.min(width, SIDE + shown.columns.length * size - x);
  const high = Math.min(height, HEAD + shown.rows.length * size - y);
  for (let r = top; r < bottom; r++) {
    const middle = HEAD + r * size - y + size / 2;
    if (middle < HEAD) continue;
    const words = name(shown.rows, sources, r, () => pen.fillRect(0, middle - size / 2 - 1, wide, 1));
    pen.textAlign = 'right';
    if (words) pen.fillText(cut(words, SIDE - 12), SIDE - 6, middle);
  }
  for (let c = left; c < right; c++) {
    const middle = SIDE + c * size - x + size / 2;
    if (middle < SIDE) continue;
    const words = name(shown.columns, destinations, c, () => pen.fillRect(middle - size / 2 - 1, 0, 1, high));
    if (!words) continue;
    pen.save();
    pen.translate(middle, HEAD - 6);
    pen.rotate(-Math.PI / 2);
    pen.textAlign = 'left';
    pen.fillText(cut(words, HEAD - 12), 0, 0);
    pen.restore();
  }
  pen.fillStyle = colours.faint;
  pen.textAlign = 'right';
  pen.fillText('from ↓   to →', SIDE - 6, HEAD - 12);
}

const cuts = new Map();
function cut(words, room) {
  const key = room + words;
  if (!cuts.has(key)) {
    let out = words;
    while (pen.measureText(out).width > room && out.length > 2) out = '…' + out.slice(2);
    cuts.set(key, out);
  }
  return cuts.get(key);
}

function cursor(x, y) {
  const left = SIDE + at.column * size - x, top = HEAD + at.row * size - y;
  if (left < SIDE || top < HEAD) return;
  pen.strokeStyle = colours.focus;
  pen.lineWidth = document.activeElement === grid ? 3 : 1.5;
  pen.strokeRect(left - 1.5, top - 1.5, size + 2, size + 2);
}

/** Moves the cursor, brings it into view and says where it is. */
function move(row, column) {
  at.row = Math.max(0, Math.min(row, shown.rows.length - 1));
  at.column = Math.max(0, Math.min(column, shown.columns.length - 1));
  const x = at.column * size, y = at.row * size;
  if (x < grid.scrollLeft) grid.scrollLeft = x;
  if (y < grid.scrollTop) grid.scrollTop = y;
  grid.scrollLeft = Math.max(grid.scrollLeft, x + size - (grid.clientWidth - SIDE));
  grid.scrollTop = Math.max(grid.scrollTop, y + size - (grid.clientHeight - HEAD));
  tell(at.row, at.column);
  draw();
}

function tell(row, column) {
  if (!shown.rows.length || !shown.columns.length) return;
  const said = sentence(shown.rows[row], shown.columns[column]);
  byId('at').textContent = said;
  byId('cell').textContent = said;
  byId('cell').setAttribute('aria-rowindex', row + 1);
  byId('cell').setAttribute('aria-colindex', column + 1);
}

function under(event) {
  const box = grid.getBoundingClientRect();
  const column = Math.floor((event.clientX - box.left - SIDE + grid.scrollLeft) / size);
  const row = Math.floor((event.clientY - box.top - HEAD + grid.scrollTop) / size);
  const inside = event.clientX - box.left >= SIDE && event.clientY - box.top >= HEAD;
  return inside && shown.rows[row] !== undefined && shown.columns[column] !== undefined ? { row, column } : null;
}

const explainHere = () => shown.rows.length && shown.columns.length && explain(shown.rows[at.row], shown.columns[at.column]);

grid.addEventListener('scroll', draw);
grid.addEventListener('focus', () => move(at.row, at.column));
grid.addEventListener('blur', draw);
grid.addEventListener('mousemove', event => {
  const cell = under(event);
  if (cell) tell(cell.row, cell.column);
});
grid.addEventListener('click', event => {
  const cell = under(event);
  if (cell) { move(cell.row, cell.column); explainHere(); }
});
grid.addEventListener('keydown', event => {
  const far = 10, last = { row: shown.rows.length - 1, column: shown.columns.length - 1 };
  const steps = {
    ArrowUp: [at.row - 1, at.column], ArrowDown: [at.row + 1, at.column],
    ArrowLeft: [at.row, at.column - 1], ArrowRight: [at.row, at.column + 1],
    PageUp: [at.row - far, at.column], PageDown: [at.row + far, at.column],
    Home: [event.ctrlKey ? 0 : at.row, 0], End: [event.ctrlKey ? last.row : at.row, last.column],
  };
  if (steps[event.key]) move(...steps[event.key]);
  else if (event.key === 'Enter' || event.key === ' ') explainHere();
  else return;
  event.preventDefault();
});
function zoom(step) {
  const index = Math.max(0, Math.min(SIZES.length - 1, SIZES.indexOf(size) + step));
  size = SIZES[index];
  layOut();
  move(at.row, at.column);
}
byId('larger').addEventListener('click', () => zoom(1));
byId('smaller').addEventListener('click', () => zoom(-1));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { readColours(); draw(); });
new ResizeObserver(draw).observe(grid);
const PAPER = 680;
let before = size;
addEventListener('beforeprint', () => {
  before = size;
  printing = true;
  colours = LIGHT;
  size = Math.max(2, Math.min(16, Math.floor((PAPER - SIDE) / Math.max(1, shown.columns.length))));
  layOut();
});
addEventListener('afterprint', () => {
  printing = false;
  size = before;
  readColours();
  layOut();
});
