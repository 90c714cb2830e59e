import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AstBuilder, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { IdGenerator } from '@cucumber/messages';
import { afterAll, describe, expect, it, test } from 'vitest';
import { checkTags } from '../src/command/selection';
import { faultsOfFeatures } from '../src/gate/features';
import { faultsBelow } from '../src/gate/files';
import { faultsOfFiles, faultsOfPaths } from '../src/gate/paths';
import { Sentences } from '../src/gate/sentences';
import { expressionsIn, faultsOfTags } from '../src/gate/tags';
import { type Hole, lay, RIGHT } from './holes/hole';
import { native, sentences } from './notes';

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

/** What is said of a feature, where its steps may be all that the notes know. */
function saidOf(text: string, uri = 'a.feature'): string[] {
  const document = new Parser(new AstBuilder(IdGenerator.incrementing()), new GherkinClassicTokenMatcher()).parse(text);
  return faultsOfFeatures([{ ...document, uri }], (step) =>
    sentences.some(({ expression }) => expression.match(step) !== null),
  );
}

const CODE = '  Scenario: Right\n    When this code runs\n      """\n      y = 2\n      """\n    Then y is 2\n';
/** A feature with prose. */
const withProse = (...lines: string[]) => `Feature: F\n${lines.map((line) => `${line}\n`).join('')}\n${CODE}`;

describe('in prose', () => {
  test.each([
    ...['Then y is 3', '  Then y is 3', '      Then y is 3', '\tThen y is 3', '* y is 3', '- y is 3', '- Then y is 3'],
    ...[
      '1. Then y is 3',
      '  2) Given the leaves',
      'a) Given the leaves',
      '> And y is about 3',
      '**Then** y is 3',
      '• y is 3',
    ],
    ...[
      'Thn y is 3',
      'then y is 3',
      'THEN y is 3',
      'Then: y is 3',
      'Givn the leaves',
      '  Whne the gradients are zeroed',
      'Then\u00a0y is 3',
    ],
    ...['Dann y is 3', 'Angenommen the leaves', '* Alors y is 3', 'Entonces y is 3', '那么y is 3'],
    ...['Then in random expressions, every gradient matches its finite difference', 'And the leaves of b are a and c'],
    ...['Given a tanh network N of 2 inputs and layers 4, 1 from seed 7', 'Then the nodes hold', 'When this code runs'],
  ])('"%s" is lost', (line) => {
    const lost = `"${line.trim()}" stands in the prose below this line, and so is not run`;
    expect(saidOf(withProse(line))).toEqual([`a.feature:1: ${lost}`]);
    expect(saidOf(withProse('  Prose of a chapter.', line, '  More of it.'))).toEqual([`a.feature:1: ${lost}`]);
    const rule = `Feature: F\n\n  Rule: R\n${line}\n\n${CODE}`;
    expect(saidOf(rule)).toEqual([`a.feature:3: ${lost}`]);
    const examples = `${CODE.replaceAll('Then y is 2', 'Then y is <n>').replace('Scenario:', 'Scenario Outline:')}`;
    expect(saidOf(`Feature: F\n${examples}    Examples:\n${line}\n      | n |\n      | 2 |\n`)).toEqual([
      `a.feature:8: ${lost}`,
    ]);
  });

  test.each([
    ...[
      'Szenario: Lost',
      'Scénario: Lost',
      'Escenario: Lost',
      'Szenario Lost',
      'Beispiel: Lost',
      'Regel: Lost',
      'Beispiele:',
      '场景: Lost',
    ],
    ...[
      '- Scenario: Lost',
      '1. Scenario: Lost',
      '* Scenaro: Lost',
      '  Scenario： Lost',
      'Scenario 2: Lost',
      'Background',
      'Hintergrund:',
    ],
    ...[
      'Exampels:',
      'SCENARIO OUTLINE: Lost',
      'Scenario - Lost',
      'Grundlage:',
      'Feature: Another',
      'Rul: Lost',
      'Funktionalität: Lost',
    ],
  ])('"%s" is lost', (line) => {
    for (const prose of [[line], ['Prose.', line], ['  Prose.', '', `      ${line}`]])
      expect(saidOf(withProse(...prose))).toEqual([
        `a.feature:1: "${line.trim()}" stands in the prose below this line, and so is not run`,
      ]);
  });

  test.each([
    [['  The output:', '    Then the output is three']],
    [['The output:', '  Given the leves', '  Some prose.']],
    [['Given the leves', 'Then y is thre']],
    [['- Given the leves', '- Then y is thre']],
    [['  Prose.', '    | a | b |']],
    [['  Prose.', '  """']],
  ])('a mistyped step is told by where it stands: %j', (lines) => {
    expect(saidOf(withProse(...lines))).toEqual([expect.stringMatching(/stands in the prose below this line/)]);
  });

  test.each([
    [['  Given a leaf, we ask how fast the output changes with it.', '  When it is a sum, that is easy.']],
    [['Given the leaves a, b and c, each takes a step.', 'Then L rises. And that is all:', 'But not for long.']],
    [['  * given enough time, anything converges', '  * when in doubt, one more step']],
    [['  - a list, whose entries', '    And so on go on here', '  - another']],
    [['  1. First, the slope', '  2. Then, the intercept']],
    [['  The rules: there are two.', '  Context: a graph.', '  Roles: none.', '  Primer: see chapter 1.']],
    [['  With y = 2 and d = 3 y is 6, as the product rule says.', '  Then y is 3 times as large.']],
    [['  | node | what it is |', '  | a | a leaf |', '  The examples below show this.', '  Scenarios follow.']],
    [['  Therefore the gradients add up. The leaves', '  are what we can change. Andrej calls them so.']],
  ])('%j is prose', (lines) => {
    expect(saidOf(withProse(...lines))).toEqual([]);
  });

  it('of the Background and of a scenario, everything is lost', () => {
    expect(saidOf(`Feature: F\n  Background:\n    - Given the leaves\n    Given the leaves\n\n${CODE}`)).toHaveLength(
      1,
    );
    expect(saidOf(`Feature: F\n${CODE.replace('Right\n', 'Right\n1. Then y is 3\n')}`)).toHaveLength(1);
  });
});

