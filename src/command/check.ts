import { SpecError } from '../errors';
import { askAdapter, type Wrong } from '../judge/adapter';
import type { Engine } from '../protocol/program';

/**
 * Says whether an engine's adapter is right, with request and reply of what is wrong.
 *
 * @param engine - the engine
 * @returns what to print, and whether all is well
 */
export async function checkAdapter(engine: Engine): Promise<{ text: string; isRight: boolean }> {
  const { asked, wrong } = await askAdapter(engine);
  const faults = wrong.filter(({ isOdd }) => !isOdd);
  const lines = asked.map((says) => {
    const found = wrong.find((each) => each.says === says);
    return found === undefined ? `  right  ${says}` : `  ${found.isOdd ? 'other' : 'wrong'}  ${says}\n${detail(found)}`;
  });
  const end = `${asked.length - wrong.length} right, ${faults.length} wrong, ${wrong.length - faults.length} other ways with odd numbers`;
  return { text: [...lines, '', end].join('\n'), isRight: faults.length === 0 };
}

function detail({ requests, expected, came }: Wrong): string {
  return [...requests.map((each) => `sent      ${each}`), `expected  ${expected}`, `came      ${came}`]
    .map((line) => `           ${line}`)
    .join('\n');
}

/**
 * Makes sure, before a run, that the answers of an engine are about the engine and not about its adapter.
 *
 * @param engine - the engine
 * @param isAdapted - whether somebody wrote an adapter for it: then all is asked
 * @returns a line to tell, if something is wrong for which the engine may have to answer itself; the run decides
 * @throws SpecError that says in a line what is wrong first, if it is the adapter for certain
 */
export async function requireAdapter(engine: Engine, isAdapted: boolean): Promise<string | undefined> {
  const { wrong } = await askAdapter(engine, isAdapted ? 'before' : 'grave');
  const { engine: name } = engine.description;
  const grave = wrong.find(({ isGrave }) => isGrave);
  if (grave !== undefined) {
    throw new SpecError(`the adapter of ${name} is wrong, and so nothing can be said of the engine: ${inShort(grave)}`);
  }
  const [first] = [...wrong].sort((a, b) => Number(a.isOdd) - Number(b.isOdd));
  if (first === undefined || !isAdapted) return undefined;
  const who = first.isOdd
    ? 'has a way of its own with an odd number, or its adapter has'
    : 'is wrong, or its adapter is';
  return `${name} ${who}: ${inShort(first)}`;
}

function inShort({ says, came }: Wrong): string {
  return `expected that ${says}; came ${came.split('\n')[0]}. See: micrograd-spec check`;
}
