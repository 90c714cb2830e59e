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
  addFaults(lives);
  Reflect.set(globalThis, 'book', { runAll: () => runAll(lives) });
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
    output.textContent = 'All scenarios of this page run …';
    const quick = scenariosIn(lives).filter(({ cell }) => !/@laws|@demonstration/.test(cell.dataset.tags ?? ''));
    for (const live of quick) await live.run();
    const caught = quick.filter(({ results }) => results.some((each) => !holds(each)));
    output.textContent =
      shared.fault === undefined ? '' : `${caught.length} of ${quick.length} scenarios of this page catch it. `;
    if (shared.fault === undefined) return;
    for (const { cell } of caught.slice(0, 8)) {
      const link = document.createElement('a');
      link.href = `#${cell.id}`;
      link.textContent = cell.querySelector('h3')?.textContent ?? cell.id;
      output.append(link, '; ');
    }
  });
  document.querySelector('h1')?.after(box);
}

start();
