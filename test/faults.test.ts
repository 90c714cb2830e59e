import { describe, expect, test } from 'vitest';
import { native, runNotes } from './notes';

/*
 * Engines with one fault each, of every kind that could be thought of. Each must fail in the core, or at an edge if the
 * fault shows only there. The second set was written by somebody who had not seen what the spec looks for.
 */

const { classEngine } = native('../src/engines/class.ts') as typeof import('../src/engines/class');

interface Fault {
  readonly level: 'core' | 'edge';
}

/** All of them where FAULTS is set, as in CI; otherwise some, one in so many. */
const ONE_IN = process.env.FAULTS === undefined ? 8 : 1;

/** What no scenario can see, and why. */
const UNSEEN: Readonly<Record<string, string>> = {
  everyWay: 'it never returns, and here nobody interrupts it: test/engines.test.ts has it in a process of its own',
};

for (const [title, file] of [
  ['faults', './engines/faults.cjs'],
  ['faults by somebody else', './engines/blind.cjs'],
] as const) {
  const exported = native(file) as Record<string, unknown>;
  const all = Object.entries((exported.faults ?? exported.blind) as Record<string, Fault>);

  describe(title, () => {
    const some = all.filter(([name], i) => i % ONE_IN === 0 && !(name in UNSEEN));
    test.each(some)('%s', async (name, { level }) => {
      const engine = classEngine(exported[name], name);
      const parameters = { engine: name, runs: 30, edges: level === 'edge' };
      const without = ({ tags }: { readonly tags: readonly string[] }) => tags.includes('@demonstration');
      const ended = await runNotes(engine, { parameters, without, isOver: true });
      expect(ended.at(-1)?.end).toBe('failed');
    });
  });
}
