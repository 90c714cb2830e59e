import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { faultsBelow } from '../src/gate/files';
import { faultsOfFiles } from '../src/gate/paths';
import { type Hole, lay, RIGHT } from './holes/hole';
import { native } from './notes';

const { resolvePaths } = native('../node_modules/@cucumber/cucumber/lib/paths') as {
  resolvePaths(logger: object, cwd: string, sources: object): Promise<Record<string, string[]>>;
};

/*
 * More of each kind of hole than `gate.test.ts` can afford: here nothing is run.
 */

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** What is said of files, if these paths are asked for: with what Cucumber itself finds. */
async function said(hole: Hole, ...asked: string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
  folders.push(folder);
  lay(folder, hole);
  return saidIn(folder, ...asked);
}

async function saidIn(folder: string, ...asked: string[]): Promise<string[]> {
  const found = await resolvePaths({ debug: () => {} }, folder, { paths: asked });
  const paths = { asked: found.unexpandedSourcePaths ?? [], found: found.sourcePaths ?? [], folder };
  return faultsOfFiles(paths);
}

const WAYS = ['features', 'features/', './features', '.', 'features/*.feature', 'features/**/*.feature', 'feat*'];

describe('of all features of a folder', () => {
  test.each([
    ...[
      'b.features',
      'b.featur',
      'b.Feature',
      'b.FEATURE',
      'b.feature~',
      'b.feature.bak',
      'b.feature.txt',
      'b.feature.orig',
    ],
    ...['b.feature.md', 'b.feature (1)', 'b.feature_old', 'b.feature2', 'b.feature.', 'b.fature', 'b.feature copy'],
    ...['b.ftr', 'b.gherkin', 'b', 'b.txt', 'b.story', '.b.feature', '.b.txt', '.old/b.feature', 'sub/b.featrue'],
    ...['sub/deep/b.feature.txt', 'sub/b.story', 'v1.2/b.feature~', 'sub/.b.feature'],
  ])('%s is told, in whatever way the folder is asked for', async (name) => {
    for (const way of WAYS) {
      const text = `# a comment\n@tag\n${RIGHT}`;
      const faults = await said({ files: { 'features/a.feature': RIGHT, [`features/${name}`]: text } }, way);
      expect(faults, way).toEqual([expect.stringContaining(`${join('features', name)} `)]);
      expect(faults[0], way).toMatch(/, and so is not run$/);
    }
  });

  test.each(['sub/b.feature', 'v1.2/b.feature', 'sub/deep/b.feature'])(
    '%s is told where it is not found',
    async (name) => {
      const hole = { files: { 'features/a.feature': RIGHT, [`features/${name}`]: RIGHT } };
      for (const way of ['features', 'features/', '.', 'features/**/*.feature', 'feat*'])
        expect(await said(hole, way)).toEqual([]);
      for (const way of ['features/*.feature', 'feat*/*.feature', '{features,more}/*.feature', 'features/*.*']) {
        const faults = (await said(hole, way)).filter((each) => !each.includes('is a folder with a dot in its name'));
        expect(faults, way).toEqual([
          `${join('features', name)} was not found by what was asked for, and so is not run`,
        ]);
      }
    },
  );

  test.each([
    ...[
      'b.steps.ts',
      'b.feature.ts',
      'b.feature.spec.js',
      'b.feature.html',
      'README.md',
      '.b.feature.swp',
      '.#b.feature',
    ],
    ...['#b.feature#', 'node_modules/x/b.feature.txt', '.git/b.feature', 'b.png', 'future.txt', 'creature.json'],
  ])('%s is not', async (name) => {
    const files = {
      'features/a.feature': RIGHT,
      [`features/${name}`]: name.includes('/') ? RIGHT : 'A feature is: x\n',
    };
    for (const way of WAYS) expect(await said({ files }, way), way).toEqual([]);
  });

  it('of links one after the other Cucumber follows the first, and what was run is not told a second time', async () => {
    const files = { 'features/a.feature': RIGHT, 'more/c.feature': RIGHT, 'third/b.feature': RIGHT };
    const links = { 'features/more': '../more', 'more/again': '../third', 'features/self': '.', 'third/up': '..' };
    for (const way of ['features', 'features/', 'features/**/*.feature']) {
      expect(await said({ files, links }, way), way).toEqual([
        expect.stringMatching(/b\.feature is reached through a link, and so is not run$/),
      ]);
    }
    expect(await said({ files, links }, 'features/*.feature')).toHaveLength(2);
    expect(await said({ files, links }, '.')).toEqual([]);
    expect(await said({ files, links }, 'features', 'third')).toEqual([]);
    expect(await said({ files, links: { link: 'features' } }, 'link')).toEqual([]);
    const broken = { 'features/gone': 'nowhere', 'features/loop.txt': 'loop.txt' };
    expect(await said({ files, links: broken }, 'features')).toEqual([]);
  });

  it('a folder that cannot be looked into is told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
    folders.push(folder);
    lay(folder, { files: { 'features/a.feature': RIGHT } });
    const deep = join(folder, 'features');
    const read = (each: string) => {
      if (each === join(deep, 'shut')) throw Object.assign(new Error('no'), { code: 'EACCES' });
      return each === deep ? ['a.feature', 'shut'] : [];
    };
    mkdirSync(join(deep, 'shut'));
    expect(faultsBelow(deep, new Set([join(deep, 'a.feature')]), folder, read)).toEqual([
      'features/shut cannot be looked into (EACCES), so nobody knows what in it is not run',
    ]);
  });
});

