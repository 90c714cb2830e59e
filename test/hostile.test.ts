import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, test } from 'vitest';
import { command } from './run-spec';

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a feature, and returns its report with what Cucumber has said of it. */
async function reportOf(text: string, ...args: string[]) {
  writeFileSync(at('a.feature'), text);
  const outcome = await command(at('a.feature'), '--html', at('a.html'), ...args);
  const html = readFileSync(at('a.html'), 'utf8');
  const pictures = [...html.matchAll(/"body":"([A-Za-z0-9+/=]+)","contentEncoding":"BASE64"/g)];
  const svgs = pictures.map(([, body = '']) => Buffer.from(body, 'base64').toString());
  return { ...outcome, svgs, scripts: html.match(/<script/g)?.length, html };
}

const EVIL = `</script><script>document.title='owned'</script><img src=x onerror="document.title='owned'">`;
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
  const { code, output, svgs } = await reportOf(`Feature: constructor

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
`);
  expect(output).toContain('2 passed, 0 failed');
  expect(code).toBe(0);
  expect(svgs.some((svg) => svg.includes('>__proto__<'))).toBe(true);
});

test.each<[string, number, string]>([
  ['a title', 0, ORDINARY.replace('Feature: F', `Feature: ${EVIL}`).replace('Scenario: S', `Scenario: ${EVIL}`)],
  ['prose', 0, ORDINARY.replace('Feature: F', `Feature: F\n\n  ${EVIL}\n\n  [x](javascript:document.title='owned')\n`)],
  ['code', 0, ORDINARY.replace('y = a * 3', `y = a * 3 # ${EVIL}`)],
  ['code that is refused', 1, ORDINARY.replace('y = a * 3', `y = a * 3 ${EVIL}`)],
  ['a table', 1, ORDINARY.replace('| 2 |', `| ${EVIL} |`)],
  ['a sentence', 1, ORDINARY.replace('Then y is 6', `Then y is 6\n    And ${EVIL}`)],
])('a report runs no script that stands in %s', async (_, code, text) => {
  const ordinary = await reportOf(ORDINARY);
  const evil = await reportOf(text);
  expect(ordinary.scripts).toBeGreaterThan(0);
  expect(ordinary.svgs).toHaveLength(1);
  expect(evil.code).toBe(code);
  expect(evil.html).toContain('owned');
  expect(evil.html).not.toMatch(/<script>document|<img src=x/);
  expect(evil.scripts).toBe(ordinary.scripts);
});

it('a report runs no script that stands in the words of an engine', async () => {
  writeFileSync(
    at('engine.mjs'),
    `const evil = ${JSON.stringify(EVIL)};
    export const execute = ([{ do: what }]) => {
      if (what === 'describe') return [{ engine: evil.slice(0, 60), protocol: 1, operations: ['mul'] }];
      throw new Error(evil);
    };`,
  );
  const ordinary = await reportOf(ORDINARY);
  const evil = await reportOf(ORDINARY, '--engine', at('engine.mjs'));
  expect(evil.html).toContain('owned');
  expect(evil.code).toBe(1);
  expect(evil.scripts).toBe(ordinary.scripts);
  expect(evil.html).not.toMatch(/<script>document|<img src=x/);
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
