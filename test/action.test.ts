import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT, run } from './run-spec';

/* The action for GitHub: what it runs, as GitHub would run it. */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-action-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = readFileSync(join(ROOT, 'action.yml'), 'utf8');
/** The scripts in it, in order. */
const scripts = [...text.matchAll(/^ {6}run: \|\n((?: {8}.*\n)+)/gm)].map(([, script = '']) =>
  script.replace(/^ {8}/gm, ''),
);

// what its first script installs is tried by test/package.test.ts; here this project stands in that place
const bin = join(folder, 'micrograd-spec', 'node_modules', '.bin');
mkdirSync(bin, { recursive: true });
writeFileSync(
  join(bin, 'micrograd-spec'),
  `#!/bin/sh\nexec "${process.execPath}" -r "${ROOT}/steps/typescript.cjs" "${ROOT}/src/command/cli.ts" "$@"\n`,
);
chmodSync(join(bin, 'micrograd-spec'), 0o755);
writeFileSync(join(folder, 'run.sh'), scripts[1] ?? 'exit 9');
writeFileSync(
  join(folder, 'engine.cjs'),
  `module.exports = require(${JSON.stringify(join(ROOT, 'test', 'engines', 'engines.cjs'))});`,
);

const act = (env: Readonly<Record<string, string>>) =>
  run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', join(folder, 'run.sh')], folder, {
    ...{ RUNNER_TEMP: folder, ENGINE: '', ENGINE_COMMAND: '', ARGS: '' },
    ...env,
  });

describe('the action', () => {
  it('has an input for each thing that its scripts are told, and no text of an input in a script', () => {
    expect(scripts).toHaveLength(2);
    for (const script of scripts) expect(script).not.toContain('${{');
    for (const input of ['engine', 'engine-command', 'args', 'node-version']) {
      expect(text).toMatch(new RegExp(`^ {2}${input}:$`, 'm'));
      expect(text).toContain(`\${{ inputs.${input} }}`);
    }
  });

  it('runs an engine with what else is given, in which quotes hold words together', async () => {
    const ARGS = '5 --runs 7\n--tags "not @demonstration"';
    const { code, output } = await act({ ENGINE: './engine.cjs#Closures', ARGS });
    expect(output).toContain(
      '7 random expressions for each law; chosen: 5 --tags "not @demonstration"; engine ./engine.cjs',
    );
    expect(output).toMatch(/^\d+ passed, 0 failed/m);
    expect(code).toBe(0);
  });

  it('fails with the run', async () => {
    const command = `"${process.execPath}" "${join(ROOT, 'test', 'engines', 'server.cjs')}" wrong`;
    expect((await act({ ENGINE: './engine.cjs#subSign', ARGS: '13' })).code).toBe(1);
    expect((await act({ ENGINE: './engine.cjs#subSign', ENGINE_COMMAND: command })).code).toBe(2);
  });

  it('evaluates nothing that it is given', async () => {
    for (const given of ['$(touch evil)', '`touch evil`', '; touch evil', '5 > evil', '"unclosed']) {
      const { code } = await act({ ENGINE: given, ARGS: given });
      expect(code).not.toBe(0);
    }
    expect(existsSync(join(folder, 'evil'))).toBe(false);
  });
});
