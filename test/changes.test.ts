import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { native, runNotes, sentences } from './notes';
import { ROOT } from './run-spec';

const { bundledEngine } = native('../src/engines/bundled.ts') as typeof import('../src/engines/bundled');

/*
 * "Change it and see": each chapter ends with a scenario, and says above it what to change in it and what comes then. Here
 * each change is made, and what the notes say of it is checked in the place of what the scenario checks.
 */

/** One change: what is to become what, and what holds then. */
interface Change {
  readonly chapter: string;
  /** All that stands before the scenarios of the chapter: the feature's title, and its Background. */
  readonly head: string;
  readonly scenario: string;
  readonly swaps: readonly (readonly [string, string])[];
  readonly claims: readonly string[];
}

const folder = join(ROOT, 'features');
const chapters = readdirSync(folder)
  .filter((name) => name.endsWith('.feature'))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** The changes that a chapter speaks of at its end. */
function changesOf(name: string, text: string): Change[] {
  const [, summary = '', scenario = ''] =
    /^ {2}Rule: In short: .*\n((?:.*\n)*?)((?: {4}@.*\n)* {4}Scenario: (?:.*\n)*)$/m.exec(text) ?? [];
  const background = /^ {2}Background:\n(?:(?! {2}Rule:).*\n)*/m.exec(text)?.[0] ?? '';
  return itemsOf(summary.split('*Change it and see.*')[1] ?? '').map((item) => {
    const [order = '', said = ''] = splitAtColon(item);
    const swaps = [...order.matchAll(/`([^`]+)` into `([^`]+)`/g)].map(([, from = '', to = '']) => [from, to] as const);
    const claims = [...said.matchAll(/`([^`]+)`/g)].map(([, claim = '']) => claim);
    return { chapter: name, head: `Feature: ${name}\n\n${background}`, scenario, swaps, claims };
  });
}

/** The entries of a list, each in one line. */
function itemsOf(text: string): string[] {
  return text
    .split(/^ {2}- /m)
    .slice(1)
    .map((item) => (item.split(/\n\s*\n/)[0] ?? '').replaceAll(/\s+/g, ' '));
}

/** What to do, and what comes: divided by the first colon outside of code. */
function splitAtColon(item: string): string[] {
  const [before = ''] = /^(?:`[^`]*`|[^`:])*/.exec(item) ?? [];
  return [before, item.slice(before.length + 1)];
}

/** The scenario with a change made, and with other checks in the place of its own. */
function changed({ head, scenario, swaps }: Change, checks: readonly string[]): string {
  const made = swaps.reduce((text, [from, to]) => text.replaceAll(from, to), scenario);
  const steps = made.replaceAll(/^ +(?:Then .*\n(?: +And .*\n)*)$/gm, '');
  return `${head}\n${steps}${checks.map((check) => `      Then ${check}\n`).join('')}`;
}

async function endOf(feature: string) {
  return (await runNotes(bundledEngine(), { features: [feature] })).at(-1);
}

describe('what to change at the end of a chapter', () => {
  it.each(chapters)('$name ends with a summary of three lines, and with two changes at least', ({ name, text }) => {
    const summary = /^ {2}Rule: In short: .*\n((?:.*\n)*?) +\*Change it and see\.\*/m.exec(text)?.[1] ?? '';
    expect(itemsOf(summary)).toHaveLength(3);
    expect(changesOf(name, text).length).toBeGreaterThanOrEqual(2);
    expect(text).toContain(`For exercises: \`npm run exercises ${Number.parseInt(name, 10)}\`.`);
  });

  const changes = chapters.flatMap(({ name, text }) => changesOf(name, text));
  test.each(changes)('$chapter: $swaps: $claims', async (change) => {
    expect(change.swaps.length).toBeGreaterThan(0);
    for (const [from] of change.swaps) expect(change.scenario).toContain(from);
    expect(change.claims.some((claim) => /\d/.test(claim))).toBe(true);
    for (const claim of change.claims)
      expect(
        sentences.some(({ expression }) => expression.match(claim) !== null),
        claim,
      ).toBe(true);
    expect(await endOf(changed(change, change.claims))).toMatchObject({ end: 'passed', why: '' });
    for (const claim of change.claims) {
      const wrong = claim.replace(/(-?[\d.]+)(?=\D*$)/, (number) => String(Number(number) + 1));
      if (wrong !== claim) expect((await endOf(changed(change, [wrong])))?.end, wrong).toBe('failed');
    }
  });
});
