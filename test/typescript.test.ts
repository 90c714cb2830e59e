import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT, run } from './run-spec';

describe('TypeScript is compiled once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
  const cache = join(folder, 'cache');
  const file = join(folder, 'code.ts');
  afterAll(() => rmSync(folder, { recursive: true }));

  const print = 'console.log(require(process.argv[1]).answer, "typescript" in require.cache)';
  const script = print.replace('"typescript"', JSON.stringify(require.resolve('typescript')));
  /** What the file exports, and whether a compiler was loaded for it. */
  const load = async (env = { MICROGRAD_SPEC_CACHE: cache }) => {
    const { output } = await run(process.execPath, ['-r', './steps/typescript.cjs', '-e', script, file], ROOT, env);
    return output.trim();
  };
  const write = (line: string) => writeFileSync(file, `// a line of prose\n${line}\n`);

  it('and again when it has changed', async () => {
    write('export const answer: number = 41;');
    expect(await load()).toBe('41 true');
    expect(await load()).toBe('41 false');
    write('export const answer: number = 42;');
    expect(await load()).toBe('42 true');
    expect(await load()).toBe('42 false');
    expect(readdirSync(cache)).toHaveLength(2);
  });

  it('and an error names its line, whoever compiled it', async () => {
    write('export const answer: number = (undefined as unknown as { there: number }).there;');
    expect(await load()).toContain('code.ts:2:');
    expect(await load()).toContain('code.ts:2:');
  });

  it('and each time, where nothing can be kept', async () => {
    write('export const answer: number = 43;');
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, 'a file where a folder should be');
    expect(await load({ MICROGRAD_SPEC_CACHE: blocked })).toBe('43 true');
    expect(await load({ MICROGRAD_SPEC_CACHE: blocked })).toBe('43 true');
  });
});
