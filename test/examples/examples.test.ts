import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { command, run } from '../run-spec';

/*
 * The adapters in other languages. They need Python 3 and a C++ compiler, and so they are not among the unit tests:
 * `npm run examples` runs them.
 */

const LONG = 120_000;

it(
  'Python',
  async () => {
    const args = ['--engine-command', 'python3 examples/python/adapter.py', '--tags', 'not @demonstration'];
    const { code, output } = await command(...args);
    expect(output.trim().split('\n').at(-1)).toMatch(
      /^\d{3} passed, 0 failed, 0 not claimed; 2 of \d+ edges differ; chapter 12 left out/,
    );
    expect(code).toBe(0);
  },
  LONG,
);

it(
  'C++',
  async () => {
    const adapter = join(mkdtempSync(join(tmpdir(), 'micrograd-spec-')), 'adapter');
    const built = await run('c++', ['-O2', '-Wall', '-Werror', '-o', adapter, 'examples/cpp/adapter.cpp']);
    expect(built).toEqual({ code: 0, output: '' });
    const { code, output } = await command('--engine-command', adapter, '--tags', 'not @demonstration');
    expect(output.trim().split('\n').at(-1)).toMatch(
      /^\d{3} passed, 0 failed, 0 not claimed; 0 of \d+ edges differ; chapter 12 left out/,
    );
    expect(code).toBe(0);
  },
  LONG,
);
