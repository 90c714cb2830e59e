import { load } from './client';

/** So many places are shown. */
const MOST = 12;

/** Lets the reader search; what is searched through is loaded when the first letter is typed. */
export function addSearch(): void {
  const box = document.querySelector<HTMLElement>('.search');
  const input = box?.querySelector('input');
  const found = box?.querySelector<HTMLElement>('.found');
  if (!box || !input || !found) return;
  box.hidden = false;
  input.addEventListener('input', async () => {
    const words = input.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const index = (await load('search')) as [title: string, url: string, text: string][];
    const score = ([title, , text]: (typeof index)[number]) => {
      const [inTitle, inText] = [title.toLowerCase(), text.toLowerCase()];
      const points = words.map((word) => (inTitle.includes(word) ? 3 : inText.includes(word) ? 1 : 0));
      return points.every((each) => each > 0) ? points.reduce<number>((sum, each) => sum + each, 0) : 0;
    };
    const best = index
      .map((entry) => ({ entry, points: score(entry) }))
      .filter(({ points }) => points > 0)
      .sort((x, y) => y.points - x.points)
      .slice(0, MOST);
    found.hidden = words.length === 0;
    found.replaceChildren(...best.map(({ entry }) => item(entry, words[0] ?? '')));
    if (best.length === 0) found.textContent = 'Nothing of that kind stands in the notes.';
  });
  box.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    input.value = '';
    found.hidden = true;
  });
}

function item([title, url, text]: readonly [string, string, string], word: string): HTMLElement {
  const li = document.createElement('li');
  const link = document.createElement('a');
  link.href = url;
  link.textContent = title;
  const at = Math.max(0, text.toLowerCase().indexOf(word) - 40);
  const small = document.createElement('small');
  small.textContent = text.slice(at, at + 110);
  link.append(small);
  li.append(link);
  return li;
}
