/**
 * What a browser adds when scripts run: sorting a table by a column, filtering long lists, copying a hash, opening what
 * a link points into. Everything is readable without it, so every control is made here and not in the markup.
 */
export const SCRIPT = `
'use strict';
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const element = (name, properties) => Object.assign(document.createElement(name), properties);

for (const table of all('table[data-sortable]')) {
  const heads = all('thead th', table);
  heads.forEach((head, column) => {
    const button = element('button', { type: 'button', title: 'sort by this column' });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const descending = head.getAttribute('aria-sort') === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      const keyed = all(':scope > tbody', table).map((body) => [body.rows[0].cells[column].dataset.sort, body]);
      const numeric = keyed.every(([key]) => key === undefined || (key !== '' && Number.isFinite(Number(key))));
      const order = (a, b) => (numeric ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0);
      keyed.sort(([a], [b]) => {
        if (a === undefined || b === undefined) return (a === undefined) - (b === undefined);
        return descending ? order(b, a) : order(a, b);
      });
      table.append(...keyed.map(([, body]) => body));
    });
  });
}

for (const list of all('[data-filter]')) {
  const entries = all(list.tagName === 'TABLE' ? ':scope > tbody > tr' : ':scope > li', list);
  if (entries.length < 8) continue;
  const input = element('input', { type: 'search', autocomplete: 'off' });
  const label = element('label', { className: 'filter', textContent: 'Show only entries with ' });
  label.append(input);
  (list.closest('.scroll') ?? list).before(label);
  const texts = entries.map((entry) => entry.textContent.toLowerCase());
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase();
    entries.forEach((entry, index) => { entry.hidden = !texts[index].includes(wanted); });
  });
}

for (const code of all('[data-copy]')) {
  const button = element('button', { type: 'button', className: 'copy', textContent: 'copy' });
  button.setAttribute('aria-label', 'copy the whole hash');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.dataset.copy);
      button.textContent = 'copied';
    } catch {
      code.textContent = code.dataset.copy;
      getSelection().selectAllChildren(code);
    }
  });
  code.after(button);
}

const openTarget = () => {
  let node = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (node?.tagName === 'TBODY') for (const behind of all('details', node).slice(0, 1)) behind.open = true;
  for (; node !== null; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true;
};
addEventListener('hashchange', openTarget);
openTarget();
`;
