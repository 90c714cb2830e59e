import { describe, expect, it } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import { EngineFailure, EngineRefusal } from '../src/errors';
import { together } from '../src/judge/together';
import type { Engine, Instruction, Reading } from '../src/protocol/program';

/** The bundled engine, far away: it takes its time, may be asked one thing at a time, and counts what it was asked. */
function away(fault: (program: readonly Instruction[], asked: number) => Error | undefined) {
  const engine = bundledEngine();
  let isBusy = false;
  let asked = 0;
  const far: Engine = {
    ...engine,
    async execute(program) {
      if (isBusy) throw new Error('asked two things at once');
      isBusy = true;
      asked += 1;
      const error = fault(program, asked);
      await new Promise((resolve) => setTimeout(resolve, 1));
      isBusy = false;
      if (error !== undefined) throw error;
      return engine.execute(program);
    },
  };
  return { engine: together(far), count: () => asked };
}

const square = (data: number): Instruction[] => [
  { do: 'reset' },
  { do: 'leaf', to: 'a', data },
  { do: 'mul', to: 'b', of: ['a', 'a'] },
  { do: 'read', of: ['b'] },
];
const ask = async (engine: Engine, data: number): Promise<number | string> => {
  try {
    const [reading] = (await engine.execute(square(data))) as readonly Reading[];
    return reading?.data ?? Number.NaN;
  } catch (error) {
    return (error as Error).message;
  }
};
const has = (program: readonly Instruction[], data: number) =>
  program.some((each) => each.do === 'leaf' && each.data === data);

describe('what is asked at one moment', () => {
  it('travels together, and each gets its own answer', async () => {
    const { engine, count } = away(() => undefined);
    expect(await Promise.all([1, 2, 3].map((data) => ask(engine, data)))).toEqual([1, 4, 9]);
    expect(count()).toBe(1);
  });

  it('is asked one by one where something is refused, and only that is refused', async () => {
    const { engine } = away((program) => (has(program, 2) ? new EngineRefusal('no twos') : undefined));
    expect(await Promise.all([1, 2, 3].map((data) => ask(engine, data)))).toEqual([1, 'no twos', 9]);
  });

  it('is never asked while an answer is awaited, whoever goes on asking', async () => {
    const { engine } = away((program) => (has(program, 2) ? new EngineRefusal('no twos') : undefined));
    const thrice = async (data: number) => [await ask(engine, data), await ask(engine, data), await ask(engine, 7)];
    expect(await Promise.all([1, 2, 3].map(thrice))).toEqual([
      [1, 1, 49],
      ['no twos', 'no twos', 49],
      [9, 9, 49],
    ]);
  });

  it('has failed if the engine broke off, though each by itself is answered', async () => {
    const { engine } = away((_, asked) => (asked === 1 ? new EngineFailure('the engine exited') : undefined));
    expect(await Promise.all([1, 2, 3].map((data) => ask(engine, data)))).toEqual(['the engine exited', 4, 9]);
  });

  it('fails as a whole if nothing is answered any more', async () => {
    const { engine } = away(() => new EngineFailure('the engine is gone'));
    expect(await Promise.all([1, 2].map((data) => ask(engine, data)))).toEqual(Array(2).fill('the engine is gone'));
  });
});
