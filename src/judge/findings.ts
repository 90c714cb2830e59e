import { list, NotClaimed } from '../errors';
import { OPERATIONS, type Operation } from '../protocol/operations';
import type { Asked, Engine } from '../protocol/program';
import { lines, type RandomProgram, Refused } from './alone';
import { explain, type Sample } from './causes';
import { GRAPHS, LEAF, passes, type Seen, see } from './graphs';
import { type Ground, groundOf } from './ground';
import { chained, type Form, type Observation, observe } from './observe';
import { WALKS, walked } from './walks';

/*
 * What is wrong with an engine, found out by experiments that were chosen for telling faults apart: each operation by
 * itself, then what hands its gradient on, then graphs, then several passes. What is said is what was seen; a cause is
 * named only if it explains every number that came, the right ones too.
 */

/** One fault of an engine. */
export interface Finding {
  /** What is known of it, in several lines; the first says it in short. */
  readonly text: string;
  /** The operations that it is about; none if it is about graphs. */
  readonly operations: readonly Operation[];
  /**
   * Whether the fault could show in what was asked.
   *
   * @param asked - what a scenario, or a law, has asked of the engine
   */
  readonly isIn: (asked: Asked) => boolean;
}

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

type Near = (x: number, y: number) => boolean;

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
    const graphs = await ofGraphs(engine, ground, sound, isNear);
    const chains = await ofChains(engine, seen, sound, isNear);
    // what goes wrong behind nearly every operation is no fault of one of them
    const isGeneral = chains.length > 2 && chains.length > sound.length / 3;
    findings.push(...graphs);
    if (!isGeneral || graphs.length === 0) findings.push(...chains);
    if (graphs.length === 0) findings.push(...ofSameNode(seen, findings, isNear));
    const told = together(findings);
    // so many operations are seldom wrong each by itself: what is behind them is not seen here, and causes would mislead
    return told.length > MANY ? told.map(withoutCause) : told;
  } catch (error) {
    // an engine that ends, or hangs, is told where that happens
    if (!(error instanceof Refused || error instanceof NotClaimed)) throw error;
  }
  return findings;
}

/** More findings than this are not each a fault of its own. */
const MANY = 4;

function withoutCause({ text, ...rest }: Finding): Finding {
  return {
    ...rest,
    text: text
      .split('\n')
      .filter((line) => !line.startsWith('likely cause'))
      .join('\n'),
  };
}

/** Faults of the same kind in several operations are most likely one: it is told once, with the first as an example. */
function together(findings: readonly Finding[]): Finding[] {
  const kinds = new Map<string, Finding[]>();
  const isOfGradient = ({ text }: Finding) => /^\w+: .*gradient/.test(text);
  const isEverywhere = findings.filter(isOfGradient).length > 5;
  for (const each of findings) {
    const title = each.text.split('\n')[0]?.replace(/^\w+: /, '') ?? '';
    const shared = isEverywhere && isOfGradient(each) ? 'gradients are wrong' : title;
    const kind = each.operations.length === 0 ? each.text : shared;
    kinds.set(kind, [...(kinds.get(kind) ?? []), each]);
  }
  return [...kinds].flatMap(([kind, same]) => {
    const [first] = same;
    const isOne = same.length > 2 && (/, where a plain|used further|does not carry/.test(kind) || same.length > 5);
    if (first === undefined || !isOne) return same;
    const operations = same.flatMap((each) => each.operations);
    const [, ...rest] = first.text.split('\n').filter((line) => !line.startsWith('likely cause'));
    const text = [`${list(operations)}: ${kind}`, ...rest].join('\n');
    return [{ text, operations, isIn: (asked: Asked) => same.some((each) => each.isIn(asked)) }];
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
  const text = [
    `numbers are right to about ${digits} digits only, and doubles have 16`,
    ...lines(random)
      .slice(0, -1)
      .map((line) => `    ${line}`),
    ...compared('z.data', expected.data, came?.data),
    `so it is with ${list(operations)}`,
    'an engine that computes in single precision says so: precision "single"',
  ];
  return { text: text.join('\n'), operations: [], isIn: () => true };
}

/** What is wrong with one operation by itself. */
function ofOperation(seen: readonly Observation[], isNear: Near): Finding[] {
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
        title: `${operation}: the engine does not carry it out${onlyIn(refused, answered)}`,
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
        title: `${operation}: its number is wrong${onlyIn(wrong, right)}`,
        code: lines(number.random).slice(0, -1),
        facts: [...compared('z.data', number.expected.data, number.came?.data), counted(wrong, right)],
        cause: explain('number', operation, samples, isNear),
        operations: [operation],
        forms,
      }),
    );
  }
  return [...findings, ...ofGradients(operation, right, isNear)];
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
  const facts = bad.flatMap(({ k }) =>
    shown.expected.grads[k] === undefined
      ? []
      : compared(`${NAMES_OF[k]}.grad`, shown.expected.grads[k], shown.came?.grads[k]),
  );
  const rest =
    isBoth || places.length === 1
      ? 'its number is right'
      : `its number is right, and so is the gradient of its ${ORDINAL[1 - worst.k]} operand`;
  const causes = new Set(bad.map(({ cause }) => cause));
  const [cause] = causes;
  const causeOfBoth = bad.map(({ k, cause }) => `of the ${ORDINAL[k]}, ${cause}`).join('; ');
  const isExplained = !causes.has(undefined);
  return [
    finding({
      title: `${operation}: ${which} wrong${onlyIn(worst.wrong, worst.right)}`,
      code: lines(shown.random),
      facts: [...facts, `${counted(worst.wrong, worst.right)}; ${rest}`],
      cause: isExplained ? (causes.size === 1 ? cause : causeOfBoth) : undefined,
      operations: [operation],
      forms: [...new Set(bad.flatMap(({ forms }) => forms))],
    }),
  ];
}