describe('in the text of a step', () => {
  const text = (...lines: string[]) =>
    `Feature: F\n  Scenario: S\n    When this code runs\n      """\n      y = 2\n${lines.map((line) => `${line}\n`).join('')}      """\n    Then y is 2\n`;

  test.each([
    [["      '''", '    Then y is 3']],
    [['      ```', '', '  Scenario: Another', '    When this code runs', '      ```', '      y = 3']],
    [['', '  Scenaro: Another']],
    [['', '  @edge', '']],
    [['      | node | data |']],
    [['    * y is 3']],
    [['    Und y is 3']],
    [['    And y is thre']],
  ])('%j is lost', (lines) => {
    expect(saidOf(text(...lines))).toEqual([
      expect.stringMatching(
        /^a\.feature:4: ".*" stands in the text that begins here, and so is not run: where does it end\?$/,
      ),
    ]);
  });

  test.each([
    [['      # Then y is 3', '      # Example: two']],
    [['      scenario = y * 2', '      rule = y + 1']],
    [['      L = tanh(y)', '']],
  ])('%j is code', (lines) => {
    expect(saidOf(text(...lines))).toEqual([]);
  });
});

describe('the language of a file', () => {
  test.each([
    `# langage: de\n${RIGHT}`,
    `# language de\n${RIGHT}`,
    `#Language=fr\n${RIGHT}`,
    RIGHT.replace('\n', '\n# language: de\n'),
    `@tag\n# language: pt_BR\n${RIGHT}`.replace('pt_BR', 'en-pirate'),
    `${RIGHT}# lang: de\n`.replace('lang:', 'langauge:'),
  ])('%j is not heeded', (text) => {
    expect(saidOf(text)).toEqual([
      expect.stringMatching(/^a\.feature:\d+: "#.*" is a mere comment: the language is said so/),
    ]);
  });

  test.each([
    `# language: en\n${RIGHT}`,
    `# language: de\nFunktionalität: F\n  Szenario: S\n    Dann all is well\n`,
    `# the language is en\n# in a manner: of speaking\n${RIGHT}`,
    `${RIGHT}# language: en\n`,
  ])('%j is right', (text) => {
    expect(saidOf(text)).toEqual([]);
  });

  it('an outline without Examples is one in any language', () => {
    expect(saidOf('# language: de\nFunktionalität: F\n  Szenariogrundriss: S\n    Dann y is <n>\n')).toEqual([
      'a.feature:3: "S" has no Examples, and is never run',
    ]);
    expect(
      saidOf('# language: de\nFunktionalität: F\n\n  Szenaro: S\n    Dann y is 3\n\n  Szenario: T\n    Dann y is 3\n'),
    ).toHaveLength(1);
  });
});