describe('of a single file', () => {
  const files = {
    'a.feature': RIGHT,
    'b.feature': RIGHT,
    '.c.feature': RIGHT,
    'sub/d.feature': RIGHT,
    'sub/e.featur': RIGHT,
  };
  test.each(['a.feature', './a.feature', 'a.feature:3', 'a*.feature', '[a]*.feature', '{a,b}.feature'])(
    '%s asks nothing of its neighbours',
    async (path) => {
      expect(await said({ files: { ...files, 'a.feature~': RIGHT, 'a.txt': RIGHT } }, path)).toEqual([]);
    },
  );

  test.each(['b.featur', 'b.feature.txt', 'b.features', 'b.FEATURE', 'b.feature.md', 'b.feature~'])(
    '%s beside it is told',
    async (name) => {
      const { 'b.feature': _, ...others } = files;
      for (const path of ['a.feature', 'a.feature:3', 'a*.feature'])
        expect(await said({ files: { ...others, [name]: RIGHT } }, path)).toEqual([
          `${name} does not end in .feature, and so is not run`,
        ]);
    },
  );
});

describe('what Cucumber takes for a pattern', () => {
  test.each(['x[1]/a.feature', 'x{1}/a.feature', 'x[1]/a.feature:3', 'a[b].feature', 'x*/a[1].feature'])(
    '%s',
    async (path) => {
      const file = path.replace(/:3$/, '');
      const faults = await said(
        { files: { [file]: RIGHT, 'x1/a.feature': RIGHT, 'ab.feature': RIGHT } },
        path,
        'ab.feature',
      );
      if (path.includes('{')) expect(faults).toEqual([]);
      else
        expect(faults).toEqual([
          `${file} is there, but is read as a pattern, because of its brackets or stars, and so is not run`,
        ]);
    },
  );

  it('a folder', async () => {
    const faults = await said({ files: { 'x[1]/b.feature': RIGHT, 'x1/a.feature': RIGHT } }, 'x[1]');
    expect(faults).toEqual(['x[1]/b.feature was not found by what was asked for, and so is not run']);
    const within = await said(
      { files: { 'x[1]/features/b.feature': RIGHT, 'a.feature': RIGHT } },
      'a.feature',
      'x[1]/features/',
    );
    expect(within).toEqual(['x[1]/features/b.feature was not found by what was asked for, and so is not run']);
  });

  it('a folder with a dot in its name is taken for a file', async () => {
    expect(await said({ files: { 'v1.2/b.feature': RIGHT } }, 'v1.2')).toContain(
      'v1.2 is a folder with a dot in its name, and was read as a file',
    );
  });
});

it('of this project, nothing', async () => {
  for (const path of ['features/*.feature', 'features', 'features/05*', 'features/*.feature:3'])
    expect(await saidIn(join(__dirname, '..'), path), path).toEqual([]);
});
