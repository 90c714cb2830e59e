import { EngineFailure, EngineGivenUp, EngineRefusal } from '../errors';
import type { Claim, Engine, Instruction, Reading } from '../protocol/program';
import { encode } from '../protocol/readings';

/*
 * Is the adapter right? Each thing that an adapter does is asked by itself, with numbers so plain that no engine is wrong
 * about them. What is wrong here would show later as something else: a `reset` that forgets nothing, as a gradient that is
 * too large.
 */

/** What is asked of an adapter. */
interface Question {
  /** What an adapter does that is right. */
  readonly says: string;
  /** What is asked, in one request after the other; the last one has the answer. */
  readonly requests: readonly (readonly Instruction[])[];
  /** The answer: readings, or a refusal. */
  readonly answer: readonly Reading[] | 'refused';
  /** What an engine must claim for it; where this is given, it may be the engine that is wrong. */
  readonly needs?: readonly Claim[];
  /** Whether it is about the odd numbers, with which an engine may have its own ways: then it is told, and no fault. */
  readonly isOdd?: boolean;
}

/** An answer that is not the right one. */
export interface Wrong {
  readonly says: string;
  /** What was sent, a line for each request. */
  readonly requests: readonly string[];
  readonly expected: string;
  readonly came: string;
  /** Whether an engine may have its own ways with that. */
  readonly isOdd: boolean;
  /** Whether nothing that an engine says through such an adapter is to be believed. */
  readonly isGrave: boolean;
}

/** What came of the questions. */
export interface Answers {
  /** What was asked, in words. */
  readonly asked: readonly string[];
  readonly wrong: readonly Wrong[];
}

const leaf = (to: string, data: number): Instruction => ({ do: 'leaf', to, data });
const read = (...of: string[]): Instruction => ({ do: 'read', of });
const holds = (data: number, grad: number | null = null): Reading => ({ data, grad });

