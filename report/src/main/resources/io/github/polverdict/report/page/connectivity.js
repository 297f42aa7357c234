// Puts filters, matrix and graph together.
for (const group of [...new Set(sides.map(s => s.group))].sort()) add(form.ns, 'option', group).value = group;
const views = { matrix: [byId('grid'), layOut], graph: [graph, drawGraph] };
let view = 'matrix';
function show(name) {
  view = name;
  for (const [each, [element]] of Object.entries(views)) {
    element.hidden = each !== name;
    byId('show-' + each).setAttribute('aria-pressed', each === name);
  }
  views[name][1]();
}
function refresh() {
  applyFilters();
  views[view][1]();
}
form.words.form.addEventListener('submit', event => event.preventDefault());
Object.values(form).forEach(field => field.addEventListener('input', refresh));
Object.keys(views).forEach(name => byId('show-' + name).addEventListener('click', () => show(name)));
readColours();
applyFilters();
if (destinations.length > 60) size = 8;
show('matrix');
document.documentElement.dataset.drawn = Math.round(performance.now());