it('Markdown is refused', () => {
  expect(saidOf(RIGHT, 'b.feature.md')).toEqual([expect.stringContaining('b.feature.md: a feature in Markdown')]);
  expect(saidOf(RIGHT, 'b.MD')).toHaveLength(1);
});

describe('in Examples', () => {
  const outline = (steps: string, ...tables: string[]) =>
    `Feature: F\n  Scenario Outline: With <n>\n    ${steps}\n${tables.map((table) => `    Examples:\n      ${table}\n`).join('')}`;

  test.each<[string, string[], string]>([
    ['Then all is well', ['| n |\n      | 1 |'], '4: no step uses the column <n> of these Examples'],
    ['Then y is <m>', ['| n | m |\n      | <m> | 1 |'], '4: no step uses the column <n> of these Examples'],
    ['Then y is <m>', ['| m | n |\n      | 1 | 2 |'], '4: no step uses the column <n> of these Examples'],
    ['Then y is <n>', ['| n | n |\n      | 1 | 2 |'], '5: the column <n> is there twice'],
    ['Then y is <n>', ['| n |\n      | 1 |\n      | 1 |'], '7: this row of Examples is there already, in a.feature:6'],
    [
      'Then y is <n>',
      ['| n |\n      | 1 |', '| n |\n      | 1 |'],
      '9: this row of Examples is there already, in a.feature:6',
    ],
    [
      'Then <m> is <n>',
      ['| m | n |\n      | y | 1 |', '| n | m |\n      | 1 | y |'],
      '9: this row of Examples is there already, in a.feature:6',
    ],
  ])('%s %j', (steps, tables, fault) => {
    expect(saidOf(outline(steps, ...tables))).toEqual([`a.feature:${fault}`]);
  });

  it('a column that only a comment uses', () => {
    const code = 'When this code runs\n      """\n      y = 2 # <n>\n      """\n    Then y is 2';
    expect(saidOf(outline(code, '| n |\n      | 1 |'))).toEqual([
      'a.feature:8: no step uses the column <n> of these Examples',
    ]);
    expect(saidOf(outline(code.replace('2 #', '<n> #'), '| n |\n      | 1 |'))).toEqual([]);
  });

  it('what is used in a table, and rows that differ, are right', () => {
    const table = 'Then the nodes hold\n      | node | data |\n      | a | <n> |';
    expect(saidOf(outline(table, '| n |\n      | 1 |\n      | 2 |', '| n |\n      | 3 |'))).toEqual([]);
  });
});

describe('in the table of a step', () => {
  const table = (...rows: string[]) =>
    `Feature: F\n  Scenario: S\n    Then the nodes hold\n${rows.map((row) => `      ${row}\n`).join('')}`;

  test.each([
    [['| node | data | data |', '| a | 1 | 1 |'], '4: the column "data" is there twice'],
    [['| a | b | a |', '| 1 | 2 | 3 |'], '4: the column "a" is there twice'],
    [
      ['| node | data |', '| a | 1 |', '| b | 1 |', '| a | 1 |'],
      '7: a row for the node "a" is there already, in a.feature:5',
    ],
    [['| data | node |', '| 1 | a |', '| 2 | a |'], '6: a row for the node "a" is there already, in a.feature:5'],
  ])('%j', (rows, fault) => {
    expect(saidOf(table(...rows))).toEqual([`a.feature:${fault}`]);
    const background = table(...rows).replace('Scenario: S', 'Background:');
    expect(saidOf(`${background}  Scenario: S\n    Then y is 2\n`)).toEqual([`a.feature:${fault}`]);
  });

  it('the same number, or the same example, may be there twice', () => {
    expect(saidOf(table('| node | data |', '| a | 1 |', '| b | 1 |'))).toEqual([]);
    expect(saidOf(table('| x | y |', '| 1 | 1 |', '| 1 | 1 |'))).toEqual([]);
  });

  it('a row that is too short cannot be read', () => {
    expect(() => saidOf(table('| node | data |', '| a |'))).toThrow('inconsistent cell count');
  });
});

