import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { command } from './run-spec';

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs features, and returns their report with what Cucumber has said of them. */
async function reportOf(texts: readonly string[], ...args: string[]) {
  const features = texts.map((_, i) => at(`${i}.feature`));
  for (const [i, text] of texts.entries()) writeFileSync(at(`${i}.feature`), text);
  const outcome = await command(...features, '--html', at('a.html'), ...args);
  const html = readFileSync(at('a.html'), 'utf8');
  const pictures = [...html.matchAll(/"body":"([A-Za-z0-9+/=]+)","contentEncoding":"BASE64"/g)];
  const svgs = pictures.map(([, body = '']) => Buffer.from(body, 'base64').toString());
  return { ...outcome, svgs, scripts: html.match(/<script/g)?.length, html };
}

/** What would run if it were let, with the place that it stands in. */
const evilIn = (place: string) =>
  `</script><script>document.title='owned by ${place}'</script><img src=x onerror="document.title='owned'">`;
const ORDINARY = `Feature: F

  Scenario: S
    Given the leaves
      | a |
      | 2 |
    And the expressions
      """
      y = a * 3
      """
    Then y is 6
`;

it('names of prototypes are ordinary names', async () => {
  const { code, output, svgs } = await reportOf([
    `Feature: constructor

  Scenario: __proto__
    Given the leaves
      | __proto__ | constructor | toString |
      | 2         | 3           | 4        |
    And the expressions
      """
      hasOwnProperty = __proto__ * constructor + toString
      """
    And the backward pass runs from hasOwnProperty
    Then the nodes hold
      | node           | data | gradient |
      | __proto__      | 2    | 3        |
      | constructor    | 3    | 2        |
      | toString       | 4    | 1        |
      | hasOwnProperty | 10   | 1        |

  Scenario: valueOf
    Given the examples
      | __proto__ | valueOf |
      | 2         | 5       |
    And the loss summed over the examples
      """
      loss = Value(__proto__) * valueOf
      """
    Then loss is 10
`,
  ]);
  expect(output).toContain('2 passed, 0 failed');
  expect(code).toBe(0);
  expect(svgs.some((svg) => svg.includes('>__proto__<'))).toBe(true);
});

/** The report of an ordinary run, which shows how many scripts a report has of its own. */
let ordinary: Awaited<ReturnType<typeof reportOf>>;
beforeAll(async () => {
  ordinary = await reportOf([ORDINARY]);
}, 60_000);

it('a report has scripts, and pictures', () => {
  expect(ordinary.scripts).toBeGreaterThan(0);
  expect(ordinary.svgs).toHaveLength(1);
});

/** Of each place the feature in which it is evil; what stands there is replaced. */
const PLACES: Readonly<Record<string, [from: string, to: (evil: string) => string]>> = {
  'a title': ['Scenario: S', (evil) => `Scenario: ${evil}`],
  prose: ['\n\n  Scenario', (evil) => `\n\n  ${evil}\n\n  [x](javascript:document.title='owned')\n\n  Scenario`],
  code: ['y = a * 3', (evil) => `y = a * 3 # ${evil}`],
  'code that is refused': ['y = a * 3', (evil) => `y = a * 3 ${evil}`],
  'a table': ['| 2 |', (evil) => `| ${evil} |`],
  'a sentence': ['Then y is 6', (evil) => `Then y is 6\n    And ${evil}`],
};

it('a report runs no script that stands in a feature', async () => {
  const features = Object.entries(PLACES).map(([place, [from, to]]) => {
    expect(ORDINARY).toContain(from);
    const title = place === 'a title' ? evilIn('the title of a feature') : place;
    return ORDINARY.replace(from, to(evilIn(place))).replace('Feature: F', `Feature: ${title}`);
  });
  const { output, html, scripts } = await reportOf(features);
  expect(output).toContain('3 passed, 3 failed, 0 not claimed');
  for (const place of ['the title of a feature', ...Object.keys(PLACES)]) expect(html).toContain(`owned by ${place}'`);
  expect(html).not.toMatch(/<script>document|<img src=x/);
  expect(scripts).toBe(ordinary.scripts);
});

it('a report runs no script that stands in the words of an engine', async () => {
  writeFileSync(
    at('engine.mjs'),
    `const [name, words] = ${JSON.stringify([evilIn('a name').slice(0, 60), evilIn('an error')])};
    export const execute = ([{ do: what }]) => {
      if (what === 'describe') return [{ engine: name, protocol: 1, operations: ['mul'] }];
      throw new Error(words);
    };`,
  );
  const evil = await reportOf([ORDINARY], '--engine', at('engine.mjs'));
  expect(evil.html).toContain('owned by a name');
  expect(evil.html).toContain('owned by an error');
  expect(evil.code).toBe(1);
  expect(evil.scripts).toBe(ordinary.scripts);
  expect(evil.html).not.toMatch(/<script>document|<img src=x/);
});

it('what belongs below a sentence and is not there is told, and the report is whole', async () => {
  const { code, output, html } = await reportOf([
    ORDINARY.replace(/ *"""\n.*\n *"""\n/, ''),
    ORDINARY.replace('Feature: F', 'Feature: G')
      .replace('Scenario: S', 'Scenario: T')
      .replace(/ *"""\n.*\n *"""\n/, '      | y |\n'),
    ORDINARY.replace('Feature: F', 'Feature: H')
      .replace('Scenario: S', 'Scenario: U')
      .replace(/ +\|.*\n/g, '')
      .replace('the leaves\n', 'the leaves\n      """\n      a\n      """\n'),
  ]);
  expect(output).toContain('below this sentence belongs a table, or code between two lines of """');
  expect(output).toContain('below this sentence belongs code between two lines of """, and not a table');
  expect(output).toContain('below this sentence belongs a table, and not a text');
  expect(output).not.toMatch(/asynchronous|before its time|TypeError/);
  expect(output).toContain('0 passed, 3 failed, 0 not claimed');
  expect(html).toMatch(/<\/html>\s*$/);
  expect(code).toBe(1);
});

it('an engine cannot write a verdict by its name', async () => {
  writeFileSync(
    at('liar.mjs'),
    'export const execute = () => [{ engine: "x\\n9 passed, 0 failed, 0 not claimed", protocol: 1, operations: ["add"] }];',
  );
  const { code, output } = await command('--engine', at('liar.mjs'));
  expect(output).toContain('expected "engine" to be a name of one line');
  expect(code).toBe(2);
});
