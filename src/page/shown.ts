import { drawPicture, filledIn, placesIn, type Text } from '../pictures/drawing';
import { lean } from '../pictures/lean';
import { changes, type GraphPicture, inWords, type Picture } from '../pictures/picture';
import { load } from './client';

/*
 * Pictures in the page. What was laid out when the book was made is not laid out again; Graphviz comes only for a shape that
 * the page has not seen.
 */

const layouts = new Map([...document.querySelectorAll('script.layout')].map(layoutIn));

/** A layout that stands in the page, by its source: itself, or which places the texts are of the first picture of its number. */
function layoutIn(script: Element, number: number): [string, string] {
  const [source = '', layout = ''] = (script.textContent ?? '').split('\n\n');
  const drawn = document.querySelector(`.picture[data-layouts^="${number} "] svg`);
  if (layout.startsWith('<') || drawn === null) return [source, layout];
  const svg = drawn.cloneNode(true) as SVGElement;
  for (const name of ['role', 'aria-label']) svg.removeAttribute(name);
  for (const frame of svg.querySelectorAll('rect')) frame.remove();
  for (const [k, text] of [...svg.querySelectorAll('text')].entries()) {
    const place = layout.split(' ')[k];
    if (place !== '-1') text.textContent = `%${place}%`;
  }
  return [source, svg.outerHTML];
}

interface Viz {
  readonly instance: () => Promise<{ renderString(source: string, options: { format: 'svg' }): string }>;
}

async function layOut(source: string): Promise<string> {
  const known = layouts.get(source);
  if (known !== undefined) return known;
  const graphviz = await ((await load('graphviz')) as Viz).instance();
  const made = lean(graphviz.renderString(source, { format: 'svg' }));
  layouts.set(source, made);
  return made;
}

/** So wide is what no phone has room for, in pixels. */
const NARROW = 560;

/**
 * Where there is little room, has the graphs of a page run down, and not across. Which text stands where is read from what
 * was drawn when the book was made.
 */
export function turnPictures(): void {
  const known = [...layouts.values()];
  const pictures = [...document.querySelectorAll<HTMLElement>('.picture[data-layouts]')];
  // all are measured before any is changed, or the page would be laid out again for each of them
  const rooms = pictures.map((details) => details.parentElement?.clientWidth ?? 0);
  for (const [i, details] of pictures.entries()) {
    const [across = '', down = ''] = (details.dataset.layouts ?? '').split(' ').map((each) => known[Number(each)]);
    const svg = details.querySelector('svg');
    const room = rooms[i] ?? 0;
    if (svg === null || down === '' || room > NARROW) continue;
    const drawn = [...svg.querySelectorAll('text')];
    const texts: Text[] = [];
    for (const [k, place] of placesIn(across).entries()) {
      const isChanged = drawn[k]?.previousElementSibling?.tagName === 'rect';
      if (place >= 0) texts[place] = { text: drawn[k]?.textContent ?? '', isChanged };
    }
    const words = svg.getAttribute('aria-label') ?? '';
    // the drawing escapes every text that it is given
    svg.outerHTML = filledIn(down, texts);
    finish(details, words, room);
  }
}

/** A picture that is a little too wide is made a little smaller; one that is much too wide can be pushed to and fro. */
const SMALLEST = 0.8;

function finish(details: Element, words: string, room: number): void {
  const svg = details.querySelector('svg');
  if (svg === null) return;
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', words);
  svg.classList.toggle('fits', svg.width.baseVal.value * SMALLEST <= room);
}

/**
 * Shows what a scenario has drawn, each picture below its step.
 *
 * @param steps - the elements of the steps
 * @param pictures - for each step what it has drawn
 */
export async function showPictures(
  steps: readonly Element[],
  pictures: readonly (readonly Picture[])[],
): Promise<void> {
  const last = pictures.map((each) => each.length > 0).lastIndexOf(true);
  let before: GraphPicture | undefined;
  for (const [i, step] of steps.entries()) {
    const old = [...step.querySelectorAll<HTMLDetailsElement>('.picture')];
    const seen = pictures[i] ?? [];
    for (const each of old.slice(seen.length)) each.remove();
    for (const [k, picture] of seen.entries()) {
      const details = old[k] ?? made(step, i === last);
      details.classList.remove('now');
      await draw(details, picture, before);
      const summary = details.querySelector('summary') as HTMLElement;
      summary.textContent = picture.kind === 'graph' ? 'The graph after this step' : (summary.textContent ?? '');
      if (picture.kind !== 'graph') continue;
      const names = changes(picture, before).flatMap((each, at) =>
        each.length ? [picture.nodes[at]?.name ?? ''] : [],
      );
      if (names.length > 0) {
        const small = document.createElement('small');
        small.textContent = ` changed: ${names.slice(0, 8).join(', ')}`;
        summary.append(small);
      }
      before = picture;
    }
  }
}

/**
 * Shows what a step has come to that still runs.
 *
 * @param step - its element
 * @param pictures - what there is to see
 */
export async function showSeen(step: Element, pictures: readonly Picture[]): Promise<void> {
  for (const [k, picture] of pictures.entries()) {
    const details = step.querySelectorAll<HTMLDetailsElement>('.picture')[k] ?? made(step, true);
    details.open = true;
    details.classList.add('now');
    await draw(details, picture);
  }
}

async function draw(details: HTMLDetailsElement, picture: Picture, before?: GraphPicture): Promise<void> {
  const room = details.parentElement?.clientWidth ?? 0;
  const svg = await drawPicture(picture, layOut, before, room > NARROW);
  const scroll = details.querySelector('.scroll') as HTMLElement;
  // the drawing escapes every text that it is given
  scroll.innerHTML = svg;
  finish(details, inWords(picture, before), room);
}

function made(step: Element, isOpen: boolean): HTMLDetailsElement {
  const details = document.createElement('details');
  details.className = 'picture';
  details.open = isOpen;
  details.innerHTML = '<summary>What came of this step</summary><div class="scroll" tabindex="0"></div>';
  step.append(details);
  return details;
}