describe('an expression of tags', () => {
  test.each([
    ['tanh', 'tanh is no tag: tags begin with @'],
    ['not tanh and @exp', 'tanh is no tag, in "not tanh and @exp": tags begin with @'],
    ['@exp or (not(tanh))', 'tanh is no tag, in'],
    ['~@tanh', '~@tanh is no tag'],
    ['@tanh,@exp', '@tanh,@exp is no tag'],
    ['@', '@ is no tag'],
    ['"@tanh"', '"@tanh" is no tag'],
    ['@tanh AND @exp', 'AND is no tag'],
  ])('%s', (expression, says) => {
    expect(faultsOfTags(expression)).toEqual([expect.stringContaining(says)]);
  });

  test.each(['', '@tanh', 'not @tanh and (@exp or @pow-of-nodes)', '@a\\ b or @c\\(d\\)'])(
    '%s is one',
    (expression) => {
      expect(faultsOfTags(expression)).toEqual([]);
    },
  );

  it('is refused by the command before anything is run', () => {
    expect(() => checkTags('not tanh', [])).toThrow('tanh is no tag, in "not tanh"');
    expect(() => checkTags('not @tanh', [])).not.toThrow();
  });

  it('is found on the command line', () => {
    const line = ['a.feature', '--tags', 'x', '-t', 'y', '--tags=z', '-tw', '--name', 't', '--tagsy'];
    expect(expressionsIn(line)).toEqual(['x', 'y', 'z', 'w']);
    expect(expressionsIn(['--tags'])).toEqual([]);
  });
});

describe('a file that is asked for as a whole and by its lines', () => {
  const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const text = 'Feature: F\n\n  Scenario: S\n    Then a is 1\n\n  Scenario: T\n    Then a is 1\n';
  writeFileSync(join(folder, 'two.feature'), text);
  symlinkSync(join(folder, 'two.feature'), join(folder, 'link.feature'));
  const found = [join(folder, 'two.feature')];
  const faults = (...asked: string[]) => faultsOfPaths({ asked, found, folder }, [], []).join();

  it.each([
    ['two.feature', 'two.feature:3'],
    ['two.feature:3', 'two.feature'],
    ['./two.feature', 'two.feature:3'],
    ['*.feature', 'two.feature:3:6'],
    ['.', 'two.feature:3'],
    ['link.feature', 'two.feature:3'],
  ])('%s and %s', (...asked) => {
    expect(faults(...asked)).toContain('two.feature is asked for as a whole and by its lines: only its lines are run');
  });

  it('but not one that is asked for twice in the same way', () => {
    expect(faults('two.feature', './two.feature')).not.toContain('as a whole');
    expect(faults('two.feature:3', 'two.feature:6')).not.toContain('as a whole');
  });
});

it('sentences that are told twice, as in two parts of a run, are read once', () => {
  const sentences = new Sentences();
  for (let i = 0; i < 2; i++) {
    sentences.take({
      parameterType: {
        name: 'n',
        regularExpressions: ['x+'],
        preferForRegularExpressionMatch: false,
        useForSnippets: false,
        id: `${i}`,
      },
    });
    sentences.take({
      stepDefinition: {
        id: `${i}`,
        pattern: { source: 'there is {n}', type: 'CUCUMBER_EXPRESSION' as never },
        sourceReference: {},
      },
    });
  }
  expect(sentences.read('there is xx')).toBe(true);
  expect(sentences.read('there is y')).toBe(false);
});

describe('a step in prose that is missed by a hair', () => {
  it.each([
    'Then y\u00A0is 3',
    'Then\u200B y is 3',
    'Th\u00ADen y is 3',
    'Then y  is 3',
    'Then y is 3.',
    'Then y is 3 # really',
    '*Then* y is 3',
    '_Then_ y is 3',
    'Then y is ４',
    'Then y is –4',
  ])('%s', (line) => {
    expect(saidOf(withProse(line)).join()).toContain('stands in the prose below this line');
  });

  it.each([
    'Background and history are in chapter 1.',
    'Background reading: Karpathy.',
    'Example 1: 3 + 4.',
    'Rule 1: never divide by zero.',
    'Scenario analysis is not our topic.',
    'Scenario one is simple.',
  ])('but not ordinary prose: %s', (line) => {
    expect(saidOf(withProse(line))).toEqual([]);
  });
});
