import type { Operation } from '../protocol/operations';
import { OPERATIONS } from '../protocol/operations';
import type { Engine } from '../protocol/program';
import { lines } from './alone';
import { explain, type Sample } from './causes';
import { chained, type Form, type Observation, usedAgain } from './observe';
import { compared, type Finding, finding, type Near } from './telling';

/*
 * What is wrong with single operations, from what was observed of them.
 */

/**
 * What is wrong with one operation by itself.
 *
 * @param seen - all that was observed of it
 * @param isNear - when two numbers are the same
 */
export function ofOperation(seen: readonly Observation[], isNear: Near): Finding[] {
  const [first] = seen;
  if (first === undefined) return [];
  const { operation } = first;
  const refused = seen.filter(({ came }) => came === undefined);
  const answered = seen.filter(({ came }) => came !== undefined);
  const findings: Finding[] = [];
  const refusal = refused[0];
  if (refusal !== undefined) {
    findings.push(
      finding({
        title: `the engine does not carry it out${onlyIn(refused, answered)}`,
        code: lines(refusal.random),
        facts: [refusal.refusal ?? ''],
        operations: [operation],
        forms: formsOf(refused),
      }),
    );
  }
  const isRight = ({ expected, came }: Observation) => isNear(expected.data, came?.data ?? Number.NaN);
  const wrong = answered.filter((each) => !isRight(each));
  const right = answered.filter(isRight);
  const number = wrong[0];
  if (number !== undefined) {
    const forms = formsOf(wrong);
    const samples = answered.filter(({ form }) => forms.includes(form)).map((each) => sampleOf(each, 'number', 0));
    findings.push(
      finding({
        title: `its number is wrong${onlyIn(wrong, right)}`,
        code: lines(number.random).slice(0, -1),
        facts: compared('z.data', number.expected.data, number.came?.data),
        count: counted(wrong, right),
        cause: explain('number', operation, samples, isNear),
        operations: [operation],
        forms,
      }),
    );
  }
  const gradients = ofGradients(operation, right, isNear);
  // where numbers are wrong, a few gradients are wrong with them
  return number === undefined ? [...findings, ...gradients] : findings;
}

/** What is wrong with the gradients of one operation, where its number is right. */
function ofGradients(operation: Operation, seen: readonly Observation[], isNear: Near): Finding[] {
  const places = OPERATIONS[operation].operands === 1 ? [0] : [0, 1];
  const parts = places.map((k) => {
    const asked = seen.filter(({ expected }) => expected.grads[k] !== undefined);
    const isRight = (each: Observation) => isNear(each.expected.grads[k] ?? 0, each.came?.grads[k] ?? Number.NaN);
    const wrong = asked.filter((each) => !isRight(each));
    const right = asked.filter(isRight);
    const forms = formsOf(wrong);
    const samples = asked.filter(({ form }) => forms.includes(form)).map((each) => sampleOf(each, 'derivative', k));
    return { k, wrong, right, forms, cause: explain('derivative', operation, samples, isNear) };
  });
  const bad = parts.filter(({ wrong }) => wrong.length > 0);
  // where the two operands are wrong in different places, they are told apart
  if (bad.length === 2 && bad.some(({ forms }) => !forms.includes('nodes'))) {
    return bad.flatMap((part) => toldOf(operation, [part], parts, isNear));
  }
  return toldOf(operation, bad, parts, isNear);
}

/** What was seen of one operand. */
interface Part {
  readonly k: number;
  readonly wrong: readonly Observation[];
  readonly right: readonly Observation[];
  readonly forms: readonly Form[];
  readonly cause: string | undefined;
}

function toldOf(operation: Operation, bad: readonly Part[], parts: readonly Part[], isNear: Near): Finding[] {
  const places = parts.map(({ k }) => k);
  const [worst] = bad;
  const shown = worst?.wrong[0];
  if (worst === undefined || shown === undefined) return [];
  const isBoth = bad.length === 2;
  const which =
    places.length === 1
      ? 'its gradient is'
      : isBoth
        ? 'both of its gradients are'
        : `the gradient of its ${ORDINAL[worst.k]} operand is`;
  const facts = bad.flatMap(({ k }) => {
    const [right, came] = [shown.expected.grads[k], shown.came?.grads[k]];
    return right === undefined || isNear(right, came ?? Number.NaN) ? [] : compared(`${NAMES_OF[k]}.grad`, right, came);
  });
  const other = parts[1 - worst.k];
  const isOtherSeen = other?.right.some(({ form }) => worst.forms.includes(form)) ?? false;
  const rest =
    isBoth || places.length === 1 || !isOtherSeen
      ? 'its number is right'
      : `its number is right, and so is the gradient of its ${ORDINAL[1 - worst.k]} operand`;
  const causes = new Set(bad.map(({ cause }) => cause));
  const [cause] = causes;
  const causeOfBoth = bad.map(({ k, cause }) => `of the ${ORDINAL[k]}, ${cause}`).join('; ');
  const isExplained = !causes.has(undefined);
  return [
    finding({
      title: `${which} wrong${onlyIn(worst.wrong, worst.right)}`,
      code: lines(shown.random),
      facts,
      count: `${counted(worst.wrong, worst.right)}; ${rest}`,
      cause: isExplained ? (causes.size === 1 ? cause : causeOfBoth) : undefined,
      operations: [operation],
      forms: [...new Set(bad.flatMap(({ forms }) => forms))],
    }),
  ];
}

