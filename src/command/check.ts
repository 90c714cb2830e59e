import { SpecError } from '../errors';
import { type Answers, askAdapter, type Wrong } from '../judge/adapter';
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
 * @throws SpecError that says in a line what is wrong first
 */
export async function requireAdapter(engine: Engine): Promise<void> {
  const { wrong }: Answers = await askAdapter(engine, true);
  const first = wrong.find(({ isGrave }) => isGrave);
  if (first === undefined) return;
  throw new SpecError(
    `the adapter of ${engine.description.engine} is wrong, and so nothing can be said of the engine: expected that ${first.says}; ` +
      `came ${first.came}. See: micrograd-spec check`,
  );
}
