'use strict';
// Filters the tables of the page by words and by kind; hides a section of which nothing is left.
const words = document.getElementById('words'), kind = document.getElementById('kind');
const count = document.getElementById('count');
const lines = [...document.querySelectorAll('table.lines tbody tr')].map(tr => [tr, tr.textContent.toLowerCase()]);
function filter() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const [tr, text] of lines) {
    tr.hidden = (kind.value && tr.dataset.kind !== kind.value) || !wanted.every(w => text.includes(w));
    shown += tr.hidden ? 0 : 1;
  }
  for (const section of document.querySelectorAll('section')) {
    const own = [...section.querySelectorAll('table.lines tbody tr')];
    section.hidden = own.length > 0 && own.every(tr => tr.hidden);
  }
  count.textContent = shown + ' of ' + lines.length + ' ' + count.dataset.of;
}
if (words) {
  words.form.addEventListener('submit', e => e.preventDefault());
  words.addEventListener('input', filter);
  kind.addEventListener('change', filter);
  filter();
}
// On paper everything is open.
let opened = [];
addEventListener('beforeprint', () => {
  opened = [...document.querySelectorAll('details:not([open])')];
  opened.forEach(d => { d.open = true; });
});
addEventListener('afterprint', () => opened.forEach(d => { d.open = false; }));
