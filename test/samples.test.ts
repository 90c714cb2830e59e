import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { command, ROOT } from './run-spec';

/* What the documents show as output is what comes, but for the name of the engine. */

const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const outputOf = async (engine: string) =>
  (await command('--engine', `./test/engines/engines.cjs#${engine}`)).output.replaceAll(
    `./test/engines/engines.cjs#${engine}`,
    './my-engine.mjs',
  );

it.each([
  ['README.md', 'assigns'],
  ['docs/edges.md', 'subSign'],
])(
  'the finding in %s is that of the engine %s',
  async (file, engine) => {
    const shown = /^```\n(finding 1 of 1: (?:.*\n)*?)```$/m.exec(textOf(file))?.[1] ?? 'no finding';
    expect(await outputOf(engine)).toContain(`\n${shown}`);
  },
  60_000,
);

it.each(['README.md', 'docs/edges.md'])(
  'the last line in %s is that of an engine in single precision',
  async (file) => {
    const shown = /`(\d+ passed, 0 failed, \d+ not claimed; \d+ of \d+ edges differ.*?)`/.exec(textOf(file))?.[1];
    expect(`${(await outputOf('Single')).trim().split('\n').at(-1)}`).toBe(shown);
  },
  60_000,
);
