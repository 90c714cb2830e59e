import { list, NotClaimed } from '../errors';
import type { Asked, Engine } from '../protocol/program';
import { lines, Refused } from './alone';
import { groundOf } from './ground';
import { chained, type Observation, observe } from './observe';
import { ofGraphs } from './shared';
import { ofChains, ofFactor, ofOperation, ofSameNode, ofUsedAgain } from './single';
import { compared, type Finding, type Near } from './telling';

/*
 * What is wrong with an engine, found out by experiments that were chosen for telling faults apart: each operation by
 * itself, then what hands its gradient on, then graphs, then several passes. What is said is what was seen; a cause is
 * named only if it explains every number that came, the right ones too.
 */

const known = new WeakMap<Engine, Promise<readonly Finding[]>>();

/**
 * Finds out what is wrong with an engine. It is done once for each engine.
 *
 * @param engine - the engine under test
 * @returns its faults; none if the experiments show none, which need not mean that there are none
 */
export function findingsOf(engine: Engine): Promise<readonly Finding[]> {
  const findings = known.get(engine) ?? investigate(engine);
  known.set(engine, findings);
  return findings;
}

async function investigate(engine: Engine): Promise<readonly Finding[]> {
  const most = engine.description.precision === 'single' ? 1e-4 : 1e-10;
  const isNear: Near = (x, y) =>
    Object.is(x, y) || (Number.isFinite(x - y) && Math.abs(x - y) <= most * Math.max(1, Math.abs(x), Math.abs(y)));
  const findings: Finding[] = [];
  try {
    const ground = await groundOf(engine);
    const seen = await observe(engine, ground);
    const rough = engine.description.precision === 'single' ? undefined : ofPrecision(seen);
    if (rough !== undefined) return [rough];
    const factor = ofFactor(seen, isNear);
    if (factor !== undefined) return [factor];
    for (const operation of new Set(seen.map((each) => each.operation))) {
      findings.push(
        ...ofOperation(
          seen.filter((each) => each.operation === operation && each.form !== 'same'),
          isNear,
        ),
      );
    }
    const sound = ground.claims.filter(
      (claim) => !findings.some(({ operations }) => operations.some((each) => each === claim)),
    );
    const told = await withChecked(engine, findings, seen, sound, isNear);
    findings.splice(0, findings.length, ...told);
    const graphs = await ofGraphs(engine, ground, sound, isNear);
    const chains = await ofChains(engine, seen, sound, isNear);
    // what goes wrong behind nearly every operation is no fault of one of them
    const isGeneral = chains.length > 2 && chains.length > sound.length / 3;
    findings.push(...graphs);
    if (!isGeneral || graphs.length === 0) findings.push(...chains);
    const again = await ofUsedAgain(engine, seen, sound, isNear);
    // where several operations overwrite, graphs of sums and products tell it better
    const isOfFew = again.length > 0 && (again.length <= 2 || graphs.length === 0);
    // the graphs are made of sums and products, so that what one of these overwrites shows in them as well
    const isSame = again.some(({ operations }) => operations.includes('add') || operations.includes('mul'));
    if (isOfFew) {
      const others = isSame ? findings.filter((each) => !graphs.includes(each)) : [...findings];
      findings.splice(0, findings.length, ...others, ...again);
    }
    if (!isOfFew && graphs.length === 0) findings.push(...ofSameNode(seen, findings, isNear));
    const all = together(findings);
    // so many operations are seldom wrong each by itself: what is behind them is not seen here, and causes would mislead
    return all.length > MANY ? all.map((each) => ({ ...each, cause: undefined })) : all;
  } catch (error) {
    // an engine that ends, or hangs, is told where that happens
    if (!(error instanceof Refused || error instanceof NotClaimed)) throw error;
  }
  return findings;
}

/** A cause that explains an operation by itself must explain it as well where its result is used with a negative factor. */
async function withChecked(
  engine: Engine,
  findings: readonly Finding[],
  seen: readonly Observation[],
  sound: readonly string[],
  isNear: Near,
): Promise<Finding[]> {
  const checked: Finding[] = [];
  for (const each of findings) {
    const [operation] = each.operations;
    const isNamed = each.cause !== undefined && isOfGradients(each) && sound.includes('mul');
    const places = seen.filter(({ form, ...at }) => at.operation === operation && form === 'nodes').slice(0, 4);
    let holds = true;
    for (const place of isNamed ? places : []) {
      const { came } = await chained(engine, place, 'mul', -3);
      holds &&=
        place.came?.grads.every((grad, k) => grad === undefined || isNear(-3 * grad, came?.[k] ?? Number.NaN)) ?? false;
    }
    checked.push(holds ? each : { ...each, cause: undefined });
  }
  return checked;
}

/** More findings than this are not each a fault of its own. */
const MANY = 6;

/** Whether a finding is about the gradients of operations. */
function isOfGradients({ title, operations }: Finding): boolean {
  return operations.length > 0 && title.includes('gradient');
}

/** Faults of the same kind in several operations are most likely one: it is told once, with the first as an example. */
function together(findings: readonly Finding[]): Finding[] {
  const kinds = new Map<string, Finding[]>();
  const isEverywhere = findings.filter(isOfGradients).length > 5;
  for (const each of findings) {
    const kind = isEverywhere && isOfGradients(each) ? 'gradients are wrong' : each.title;
    kinds.set(kind, [...(kinds.get(kind) ?? []), each]);
  }
  return [...kinds].flatMap(([title, same]) => {
    const [first] = same;
    const isOne = same.length > 2 && (/, where a plain|used further|does not carry/.test(title) || same.length > 5);
    if (first === undefined || !isOne) return same;
    const operations = same.flatMap((each) => each.operations);
    const isIn = (asked: Asked) => same.some((each) => each.isIn(asked));
    // how often it was wrong, and why, is true of the first alone
    return [{ ...first, title, operations, isIn, count: undefined, cause: undefined }];
  });
}

/** An engine whose numbers are right to fewer digits than it says. */
function ofPrecision(seen: readonly Observation[]): Finding | undefined {
  const off = seen.flatMap((each) => {
    const { expected, came } = each;
    if (came === undefined || !Number.isFinite(came.data)) return [];
    const by = Math.abs(came.data - expected.data) / Math.max(1e-300, Math.abs(expected.data));
    return by > 1e-12 && by < 1e-4 ? [{ each, by }] : [];
  });
  const operations = [...new Set(off.map(({ each }) => each.operation))];
  const [shown] = off;
  if (operations.length < 3 || shown === undefined) return undefined;
  const digits = Math.floor(-Math.log10(Math.max(...off.map(({ by }) => by))));
  const { random, expected, came } = shown.each;
  return {
    title: `numbers are right to about ${digits} digits only, and doubles have 16`,
    code: lines(random).slice(0, -1),
    facts: [...compared('z.data', expected.data, came?.data), `so it is with ${list(operations)}`],
    more: ['an engine that computes in single precision says so: precision "single"'],
    operations: [],
    isIn: () => true,
  };
}
