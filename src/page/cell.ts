import type { StepText, Wanted } from './exchange';

/*
 * A scenario on the page. The page is the model: what stands in it, whether as text or in a field, is what runs.
 */

/** The text of an element, or what a reader has written in its place. */
export function textOf(element: Element): string {
  const field = element.querySelector<HTMLInputElement | HTMLTextAreaElement>('.field');
  return field === null ? (element.textContent ?? '') : field.value;
}

/** The places of a cell that can be changed: sentences, code, and the cells of tables. */
export function placesOf(cell: Element): HTMLElement[] {
  return [
    ...cell.querySelectorAll<HTMLElement>(
      '.text, .step .code:not(textarea), table.below td, table.below th, table.examples td:not(.end)',
    ),
  ];
}

/** The steps of a cell, as they stand there now. */
export function stepsOf(cell: Element): StepText[] {
  return [...cell.querySelectorAll('.step')].map((step) => {
    const text = textOf(step.querySelector('.text') as Element).trim();
    const code = step.querySelector('.code');
    if (code !== null) return { text, below: textOf(code) };
    const table = step.querySelector('table.below');
    return table === null ? { text } : { text, below: rowsOf(table) };
  });
}

function rowsOf(table: Element): string[][] {
  const rows = [...table.querySelectorAll('tr')];
  return rows.map((row) => [...row.querySelectorAll('th:not(.end), td:not(.end)')].map((cell) => textOf(cell).trim()));
}

/** A row of an outline. */
export interface Row {
  readonly element: HTMLTableRowElement;
  /** What each title stands for. */
  readonly values: ReadonlyMap<string, string>;
}

/** The rows of an outline; none, for a scenario. */
export function rowsOfOutline(cell: Element): Row[] {
  return [...cell.querySelectorAll('table.examples')].flatMap((table) => {
    const [titles = []] = rowsOf(table);
    const elements = [...table.querySelectorAll<HTMLTableRowElement>('tbody tr')];
    return elements.map((element) => {
      const cells = [...element.querySelectorAll('td:not(.end)')].map((each) => textOf(each).trim());
      return { element, values: new Map(titles.map((title, i) => [title, cells[i] ?? ''])) };
    });
  });
}

/** The backgrounds that a cell begins with, the outermost first. */
export function backgroundsOf(cell: Element): Element[] {
  const found: Element[] = [];
  for (
    let scope = cell.closest('[data-scope]');
    scope !== null;
    scope = scope.parentElement?.closest('[data-scope]') ?? null
  ) {
    found.unshift(...scope.querySelectorAll(':scope > .cell.background'));
  }
  return found;
}

/**
 * What a cell wants to be run.
 *
 * @param cell - a scenario, or an outline
 * @param values - of a row, to be filled in
 */
export function wantedOf(cell: HTMLElement, values: ReadonlyMap<string, string> = new Map()): Wanted {
  const above = backgroundsOf(cell).flatMap(stepsOf);
  const fill = (text: string) => text.replace(/<([^<>]+)>/g, (all, name: string) => values.get(name) ?? all);
  const own = stepsOf(cell).map(({ text, below }): StepText => {
    if (below === undefined) return { text: fill(text) };
    return { text: fill(text), below: typeof below === 'string' ? fill(below) : below.map((row) => row.map(fill)) };
  });
  return { steps: [...above, ...own], tags: (cell.dataset.tags ?? '').split(' ').filter((tag) => tag !== '') };
}

/** Whether a cell asks for the laws, or for references in many digits. */
export function needsLaws({ steps }: Wanted): boolean {
  return steps.some(({ text }) => /^in random expressions, | matches its finite difference$/.test(text));
}
