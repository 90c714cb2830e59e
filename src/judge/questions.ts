import type { Operation } from '../protocol/operations';
import type { Claim, Description, Instruction, Reading } from '../protocol/program';

/*
 * What is asked of an adapter: each thing that it does by itself, with numbers so plain that no engine is wrong about them.
 */

/** What is asked of an adapter. */
export interface Question {
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
  /** Whether it is about names that hardly anybody uses: a run can do without them. */
  readonly isRare?: boolean;
}

const leaf = (to: string, data: number): Instruction => ({ do: 'leaf', to, data });
const read = (...of: string[]): Instruction => ({ do: 'read', of });
const holds = (data: number, grad: number | null = null): Reading => ({ data, grad });

/** What no adapter says of a node that it has forgotten. */
export const REMEMBERED = 7.25;
const NAMES = ['#12', 'N.l0.n3.w1', 'x1', 'x1 * w1'];
const RARE_NAMES = ['"', '\\', 'constructor', '__proto__', 'ä', '12', 'NaN'];
/** Where it makes no difference which operand is the first, a number on the left may still find nobody to ask. */
const ON_THE_LEFT: readonly (readonly [operation: Operation, number: number, result: number])[] = [
  ['mul', 3, 12],
  ['max', 5, 5],
  ['min', 3, 3],
];
/** What each operation gives that no question about operands is about, where no engine rounds. */
const PLAIN: readonly (readonly [operation: Operation, of: readonly number[], result: number])[] = [
  ['mul', [2, 3], 6],
  ['max', [2, 3], 3],
  ['min', [2, 3], 2],
  ['neg', [2], -2],
  ['exp', [0], 1],
  ['log', [1], 0],
  ['tanh', [0], 0],
  ['relu', [3], 3],
  ['sigmoid', [0], 0.5],
  ['sqrt', [4], 2],
  ['abs', [-2], 2],
  ['sin', [0], 0],
  ['cos', [0], 1],
];
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
  ...RARE_NAMES.map(
    (name): Question => ({
      says: `${name} is a name like any other`,
      requests: [[leaf(name, 3), read(name)]],
      answer: [holds(3)],
      isRare: true,
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
    says: 'a number on the left of a quotient stays on the left',
    requests: [[leaf('a', 4), { do: 'div', to: 'b', of: [12, 'a'] }, read('b')]],
    answer: [holds(3)],
    needs: ['div'],
  },
  {
    says: 'a number on the left of a power stays on the left',
    requests: [[leaf('a', 3), { do: 'pow', to: 'b', of: [2, 'a'] }, read('b')]],
    answer: [holds(8)],
    needs: ['pow', 'pow-of-nodes'],
  },
  ...ON_THE_LEFT.map(
    ([operation, number, result]): Question => ({
      says: `\`${operation}\` of the plain number ${number} and a node of 4 is ${result}`,
      requests: [[leaf('a', 4), { do: operation, to: 'b', of: [number, 'a'] }, read('b')]],
      answer: [holds(result)],
      needs: [operation],
    }),
  ),
  ...PLAIN.map(
    ([operation, of, result]): Question => ({
      says: `\`${operation}\` of ${of.join(' and ')} is ${result}`,
      requests: [
        [
          ...of.map((data, i) => leaf(`x${i}`, data)),
          { do: operation, to: 'y', of: of.map((_, i) => `x${i}`) },
          read('y'),
        ],
      ],
      answer: [holds(result)],
      needs: [operation],
    }),
  ),
  {
    says: 'a backward pass begins at the node that it is asked for, and gradients come back by name',
    requests: [
      [leaf('a', 2), leaf('b', 5), { do: 'mul', to: 'c', of: ['a', 'b'] }, { do: 'backward', of: 'c' }, read('a', 'b')],
    ],
    answer: [holds(2, 5), holds(5, 2)],
    needs: ['mul'],
  },
  {
    says: '`reset` forgets all nodes, and their names are refused after it',
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
  {
    says: 'a name that nobody has given is refused, even if the language has something of that name',
    requests: [[read('toString')]],
    answer: 'refused',
    isRare: true,
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

/**
 * What is asked of an engine.
 *
 * @param description - what it says of itself: what it does not claim is not asked
 */
export function questionsFor({ operations, ...rest }: Description): Question[] {
  return [...QUESTIONS, ...more(rest)].filter(({ needs }) =>
    (needs ?? []).every((claim) => operations.includes(claim)),
  );
}

/** What is asked of engines whose numbers can be set, whose gradients can be zeroed, or which remember programs. */
function more({ fixed, precision, again }: Pick<Description, 'fixed' | 'precision' | 'again'>): Question[] {
  const found: Question[] = [];
  if (!fixed.includes('data')) {
    found.push({
      says: '`setData` overwrites the number of a node, and of no other',
      requests: [[leaf('a', 1), leaf('b', 2), { do: 'setData', of: 'a', data: 5 }, read('a', 'b')]],
      answer: [holds(5), holds(2)],
      needs: [],
    });
    found.push({
      says: '`setData` leaves the node where it is: what was made of it still hands its gradient on to it',
      requests: [
        [leaf('a', 1), leaf('b', 2), { do: 'add', to: 'c', of: ['a', 'b'] }, { do: 'setData', of: 'a', data: 5 }],
        [{ do: 'backward', of: 'c' }, read('a', 'b')],
      ],
      answer: [holds(5, 1), holds(2, 1)],
      needs: ['add'],
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
    const before = [leaf('a', 2), read('a')];
    const after = [leaf('a', 5), read('a')];
    found.push({
      says: 'a program that is told under a name takes the place of the one before',
      requests: [before, before, after, after],
      answer: [holds(5)],
    });
  }
  return found;
}