const ORDINAL = ['first', 'second'] as const;
const NAMES_OF = ['x', 'y'] as const;

/**
 * What is wrong where the result of an operation is used further, and it is right by itself.
 *
 * @param engine - the engine under test
 * @param seen - all that was observed
 * @param sound - the operations with which nothing is wrong so far
 * @param isNear - when two numbers are the same
 */
export async function ofChains(
  engine: Engine,
  seen: readonly Observation[],
  sound: readonly string[],
  isNear: Near,
): Promise<Finding[]> {
  const carrier = sound.includes('mul') ? 'mul' : sound.includes('add') ? 'add' : undefined;
  const findings: Finding[] = [];
  for (const operation of new Set(seen.map((each) => each.operation))) {
    if (carrier === undefined || !sound.includes(operation)) continue;
    const some = seen.filter((each) => each.operation === operation && each.form === 'nodes').slice(0, 4);
    const tried: { each: Observation; chain: Awaited<ReturnType<typeof chained>> }[] = [];
    // one after the other: an engine in a process answers one question at a time
    for (const each of some) tried.push({ each, chain: await chained(engine, each, carrier) });
    const wrong = tried.filter(({ chain }) =>
      chain.right.some((grad, k) => grad !== undefined && !isNear(grad, chain.came?.[k] ?? Number.NaN)),
    );
    const [shown] = wrong;
    if (shown === undefined) continue;
    const { chain } = shown;
    const factor = carrier === 'mul' ? 3 : 2;
    const isAll = (gives: (right: number) => number) =>
      wrong.length === tried.length &&
      tried.every(({ chain }) =>
        chain.right.every((grad, k) => grad === undefined || isNear(gives(grad), chain.came?.[k] ?? Number.NaN)),
      );
    const cause = isAll((right) => right / factor)
      ? 'the gradient that comes from the result is not multiplied in'
      : isAll((right) => right * factor)
        ? 'the gradient that comes from the result is multiplied in twice'
        : undefined;
    const facts = chain.right.flatMap((grad, k) =>
      grad === undefined ? [] : compared(`${NAMES_OF[k]}.grad`, grad, chain.came?.[k]),
    );
    findings.push(
      finding({
        title: `gradients are wrong where its result is used further`,
        code: lines(chain.random),
        facts: [
          ...(chain.came === undefined ? [chain.refusal ?? ''] : facts),
          'by itself, its number and its gradients are right',
        ],
        cause,
        operations: [operation],
        forms: ['nodes', 'left', 'right', 'same'],
      }),
    );
  }
  return findings;
}

/**
 * What is wrong with operations that are right on two nodes, and wrong with one node on both sides.
 *
 * @param seen - all that was observed
 * @param before - what is known to be wrong
 * @param isNear - when two numbers are the same
 */
export function ofSameNode(seen: readonly Observation[], before: readonly Finding[], isNear: Near): Finding[] {
  const operations = new Set(seen.filter(({ form }) => form === 'same').map(({ operation }) => operation));
  return [...operations].flatMap((operation) => {
    if (before.some((each) => each.operations.includes(operation))) return [];
    const same = seen.filter((each) => each.operation === operation && each.form === 'same');
    const isRight = ({ expected, came }: Observation) =>
      isNear(expected.data, came?.data ?? Number.NaN) && isNear(expected.grads[0] ?? 0, came?.grads[0] ?? Number.NaN);
    const wrong = same.filter((each) => !isRight(each));
    const [shown] = wrong;
    if (shown === undefined) return [];
    return [
      finding({
        title: `wrong with one node on both sides`,
        code: lines(shown.random),
        facts: [
          ...(shown.came === undefined
            ? [shown.refusal ?? '']
            : [
                ...compared('z.data', shown.expected.data, shown.came.data),
                ...compared('x.grad', shown.expected.grads[0] ?? 0, shown.came.grads[0]),
              ]),
          `${counted(wrong, same.filter(isRight))}; with two nodes it is right`,
        ],
        operations: [operation],
        forms: ['same'],
      }),
    ];
  });
}

function sampleOf({ x, y, expected, came }: Observation, what: 'number' | 'derivative', k: number): Sample {
  const out = expected.data;
  if (what === 'number') return { x, y, out, right: out, other: out, came: came?.data ?? Number.NaN };
  const other = expected.grads[1 - k] ?? 0;
  return { x, y, out, right: expected.grads[k] ?? 0, other, came: came?.grads[k] ?? Number.NaN };
}

function formsOf(seen: readonly Observation[]): Form[] {
  return [...new Set(seen.map(({ form }) => form))];
}

const PLACES: Readonly<Record<Form, string>> = {
  nodes: 'where both operands are nodes',
  right: 'where a plain number stands on the right',
  left: 'where a plain number stands on the left',
  same: 'where one node stands on both sides',
};

