/*
 * What a reader has changed: kept in the browser, and written into addresses, so that an experiment can be sent to someone.
 */

/** What was changed: the number of the place in its cell, and what stands there now. */
export type Edits = Readonly<Record<string, string>>;

const PREFIX = 'micrograd-spec ';

/**
 * Keeps what was changed in a cell.
 *
 * @param id - of the cell
 * @param edits - nothing, to forget it
 * @param original - what stood there: if the book is another one some day, the edits are dropped
 */
export function keep(id: string, edits: Edits, original: string): void {
  try {
    if (Object.keys(edits).length === 0) localStorage.removeItem(PREFIX + id);
    else localStorage.setItem(PREFIX + id, JSON.stringify({ edits, original }));
  } catch {
    // a browser that keeps nothing
  }
}

/**
 * What was kept of a cell.
 *
 * @param id - of the cell
 * @param original - what stands there
 */
export function kept(id: string, original: string): Edits {
  try {
    const found = JSON.parse(localStorage.getItem(PREFIX + id) ?? '{}');
    return found.original === original ? onlyTexts(found.edits) : {};
  } catch {
    return {};
  }
}

/**
 * An address that has the changes in it.
 *
 * @param id - of the cell
 * @param edits - what was changed
 */
export function addressOf(id: string, edits: Edits): string {
  return `${location.href.split('#')[0]}#${id}~${encodeURIComponent(JSON.stringify(edits))}`;
}

/** The cell and the changes that this address asks for. */
export function asked(): { readonly id: string; readonly edits: Edits } | undefined {
  const [, id, text] = /^#([^~]+)~(.*)$/.exec(location.hash) ?? [];
  if (id === undefined || text === undefined) return undefined;
  try {
    return { id: decodeURIComponent(id), edits: onlyTexts(JSON.parse(decodeURIComponent(text))) };
  } catch {
    return undefined;
  }
}

/** Nothing but texts: what stands in an address may have been written by anybody. */
function onlyTexts(given: unknown): Edits {
  if (typeof given !== 'object' || given === null) return {};
  return Object.fromEntries(Object.entries(given).filter(([, text]) => typeof text === 'string'));
}
