import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { list, SpecError } from '../errors';
import { ROOT } from '../node/place';

/*
 * Editions: which scenarios count, see docs/stability.md. Each is a list of ids in features/editions, by its number; what is
 * announced for the next one stands in next.json. So whoever adds a scenario after a release takes nobody by surprise.
 */

/** The name of what is announced. */
const NEXT = 'next';

/** A list in that folder, in the order in which they came. */
interface Edition {
  /** Infinity for what is announced. */
  readonly number: number;
  readonly scenarios: readonly string[];
}

/**
 * The editions that there are, and what is announced for the next one.
 *
 * @param folder - where they stand
 */
function editionsIn(folder: string): Edition[] {
  const names = readdirSync(folder).filter((name) => /^(?:\d+|next)\.json$/.test(name));
  return names
    .map((name): Edition => {
      const [which = ''] = name.split('.');
      const { scenarios } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Pick<Edition, 'scenarios'>;
      return { number: which === NEXT ? Number.POSITIVE_INFINITY : Number(which), scenarios };
    })
    .sort((one, other) => one.number - other.number);
}

/** Which scenarios count in a run. */
export interface Counting {
  /** The number of the edition that counts; that of the next one, if it was asked for. */
  readonly edition: number;
  /** The ids of scenarios that were added since: they are told, and do not count. */
  readonly announced: readonly string[];
}

/**
 * Which scenarios count.
 *
 * @param wanted - the number of an edition, or "next"; the last edition otherwise
 * @param folder - where editions stand
 * @throws SpecError if there is no such edition
 */
export function counting(wanted?: string, folder = join(ROOT, 'features', 'editions')): Counting {
  const editions = editionsIn(folder);
  const numbers = editions.map(({ number }) => number).filter(Number.isFinite);
  const last = numbers.at(-1) ?? 0;
  if (wanted === NEXT) return { edition: last + 1, announced: [] };
  const edition = wanted === undefined ? last : Number(wanted);
  if (wanted !== undefined && !numbers.map(String).includes(wanted)) {
    throw new SpecError(`there is no edition ${wanted}; there are ${list([...numbers.map(String), NEXT])}`);
  }
  return {
    edition,
    announced: editions.filter(({ number }) => number > edition).flatMap(({ scenarios }) => scenarios),
  };
}
