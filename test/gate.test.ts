import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { FEATURES } from './holes/features';
import { FIRST } from './holes/first';
import { FLAGS } from './holes/flags';
import { type Hole, lay, RIGHT, scenario } from './holes/hole';
import { command, cucumber, type Outcome, ROOT } from './run-spec';

/** All ways, by what the documentation calls them. */
const HOLES: Readonly<Record<string, Hole>> = { ...FIRST, ...FLAGS, ...FEATURES };

/** What the documentation says of each hole: how the gate closes it. */
const table = new Map(
  [...readFileSync(join(ROOT, 'docs', 'gate.md'), 'utf8').matchAll(/^\| ([^|]+?) \| ([^|]+?) \|$/gm)]
    .map(([, hole = '', says = '']) => [hole.replaceAll('`', ''), says.replaceAll('`', '')] as const)
    .filter(([hole]) => hole !== 'what happens' && !hole.startsWith('-')),
);

/** Runs what a hole says. */
async function fallInto(hole: Hole, env = {}): Promise<Outcome> {
  const { paths, args = [], env: own } = hole;
  const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
  lay(folder, hole);
  const chosen = (paths ?? ['*.feature']).map((path) => join(relative(ROOT, folder), path));
  const outcome = await cucumber(['--config', 'test/holes.cjs', ...args, ...chosen], { ...own, ...env });
  rmSync(folder, { recursive: true });
  return outcome;
}

describe('the gate', () => {
  it('is documented, hole by hole', () => {
    expect([...table.keys()]).toEqual(Object.keys(HOLES));
  });

  test.concurrent.each(Object.entries(HOLES))('closes %s', { timeout: 60_000 }, async (name, hole) => {
    const { code, output } = await fallInto(hole);
    expect(code, output).toBe(1);
    for (const part of (table.get(name) ?? '?').split(' … ')) expect(output).toContain(part);
  });

  it('is there without being asked for, and the report is written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
    const [feature, report] = [join(folder, 'a.feature'), join(folder, 'a.html')];
    writeFileSync(
      feature,
      scenario('Givn the leaves', 'When this code runs', '  """', '  y = 1 + 1', '  """', 'Then y is 2'),
    );
    for (const run of [() => command(feature, '--html', report), () => cucumber([feature, '-f', `html:${report}`])]) {
      const { code, output } = await run();
      expect(output).toContain('"Givn the leaves" is no step');
      expect(output).toContain('1 passed, 0 failed, 0 not claimed');
      expect(code).toBe(1);
      expect(readFileSync(report, 'utf8')).toMatch(/<\/html>\s*$/);
      rmSync(report);
    }
    rmSync(folder, { recursive: true });
  }, 60_000);

  it('is missed by the steps, where another plugin has taken its place', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
    const [feature, other] = [join(folder, 'a.feature'), join(folder, 'other.cjs')];
    writeFileSync(feature, scenario('When this code runs', '  """', '  y = 1 + 1', '  """', 'Then y is 2'));
    writeFileSync(other, "module.exports = { type: 'plugin', coordinator() {} };");
    const args = ['--config', 'test/plain.cjs', feature, '--plugin', other];
    for (const more of [[], ['--dry-run'], ['--tags', '@no']]) {
      const { code, output } = await cucumber([...args, ...more]);
      expect(output).toContain('the gate is not there');
      expect(code).toBe(1);
    }
    const { code } = await cucumber([...args, '--plugin', './steps/gate.cjs']);
    rmSync(folder, { recursive: true });
    expect(code).toBe(0);
  }, 60_000);

  it('leaves a run alone that checks what it should', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
    writeFileSync(join(folder, 'a.feature'), RIGHT);
    const { code, output } = await cucumber(['--config', 'test/holes.cjs', join(folder, 'a.feature')], {});
    rmSync(folder, { recursive: true });
    expect(output).toContain('1 passed, 0 failed, 0 not claimed');
    expect(output).not.toContain('Not everything was checked');
    expect(code).toBe(0);
  });
});

// What Cucumber does without the gate changes only when Cucumber does: `npm run holes` asks for this as well.
if (process.env.HOLES) {
  describe('without the gate', () => {
    const off = { GATE: 'off' };

    test.concurrent.each(Object.entries(HOLES))('%s is a success', { timeout: 60_000 }, async (_, hole) => {
      const { code, output } = await fallInto(hole, off);
      expect(code, output).toBe(0);
    });

    it('a failure after the last step is one, if the process may come to its end', async () => {
      const { files } = HOLES['a failure after the last step, with --exit'] as Hole;
      const { code, output } = await fallInto({ files }, off);
      expect(output).toContain('1 scenario (1 passed)');
      expect(output).toContain('too late');
      expect(code).toBe(1);
    });
  });
}
