import { describe, expect, it, test } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import { LAWS } from '../src/judge/laws';
import { checkLaw } from '../src/judge/property';
import { NAMES, type Operation } from '../src/protocol/operations';
import type { Engine, Instruction, Reading } from '../src/protocol/program';

it('gradients match finite differences, in random expressions that use nodes again and again', async () => {
  await gradientsMatchFiniteDifferences(bundledEngine(), { runs: 1000, seed: 1 });
}, 60_000);

const law = LAWS.get('every gradient matches its finite difference')!;
const gradientsMatchFiniteDifferences = (engine: Engine, options: { runs: number; seed: number }) =>
  checkLaw(engine, law, options);

describe('a relative error of 1e-9 in one gradient is found, and the smallest expression is shown', () => {
  test.each<Operation>(NAMES)(
    '%s',
    async (operation) => {
      await expect(gradientsMatchFiniteDifferences(slightlyWrong(operation), { runs: 1000, seed: 1 })).rejects.toThrow(
        /the smallest expression that was found to be wrong:\n( .*\n)+.* is wrong\n +expected .*\n +came .*rounding explains .*\nfound after \d+ expressions; replay with --seed 1 --path/,
      );
    },
    60_000,
  );
});

/** The bundled engine, but where a program has this operation, the gradient of its first leaf is off by a billionth. */
function slightlyWrong(operation: Operation): Engine {
  const engine = bundledEngine();
  return {
    ...engine,
    async execute(program: readonly Instruction[]): Promise<readonly Reading[]> {
      const [first, ...others] = await engine.execute(program);
      if (first === undefined || !program.some(({ do: what }) => what === operation))
        return first ? [first, ...others] : [];
      return [{ ...first, grad: (first.grad ?? 0) * (1 + 1e-9) }, ...others];
    },
  };
}