const ORDINAL = ['first', 'second'] as const;
const NAMES_OF = ['x', 'y'] as const;

/** What is wrong where the result of an operation is used further, and it is right by itself. */
async function ofChains(
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
        title: `${operation}: gradients are wrong where its result is used further`,
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

/** An operation that is right on two nodes, and wrong with one node on both sides. */
function ofSameNode(seen: readonly Observation[], before: readonly Finding[], isNear: Near): Finding[] {
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
        title: `${operation}: wrong with one node on both sides`,
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

/** What is wrong with graphs of operations that are right by themselves. */
async function ofGraphs(engine: Engine, ground: Ground, sound: readonly string[], isNear: Near): Promise<Finding[]> {
  const isSound = ({ random, extra }: { random: RandomProgram; extra: readonly { do: string }[] }) =>
    [...random.program, ...extra].every((each) => !isArithmetic(each.do) || sound.includes(each.do));
  const isRight = ({ right, came }: Seen) =>
    came !== undefined && right.every((grad, i) => isNear(grad, came[i] ?? Number.NaN));
  const single = await seeAll(engine, GRAPHS.filter(isSound));
  const wrong = single.filter((each) => !isRight(each));
  const findings: Finding[] = [];
  if (wrong.length > 0) {
    const causes = WALKS.filter((walk) =>
      single.every(({ random: { program, output, leaves }, came }) =>
        walked(walk, program, output, leaves)?.every((grad, i) => isNear(grad, came?.[i] ?? Number.NaN)),
      ),
    );
    const cause = causes.length === 1 ? causes[0]?.cause : undefined;
    findings.push(ofSeen(wrong, single.filter(isRight), cause, ({ isShared, passes }) => isShared && passes > 0));
  }
  const leaf = (await seeAll(engine, [LEAF].filter(isSound))).filter((each) => !isRight(each));
  if (ground.repeatedBackward === 'error' || wrong.length > 0) return findings;
  const several = await seeAll(engine, passes(engine.description.newGraph).filter(isSound));
  const bad = [...leaf, ...several.filter((each) => !isRight(each))];
  const isMany = ({ passes }: Asked) => passes > 1 || leaf.length > 0;
  return bad.length === 0 ? findings : [...findings, ofSeen(bad, several.filter(isRight), undefined, isMany)];
}

function isArithmetic(what: string): boolean {
  return what === 'add' || what === 'mul';
}

async function seeAll(engine: Engine, graphs: readonly Parameters<typeof see>[1][]): Promise<Seen[]> {
  const all: Seen[] = [];
  for (const graph of graphs) {
    try {
      all.push(await see(engine, graph));
    } catch (error) {
      // what is not claimed, such as an edit of what is frozen, is not asked
      if (!(error instanceof NotClaimed)) throw error;
    }
  }
  return all;
}

/** The finding that some graphs come to. */
function ofSeen(
  wrong: readonly Seen[],
  right: readonly Seen[],
  cause: string | undefined,
  isIn: Finding['isIn'],
): Finding {
  const size = ({ random, more }: Seen) => random.program.length + more.length;
  const least = wrong.reduce((one, other) => (size(other) < size(one) ? other : one));
  const { random, more, where, came, refusal } = least;
  const facts = random.leaves.flatMap((leaf, i) =>
    least.right[i] === came?.[i] ? [] : compared(`${leaf}.grad`, least.right[i] ?? 0, came?.[i]),
  );
  const places = (all: readonly Seen[]) => [...new Set(all.map((each) => each.where))].filter((each) => each !== where);
  const also = places(wrong).slice(0, 4);
  const fine = places(right)
    .filter((each) => !places(wrong).includes(each))
    .slice(0, 4);
  const text = [
    `a gradient is wrong: ${where}`,
    ...[...lines(random), ...more].map((line) => `    ${line}`),
    ...(came === undefined ? [refusal ?? ''] : facts),
    ...(also.length > 0 ? [`wrong as well: ${also.join('; ')}`] : []),
    ...(fine.length > 0 ? [`right: ${fine.join('; ')}`] : []),
    ...(cause === undefined ? [] : [`likely cause: ${cause}`]),
    'each of the operations is right by itself',
  ];
  return { text: text.join('\n'), operations: [], isIn };
}

function finding(parts: {
  readonly title: string;
  readonly code: readonly string[];
  readonly facts: readonly string[];
  readonly cause?: string;
  readonly operations: readonly Operation[];
  readonly forms: readonly Form[];
}): Finding {
  const { title, code, facts, cause, operations } = parts;
  // one node on both sides is two operands as well
  const forms: readonly Form[] = parts.forms.includes('nodes') ? [...parts.forms, 'same'] : parts.forms;
  const text = [
    title,
    ...code.map((line) => `    ${line}`),
    ...facts,
    ...(cause === undefined ? [] : [`likely cause: ${cause}`]),
    'read chapter 7',
  ];
  const isIn = (asked: Asked) =>
    operations.some((operation) => forms.some((form) => asked.forms.has(`${operation} ${form}`)));
  return { text: text.join('\n'), operations, isIn };
}

function compared(what: string, right: number, came: number | undefined): string[] {
  return [`${what}: expected ${right}, came ${came}`];
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
