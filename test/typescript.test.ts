import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  it.each<[string, (kept: string, other: string) => string]>([
    ['to nothing', () => ''],
    ['to a stub', () => 'exports.answer = 0;'],
    ['to a stub, behind the digest', (kept) => `${kept.split('\n')[0]}\nexports.answer = 0;`],
    ['to a stub, behind a line that is no digest', () => '// kept\nexports.answer = 0;'],
    ['in one character', (kept) => kept.replace('44', '45')],
    ['so that its end is missing', (kept) => kept.slice(0, kept.length / 2)],
    ['so that its first line is missing', (kept) => kept.slice(kept.indexOf('\n') + 1)],
    ['by a line at its end', (kept) => `${kept}\nexports.answer = 0;`],
    ['by other ends of lines', (kept) => kept.replaceAll('\n', '\r\n')],
    ['to what another file was compiled to', (_, other) => other],
  ])('and again when what is kept was changed %s', async (_, change) => {
    const folders = ['changed', 'others'].map((name) => join(folder, name)) as [string, string];
    for (const each of folders) rmSync(each, { recursive: true, force: true });
    const [cache, others] = folders;
    const keptIn = (where: string) => join(where, readdirSync(where)[0] as string);
    write('export const answer: number = 46;');
    await load({ MICROGRAD_SPEC_CACHE: others });
    write('export const answer: number = 44;');
    expect(await load({ MICROGRAD_SPEC_CACHE: cache })).toBe('44 true');
    const kept = readFileSync(keptIn(cache), 'utf8');
    const changed = change(kept, readFileSync(keptIn(others), 'utf8'));
    expect(changed).not.toBe(kept);
    writeFileSync(keptIn(cache), changed);
    expect(await load({ MICROGRAD_SPEC_CACHE: cache })).toBe('44 true');
    expect(await load({ MICROGRAD_SPEC_CACHE: cache })).toBe('44 false');
    expect(readFileSync(keptIn(cache), 'utf8')).toBe(kept);
  });
});
