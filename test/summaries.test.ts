import { describe, expect, it } from 'vitest';
import { junitOf } from '../src/gate/junit';
import { summaryOf } from '../src/gate/summary';
import { finding, results, scenario } from './sample-results';

/* What is made from results: text that an engine has written stays text in it. */

/** What an engine may call itself, or say where it fails. */
const EVIL = 'x`` ``` </details> <script> # [a](b) @you |\u0007\u0000';

const SAMPLE = results(
  [
    scenario('5.holds'),
    scenario('5.fails', { status: 'failed', message: `first line\n${EVIL}\n\`\`\`\`\n# no heading`, findings: [0] }),
    scenario('7.left/1', { status: 'not claimed', reason: 'tanh', title: 'one title' }),
    scenario('7.left/2', { status: 'not claimed', reason: 'tanh', title: 'one title' }),
    scenario('17.edge', { status: 'edge differs', reason: EVIL, edge: true }),
    scenario('17.known', { status: 'expected failure', reason: 'told <already>' }),
  ],
  {
    findings: [
      finding(`a gradient is wrong ${EVIL}`, {
        code: ['a = Value(3)', 'z = a + a'],
        lines: ['    a = Value(3)', '    z = a + a', 'a.grad: expected 2, came 1', 'likely cause: = for +='],
        cause: '= for +=',
        scenarios: ['5.fails'],
        again: 'npx micrograd-spec 5.fails',
      }),
    ],
  },
);

describe('a summary in Markdown', () => {
  const lines = summaryOf(SAMPLE).split('\n');

  it('says the verdict, each finding with its expression, the cause, and the line to paste', () => {
    expect(lines[2]).toBe('## micrograd-spec on Sample');
    expect(lines[4]).toBe('**Not passed:** 1 passed, …');
    const at = lines.findIndex((line) => line.startsWith('### Finding 1 of 1: a gradient is wrong x'));
    expect(lines.slice(at + 1, at + 14)).toEqual([
      ...['', '```', 'a = Value(3)', 'z = a + a', '```', ''],
      ...['- a.grad: expected 2, came 1', '', '**Likely cause:** = for +=', ''],
      ...['Could be why 1 scenario failed. To see it again:', '', '```sh'],
    ]);
    expect(lines[at + 14]).toBe('npx micrograd-spec 5.fails');
  });

  it('has a table of the chapters, and the rest folded', () => {
    expect(lines).toContain('| 5. Chapter 5 | 1 | 1 | 0 |  |');
    expect(lines).toContain('| 7. Chapter 7 | 0 | 0 | 2 |  |');
    expect(lines).toContain('| 17. Chapter 17 | 0 | 0 | 0 | 1 of 1 |');
    const folds = ['1 failed', '1 expected to fail', '1 of the edges differ, which is no fault'];
    for (const fold of [...folds, '2 not claimed, which is no fault']) {
      expect(lines).toContain(`<details><summary>${fold}</summary>`);
    }
    expect(lines).toContain('- tanh (2): 7.left/1, 7.left/2');
  });

  it('says what was not checked', () => {
    const verdict = { ...SAMPLE.verdict, problems: ['No scenario was chosen'] };
    expect(summaryOf({ ...SAMPLE, verdict })).toContain('Not everything was checked:\n\n- No scenario was chosen\n');
  });

  it('lets no text of an engine out of its place', () => {
    // outside of fences, and between what the summary itself writes
    let fence = '';
    const outside = lines.filter((line) => {
      const [, mark = ''] = /^ *(`{3,})/.exec(line) ?? [];
      if (fence === '' && mark !== '') fence = mark;
      else if (line.trim() === fence) fence = '';
      else return fence === '';
      return false;
    });
    expect(fence).toBe('');
    const foreign = outside.filter((line) => /x&#96;/.test(line));
    expect(foreign.length).toBe(2);
    for (const line of foreign) expect(line.replace(/&#\d+;/g, '')).not.toMatch(/[`<>[\]@|\p{C}]|[^^#]#/u);
    expect(outside.filter((line) => /^\s*# /.test(line))).toEqual([]);
    expect(outside.filter((line) => line === '</details>').length).toBe(4);
    expect(lines).toContain('  `````');
    expect(lines.join('')).not.toMatch(/\p{Cc}/u);
  });
});

describe('a report in JUnit’s form', () => {
  const xml = junitOf(SAMPLE);

  it('has a test case for each scenario, with its id, and one for what was not checked', () => {
    expect(xml).toContain('tests="7" failures="1" errors="0" skipped="4"');
    expect(xml.match(/<testcase /g)).toHaveLength(7);
    expect(xml).toContain('<property name="id" value="5.holds"/>');
    expect(xml).toContain('<property name="engine" value="Sample"/>');
    expect(xml).toContain('classname="7. Chapter 7" name="one title (7.left/1)"');
    const verdict = { ...SAMPLE.verdict, problems: ['No scenario was chosen'] };
    const faulty = junitOf({ ...SAMPLE, verdict });
    expect(faulty).toContain('failures="2"');
    expect(faulty).toMatch(/name="everything was checked" time="0">\n *<failure message="No scenario was chosen">/);
  });

  it('says why a scenario was skipped, and what was found where one failed', () => {
    expect(xml).toContain('<skipped message="not claimed: tanh"/>');
    expect(xml).toContain('<skipped message="expected failure: told &lt;already&gt;"/>');
    expect(xml).toMatch(/<failure message="first line">finding: a gradient is wrong .*\n {4}a = Value\(3\)\n/);
    expect(xml).toContain('again: npx micrograd-spec 5.fails\n');
  });

  it('has no character that XML forbids, and no mark that an engine has written', () => {
    expect(xml).not.toMatch(/[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u);
    expect(xml).not.toContain('<script>');
    expect(junitOf(results([scenario('1.a', { title: '"\u0001\ud800\n&' })]))).toContain('name="&quot;��&#10;&amp;"');
    const tags = [...xml.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)].filter(([, , , closed]) => closed === '');
    const open: (string | undefined)[] = [];
    for (const [, end, name] of tags) {
      if (end === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});
