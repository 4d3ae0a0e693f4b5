/*
 * The search of the reference: hides what does not have the text in its name. The page is whole without it.
 */
const field = document.querySelector<HTMLInputElement>('#search')!;
const found = document.querySelector('#found')!;
const groups = [...document.querySelectorAll<HTMLElement>('.group')];

field.form!.addEventListener('submit', (event) => event.preventDefault());
field.addEventListener('input', () => find(field.value));
// What a link leads to must not be hidden.
window.addEventListener('hashchange', () => {
  field.value = '';
  find('');
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
});
field.disabled = false;

function find(wanted: string): void {
  const text = wanted.trim().toLowerCase();
  const has = (name: string | null | undefined) => (name ?? '').toLowerCase().includes(text);
  let count = 0;
  for (const group of groups) {
    const types = [...group.querySelectorAll<HTMLElement>('.type')];
    for (const type of types) {
      const isNamed = has(type.querySelector('h3 a')?.textContent);
      const entries = [...type.querySelectorAll<HTMLElement>('.entry')];
      const matching = entries.filter((entry) => has(entry.querySelector('code')?.textContent));
      for (const entry of entries) entry.hidden = !isNamed && !matching.includes(entry);
      type.hidden = !isNamed && matching.length === 0;
      count += matching.length + (isNamed ? 1 : 0);
    }
    group.hidden = types.every(({ hidden }) => hidden);
  }
  found.textContent = text === '' ? '' : count === 0 ? 'Nothing has that name.' : `${count} found.`;
}