/** Where it is wrong, if it is right elsewhere. */
function onlyIn(wrong: readonly Observation[], right: readonly Observation[]): string {
  const forms = formsOf(wrong);
  const clear = formsOf(right).filter((form) => !forms.includes(form));
  if (clear.length === 0) return '';
  return `, ${forms.map((form) => PLACES[form]).join(' and ')}`;
}

/** How often it was wrong, and what these places have in common. */
function counted(wrong: readonly Observation[], right: readonly Observation[]): string {
  const forms = formsOf(wrong);
  const others = right.filter(({ form }) => forms.includes(form));
  const all = wrong.length + others.length;
  if (others.length === 0) return `wrong at all ${all} places that were tried`;
  const common = COMMON.find(([, is]) => wrong.every(is) && !others.some(is));
  return `wrong at ${wrong.length} of ${all} places that were tried${common === undefined ? '' : `: those where ${common[0]}`}`;
}

const COMMON: readonly (readonly [string, (at: Observation) => boolean])[] = [
  ['x is below 0', ({ x }) => x < 0],
  ['x is above 0', ({ x }) => x > 0],
  ['x is 0', ({ x }) => x === 0],
  ['y is below 0', ({ y }) => y < 0],
  ['y is above 0', ({ y }) => y > 0],
  ['y is 0', ({ y }) => y === 0],
  ['x is less than y', ({ x, y }) => x < y],
  ['x is more than y', ({ x, y }) => x > y],
  ['x is below 1, and above -1', ({ x }) => Math.abs(x) < 1],
  ['x is above 1, or below -1', ({ x }) => Math.abs(x) > 1],
  ['x is above 1', ({ x }) => x > 1],
  ['x is below 1', ({ x }) => x < 1],
  ['y is not a whole number', ({ y }) => !Number.isInteger(y)],
  ['y is a whole number', ({ y }) => Number.isInteger(y)],
  ['y is even', ({ y }) => y % 2 === 0],
  ['y is odd', ({ y }) => Math.abs(y % 2) === 1],
  ['the result is negative', ({ expected }) => expected.data < 0],
];

/**
 * What is wrong where an operand of an operation is used once more: shares must be added to what is there.
 *
 * @param engine - the engine under test
 * @param seen - all that was observed
 * @param sound - the operations with which nothing is wrong so far; without sums, nothing is tried
 * @param isNear - when two numbers are the same
 */
export async function ofUsedAgain(
  engine: Engine,
  seen: readonly Observation[],
  sound: readonly string[],
  isNear: Near,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const operation of new Set(seen.map((each) => each.operation))) {
    const [first] = seen.filter(
      ({ form, expected, ...each }) => each.operation === operation && form === 'nodes' && expected.grads[0] !== 0,
    );
    if (first === undefined || !sound.includes('add') || !sound.includes(operation)) continue;
    const places = OPERATIONS[operation].operands === 1 ? ([0] as const) : ([0, 1] as const);
    const wrong: Awaited<ReturnType<typeof usedAgain>>[] = [];
    for (const k of places) {
      for (const side of ['left', 'right'] as const) {
        const tried = await usedAgain(engine, first, side, k);
        // a sum of 0 says little: some setters take a 0 for nothing
        if (tried.right !== 0 && !isNear(tried.right, tried.came)) wrong.push(tried);
      }
    }
    const [shown] = wrong;
    if (shown === undefined) continue;
    const isAssigned = wrong.every(({ share, came }) => isNear(share, came) || isNear(1, came));
    findings.push(
      finding({
        title: `a gradient is wrong where an operand is used once more`,
        code: lines(shown.random),
        facts: [...compared(`${shown.name}.grad`, shown.right, shown.came), 'used once, it is right'],
        cause: isAssigned
          ? 'a gradient that is there already is overwritten: = where += belongs; see chapter 7'
          : undefined,
        operations: [operation],
        forms: ['nodes', 'left', 'right', 'same'],
      }),
    );
  }
  return findings;
}

/**
 * An engine all of whose gradients are off by one factor: the output's own gradient is not 1.
 *
 * @param seen - all that was observed
 * @param isNear - when two numbers are the same
 */
export function ofFactor(seen: readonly Observation[], isNear: Near): Finding | undefined {
  const pairs = seen.flatMap(({ random, expected, came }) =>
    expected.grads.flatMap((right, k) =>
      right === undefined || right === 0 || came === undefined
        ? []
        : [{ random, k, right, came: came.grads[k] ?? Number.NaN }],
    ),
  );
  const [shown] = pairs;
  if (shown === undefined || isNear(shown.right, shown.came)) return undefined;
  const factor = shown.came / shown.right;
  if (!pairs.every(({ right, came }) => isNear(factor * right, came))) return undefined;
  return {
    title: `every gradient is ${factor} times what it should be`,
    code: lines(shown.random),
    facts: compared(`${NAMES_OF[shown.k === 0 ? 0 : 1]}.grad`, shown.right, shown.came),
    cause: `the pass begins with ${factor} at the output, and should begin with 1`,
    more: ['read chapter 4'],
    operations: [],
    isIn: ({ passes }) => passes > 0,
  };
}
