import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import { classEngine } from '../src/engines/class';
import { lines, type RandomProgram } from '../src/judge/alone';
import { LAWS } from '../src/judge/laws';
import { checkLaw, type Law } from '../src/judge/property';
import { native } from './notes';
import { ROOT } from './run-spec';

/*
 * Chapter 15 shows an expression that the spec has made up, and the smallest one on which an engine fails: both are those
 * that come.
 */

const text = readFileSync(join(ROOT, 'features', '15-gradients-match-finite-differences.feature'), 'utf8');
const law = LAWS.get('every gradient matches its finite difference') as Law<unknown>;

test('the 36th expression from the seed 1 is the one that the chapter shows', async () => {
  const cases: unknown[] = [];
  const noted: Law<unknown> = {
    ...law,
    check: (engine, given, ground) => {
      cases.push(given);
      return law.check(engine, given, ground);
    },
  };
  await checkLaw(bundledEngine(), noted, { runs: 36, seed: 1 });
  const scenario =
    /Scenario: The 36th random expression from the seed 1\n(?:.*\n)*?(?=\n {2}Rule)/.exec(text)?.[0] ?? '';
  const cells =
    scenario.match(/^ +\|.*\|$/gm)?.map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    ) ?? [];
  const leaves = cells[0]?.map((name, i) => `${name} = Value(${cells[1]?.[i]})`) ?? [];
  const code = scenario.match(/^ +n\d = .*$/gm)?.map((line) => line.trim()) ?? [];
  const output = /runs from (\w+)/.exec(scenario)?.[1];
  expect([...leaves, ...code, `${output}.backward()`]).toEqual(lines(cases[35] as RandomProgram));
});

test('what an engine that assigns gets to read is what the chapter shows', async () => {
  const { assigns } = native('./engines/engines.cjs') as Record<string, unknown>;
  const shown = /\n\n((?: {6,}\S.*\n)+)\n/.exec(text)?.[1] ?? '';
  const told = await checkLaw(classEngine(assigns, 'assigns'), law, { runs: 300, seed: 1 }).catch(String);
  const flat = (from: string) => from.split('\n').map((line) => line.trim());
  expect(flat(String(told)).join('\n')).toContain(flat(shown).join('\n').trim());
});