/** What no adapter says of a node that it has forgotten. */
const REMEMBERED = 7.25;
const NAMES = ['#12', 'N.l0.n3.w1', 'x1', 'x1 * w1'];
const ODD_NAMES = ['"', '\\', 'constructor', '__proto__', 'ä', '12', 'NaN'];
const ODD = [-0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

const QUESTIONS: readonly Question[] = [
  {
    says: 'numbers arrive and come back as they are',
    requests: [[...[2, -3, 0, 1e10, 0.5].map((data, i) => leaf(`x${i}`, data)), read('x0', 'x1', 'x2', 'x3', 'x4')]],
    answer: [2, -3, 0, 1e10, 0.5].map((data) => holds(data)),
    needs: [],
  },
  {
    says: 'a name may be any text',
    requests: [[...NAMES.map((name, i) => leaf(name, i + 1)), read(...NAMES)]],
    answer: NAMES.map((_, i) => holds(i + 1)),
  },
  ...ODD_NAMES.map(
    (name): Question => ({
      says: `${name} is a name like any other`,
      requests: [[leaf(name, 3), read(name)]],
      answer: [holds(3)],
      isOdd: true,
    }),
  ),
  {
    says: 'readings come in the order of the names, a name twice if it stands there twice',
    requests: [[leaf('a', 1), leaf('b', 2), read('b', 'a', 'b')]],
    answer: [holds(2), holds(1), holds(2)],
  },
  {
    says: 'nodes live on from one request to the next',
    requests: [[leaf('a', 1)], [leaf('b', 2)], [read('a', 'b')]],
    answer: [holds(1), holds(2)],
  },
  {
    says: 'a name that is given again means the new node',
    requests: [
      [leaf('a', 2), leaf('b', 3)],
      [leaf('a', 5), read('a', 'b')],
    ],
    answer: [holds(5), holds(3)],
  },
  {
    says: 'a name that is given again means the new node, and nodes that were made from the old one keep it',
    requests: [[leaf('a', 2), { do: 'add', to: 'b', of: ['a', 'a'] }, leaf('a', 5), read('a', 'b')]],
    answer: [holds(5), holds(4)],
    needs: ['add'],
  },
  {
    says: 'the left operand is the first',
    requests: [[leaf('a', 7), leaf('b', 2), { do: 'sub', to: 'c', of: ['a', 'b'] }, read('c')]],
    answer: [holds(5)],
    needs: ['sub'],
  },
  {
    says: 'a quotient is the first operand over the second',
    requests: [[leaf('a', 6), leaf('b', 2), { do: 'div', to: 'c', of: ['a', 'b'] }, read('c')]],
    answer: [holds(3)],
    needs: ['div'],
  },
  {
    says: 'the exponent is the second operand',
    requests: [[leaf('a', 3), { do: 'pow', to: 'c', of: ['a', 2] }, read('c')]],
    answer: [holds(9)],
    needs: ['pow'],
  },
  {
    says: 'an operand may be a plain number, on either side',
    requests: [
      [leaf('a', 4), { do: 'add', to: 'b', of: ['a', 3] }, { do: 'add', to: 'c', of: [3, 'a'] }, read('b', 'c')],
    ],
    answer: [holds(7), holds(7)],
    needs: ['add'],
  },
  {
    says: 'a number on the left of a difference stays on the left',
    requests: [[leaf('a', 4), { do: 'sub', to: 'b', of: [10, 'a'] }, read('b')]],
    answer: [holds(6)],
    needs: ['sub'],
  },
  {
    says: 'a backward pass begins at the node that it is asked for, and gradients come back by name',
    requests: [
      [leaf('a', 2), leaf('b', 5), { do: 'mul', to: 'c', of: ['a', 'b'] }, { do: 'backward', of: 'c' }, read('a', 'b')],
    ],
    answer: [holds(2, 5), holds(5, 2)],
    needs: ['mul'],
  },
  {
    says: '`reset` forgets all nodes',
    requests: [[leaf('a', REMEMBERED)], [{ do: 'reset' }], [read('a')]],
    answer: 'refused',
  },
  {
    says: 'a name that nobody has given is refused, as a reading',
    requests: [[read('nobody')]],
    answer: 'refused',
  },
  {
    says: 'a name that nobody has given is refused, as an operand',
    requests: [[leaf('a', 2), { do: 'add', to: 'b', of: ['a', 'nobody'] }, read('b')]],
    answer: 'refused',
    needs: ['add'],
  },
  ...ODD.map(
    (data): Question => ({
      says: `${Object.is(data, -0) ? '-0' : data} arrives and comes back as it is`,
      requests: [[leaf('a', data), read('a')]],
      answer: [holds(data)],
      isOdd: true,
    }),
  ),
];

/** What is asked of engines whose numbers can be set, whose gradients can be zeroed, or which remember programs. */
function more({ fixed, precision, again }: Engine['description']): Question[] {
  const found: Question[] = [];
  if (!fixed.includes('data')) {
    found.push({
      says: '`setData` overwrites the number of a node, and of no other',
      requests: [[leaf('a', 1), leaf('b', 2), { do: 'setData', of: 'a', data: 5 }, read('a', 'b')]],
      answer: [holds(5), holds(2)],
      needs: [],
    });
  }
  if (!fixed.includes('grad')) {
    found.push({
      says: '`zeroGrad` sets the gradients to zero that are named, and no other',
      requests: [
        [leaf('a', 2), leaf('b', 5), { do: 'mul', to: 'c', of: ['a', 'b'] }, { do: 'backward', of: 'c' }],
        [{ do: 'zeroGrad', of: ['a'] }, read('a', 'b')],
      ],
      answer: [holds(2, 0), holds(5, 2)],
      needs: ['mul'],
    });
  }
  const digits = precision === 'single' ? [Math.fround(0.1)] : [0.1, 1 / 3, 5e-324, Number.MAX_VALUE];
  for (const data of digits) {
    found.push({
      says: `${data} arrives and comes back with all its digits`,
      requests: [[leaf('a', data), read('a')]],
      answer: [holds(data)],
      needs: [],
      isOdd: data !== 0.1 && data !== 1 / 3,
    });
  }
  if (again) {
    const program: readonly Instruction[] = [leaf('b', 3), read('a', 'b')];
    found.push({
      says: 'a program that is told again by its name is carried out on what the names mean now',
      requests: [[leaf('a', 2)], program, [leaf('a', 5), leaf('b', 7)], program],
      answer: [holds(5), holds(3)],
    });
  }
  return found;
}

/**
 * Asks an engine what its adapter can get wrong.
 *
 * @param engine - the engine
 * @param isShort - whether to ask only for what no engine, but only an adapter, can get wrong
 * @throws EngineGivenUp if it breaks off again and again
 */
export async function askAdapter(engine: Engine, isShort = false): Promise<Answers> {
  const { operations } = engine.description;
  const questions = [...QUESTIONS, ...more(engine.description)].filter(({ needs, isOdd }) =>
    isShort ? needs === undefined && !isOdd : (needs ?? []).every((claim) => operations.includes(claim)),
  );
  const wrong: Wrong[] = [];
  for (const { says, requests, answer, isOdd = false, needs } of questions) {
    const came = await ask(engine, requests);
    if (isRight(came, answer)) continue;
    if (isShort && came instanceof Error && !(came instanceof EngineRefusal)) break; // more of that takes time
    const expected = answer === 'refused' ? 'an error' : shown(answer);
    // What breaks off, or refuses what it should not, shows in the run. And who says 0 of a name that nobody has given
    // may be right in all that a run asks.
    const isOther = answer === 'refused' && !(came instanceof Error) && came[0]?.data !== REMEMBERED;
    const isGrave = !isOdd && needs === undefined && !(came instanceof Error) && !isOther;
    wrong.push({ says, requests: requests.map(encode), expected, came: shown(came), isOdd, isGrave });
  }
  return { asked: questions.map(({ says }) => says), wrong };
}

/** Asks after a `reset`; the same list of instructions is the same program, which may be told again by a name. */
async function ask(engine: Engine, requests: Question['requests']): Promise<readonly Reading[] | Error> {
  let last: readonly Reading[] = [];
  try {
    await engine.execute([{ do: 'reset' }]);
    for (const program of requests) {
      const isRepeated = requests.filter((each) => each === program).length > 1;
      last = await engine.execute(program, isRepeated ? 'again' : undefined);
    }
    return last;
  } catch (error) {
    if (error instanceof EngineGivenUp || !(error instanceof EngineFailure)) throw error;
    return error;
  }
}

/** A gradient that is not asked for may be whatever it is. An engine that breaks off has not refused anything. */
function isRight(came: readonly Reading[] | Error, answer: Question['answer']): boolean {
  if (answer === 'refused') return came instanceof EngineRefusal;
  if (came instanceof Error) return false;
  return (
    came.length === answer.length &&
    answer.every(({ data, grad }, i) => {
      return Object.is(came[i]?.data, data) && (grad === null || came[i]?.grad === grad);
    })
  );
}

function shown(came: readonly Reading[] | Error): string {
  return came instanceof Error ? came.message : encode(came);
}
