import { below, Live, type Shared } from './editing';
import type { Result } from './exchange';
import { holds } from './exchange';
import { FAULTS } from './faults';
import { addSearch } from './searching';
import { turnPictures } from './shown';

/*
 * Brings a page to life. Without it, the page is complete: everything stands there that the run has said.
 */

const shared: Shared = {};

function start(): void {
  document.documentElement.classList.add('live');
  addSearch();
  turnPictures();
  leaveStops();
  addEventListener('beforeprint', () => {
    for (const each of document.querySelectorAll('details.picture')) each.setAttribute('open', '');
  });
  if (!document.body.hasAttribute('data-live')) return;
  const cells = [...document.querySelectorAll<HTMLElement>('.cell')];
  const lives: Live[] = [];
  const again = (background: HTMLElement) => {
    for (const each of below(lives, background)) void each.run();
  };
  for (const cell of cells) lives.push(new Live(cell, shared, again));
  // what was changed an earlier time counts for the scenarios below as well
  for (const cell of cells.filter((each) => each.matches('.background.editing'))) again(cell);
  addFaults(lives);
  const book: { running?: Promise<unknown>; runAll(): Promise<unknown> } = {
    runAll: () => {
      book.running = runAll(lives); // kept, so that whoever waits for it is not forgotten
      return book.running;
    },
  };
  Reflect.set(globalThis, 'book', book);
}

/** Scenarios that somebody may run; backgrounds belong to others. */
function scenariosIn(lives: readonly Live[]): Live[] {
  return lives.filter(({ cell }) => cell.matches('.scenario, .outline'));
}

/**
 * Runs all scenarios of the page.
 *
 * @returns for each how it ended, by its address
 */
async function runAll(lives: readonly Live[]): Promise<Record<string, readonly Result[]>> {
  const ended: Record<string, readonly Result[]> = {};
  for (const live of scenariosIn(lives)) {
    await live.run();
    ended[live.cell.id] = live.results;
  }
  return ended;
}

/** So many of the scenarios that catch a fault are named. */
const MOST = 8;

/** Only what is wider than its place is a stop for the keyboard: there is nothing to be pushed in the others. */
function leaveStops(): void {
  const stops = [...document.querySelectorAll('[tabindex="0"]')];
  // all are measured before any is changed, or the page would be laid out again for each of them
  const idle = stops.filter((each) => each.scrollWidth <= each.clientWidth);
  for (const each of idle) each.removeAttribute('tabindex');
}

/** A switch with the faults that the notes warn of: which scenarios of the page catch them? */
function addFaults(lives: readonly Live[]): void {
  const box = document.createElement('div');
  box.className = 'engine';
  box.innerHTML =
    '<label>The engine <select><option value="">as it should be</option></select></label><output></output>';
  const select = box.querySelector('select') as HTMLSelectElement;
  const output = box.querySelector('output') as HTMLOutputElement;
  for (const { name, says, chapter } of FAULTS) {
    select.append(new Option(`broken: ${says} (chapter ${chapter})`, name));
  }
  select.addEventListener('change', async () => {
    shared.fault = select.value === '' ? undefined : select.value;
    const { fault } = shared;
    const all = scenariosIn(lives);
    const caught: Live[] = [];
    for (const [i, live] of all.entries()) {
      output.textContent = `scenario ${i + 1} of ${all.length} …`;
      await live.run();
      if (shared.fault !== fault) return; // another one was chosen
      if (live.results.some((each) => !holds(each))) caught.push(live);
    }
    output.textContent =
      fault === undefined
        ? ''
        : `${caught.length} of ${all.length} scenarios of this page catch it${caught.length > 0 ? ': ' : '.'}`;
    if (fault === undefined) return;
    const links = caught.slice(0, MOST).map(({ cell }) => {
      const link = document.createElement('a');
      link.href = `#${cell.id}`;
      link.textContent = cell.querySelector('h3')?.textContent ?? cell.id;
      return link;
    });
    const more = caught.length - links.length;
    output.append(
      ...links.flatMap((link, i) => (i === 0 ? [link] : ['; ', link])),
      more > 0 ? ` and ${more} more` : '',
    );
  });
  document.querySelector('h1')?.after(box);
}

start();
