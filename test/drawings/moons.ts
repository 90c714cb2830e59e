import { MLP, type Value } from '../../src/index';
import { twoMoons } from '../../src/micrograd/moons';

/*
 * The plane of the two moons, as the network of chapter 12 divides it. It is trained for this, with the steps of the
 * chapter.
 */

const STEPS = 100;
const [FIRST_RATE, LAST_RATE] = [0.5, 0.05];

/** How the plane is drawn. */
interface Marks {
  /** The points of the one moon and of the other. */
  readonly points: readonly [string, string];
  /** The places where the score is above 0, and the others. */
  readonly plane: readonly [string, string];
}

/**
 * Trains the network, and draws its boundary with the points of both moons.
 *
 * @param width - how many columns
 * @param height - how many rows
 * @param marks - see {@link Marks}
 */
export function moons(width: number, height: number, { points, plane }: Marks): string {
  const examples = twoMoons(100, 1);
  const network = trained(examples);
  const [left, right, bottom, top] = [-1.4, 2.4, -0.85, 1.35];
  const cells = Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => {
      const x = left + ((column + 0.5) / width) * (right - left);
      const y = top - ((row + 0.5) / height) * (top - bottom);
      return plane[score(network, x, y).data > 0 ? 0 : 1];
    }),
  );
  for (const { x, y, label } of examples) {
    const row = Math.floor(((top - y) / (top - bottom)) * height);
    const column = Math.floor(((x - left) / (right - left)) * width);
    cells[row]![column] = points[label > 0 ? 0 : 1];
  }
  const line = '─'.repeat(width);
  return [`┌${line}┐`, ...cells.map((row) => `│${row.join('')}│`), `└${line}┘`].join('\n');
}

function trained(examples: ReturnType<typeof twoMoons>): MLP {
  const network = new MLP(2, [16, 16, 1], { activation: 'relu', seed: 1 });
  for (let step = 0; step < STEPS; step++) {
    const margins = examples.map(({ x, y, label }) =>
      score(network, x, y)
        .mul(-label)
        .add(1)
        .relu()
        .mul(1 / examples.length),
    );
    const squares = network.parameters().map((parameter) => parameter.pow(2));
    const loss = sum(margins).add(sum(squares).mul(0.0001));
    network.zeroGrad();
    loss.backward();
    const rate = FIRST_RATE + ((LAST_RATE - FIRST_RATE) * step) / (STEPS - 1);
    for (const parameter of network.parameters()) parameter.data -= rate * parameter.grad;
  }
  return network;
}

function score(network: MLP, x: number, y: number): Value {
  return network.call([x, y])[0]!;
}

function sum(values: readonly Value[]): Value {
  return values.reduce((all, each) => all.add(each));
}
