import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { native, runNotes } from './notes';
import { ROOT } from './run-spec';

const { bundledEngine } = native('../src/engines/bundled.ts') as typeof import('../src/engines/bundled');
const { Marks } = native('../src/command/marks.ts') as typeof import('../src/command/marks');

const BLANK = /^(\s*(?:Then|And|But) \S+ is (?:about )?)\?$/gm;
/** What the blanks of each exercise are, in order. */
const answers: Record<string, string[]> = JSON.parse(
  readFileSync(join(ROOT, 'test', 'exercises', 'answers.json'), 'utf8'),
);
const folder = join(ROOT, 'exercises');
const files = readdirSync(folder).filter((name) => name.endsWith('.feature'));
const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
/** The exercises by their titles: what stands before the first one in a file, and the exercise itself. */
const exercises = texts.flatMap((text) => {
  const [head = '', ...each] = text.split(/^(?= {2}Scenario: )/m);
  return each.map((body) => ({ title: /Scenario: (.*)/.exec(body)?.[1] ?? '', head, body }));
});

/** Runs an exercise with its blanks filled in. */
async function endOf({ title, head, body }: (typeof exercises)[number], numbers: readonly string[]) {
  const all = [...numbers];
  const filled = body.replaceAll(BLANK, (line, before) => (all.length > 0 ? `${before}${all.shift()}` : line));
  const ended = await runNotes(bundledEngine(), { features: [head + filled] });
  return ended.find(({ scenario }) => scenario === title);
}

describe('the exercises', () => {
  it('are two at least for each chapter, under titles of their own', () => {
    const chapters = readdirSync(join(ROOT, 'features')).filter((name) => name.endsWith('.feature'));
    expect(files).toEqual(chapters);
    for (const text of texts) expect(text.match(/^ {2}Scenario: /gm)?.length ?? 0, text).toBeGreaterThanOrEqual(2);
    const titles = exercises.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.filter((title) => title.length > 70)).toEqual([]);
    expect(Object.keys(answers).sort()).toEqual([...titles].sort());
  });

  test.each(exercises)('$title: is open, has a hint, and is right with its answers alone', async (exercise) => {
    const numbers = answers[exercise.title] ?? [];
    // one hint, right above the first blank
    expect(exercise.body).toMatch(/^(?:(?!.* \?\n).*\n)*? +# Hint: \S.*\n +\S+ \S+ is (?:about )?\?\n/);
    expect(exercise.body.match(/# Hint: /g)).toHaveLength(1);
    expect(exercise.body.match(BLANK)?.length).toBe(numbers.length);
    for (const number of numbers)
      expect(exercise.body.match(/# Hint: .*/)?.[0].split(/[\s,;:?]+/)).not.toContain(number);
    expect((await endOf(exercise, []))?.why).toContain('here is a blank');
    expect(await endOf(exercise, numbers)).toMatchObject({ end: 'passed', why: '' });
    for (const i of numbers.keys()) {
      const wrong = numbers.map((number, k) => (k === i ? String(Number(number.replace('−', '-')) + 1) : number));
      expect((await endOf(exercise, wrong))?.end, `with ${wrong}`).toBe('failed');
    }
  });
});

describe('what is said of an exercise', () => {
  const timestamp = { seconds: 0, nanos: 0 };
  const said = (status: string, message?: string, logs: readonly string[] = []) => {
    const marks = new Marks();
    const take = (each: object) => marks.take(each as Parameters<typeof marks.take>[0]);
    take({
      gherkinDocument: {
        uri: 'e',
        comments: [{ text: '    # Hint: think.', location: { line: 5 } }],
        feature: { name: 'F' },
      },
    });
    take({ pickle: { id: 'p', uri: 'e', name: 'S', location: { line: 3 }, steps: [] } });
    take({ testCase: { id: 'c', pickleId: 'p' } });
    take({ testCaseStarted: { id: 's', testCaseId: 'c', timestamp } });
    for (const body of logs) take({ attachment: { testCaseStartedId: 's', body } });
    take({ testStepFinished: { testCaseStartedId: 's', testStepResult: { status, message } } });
    return { text: marks.text(), areAllRight: marks.areAllRight };
  };

  it('is that it is right', () => {
    expect(said('PASSED')).toMatchObject({
      areAllRight: true,
      text: expect.stringMatching(/^F\n {4}right +S\n\n1 right/),
    });
  });

  it('is that it is still open', () => {
    const { text, areAllRight } = said('FAILED', 'here is a blank', ['still open']);
    expect(text).toMatch(/^F\n {4}still open +S\n\n0 right, 0 not yet, 1 still open$/);
    expect(areAllRight).toBe(false);
  });

  it.each(['L is not 3\n    expected  3\n    came      0   (off by 3)', 'L is 7, which is not greater than 9'])(
    'is that it is not right yet, and a hint, but never the number: %s',
    (message) => {
      const { text, areAllRight } = said('FAILED', message);
      expect(text).toMatch(/^F\n {4}not yet +S\n +think\.\n\n0 right, 1 not yet, 0 still open$/);
      expect(areAllRight).toBe(false);
    },
  );

  it('is why it cannot be run', () => {
    expect(said('UNDEFINED').text).toContain('is there a number in the place of the blank?');
    const { text } = said(
      'FAILED',
      'there is nothing named "q" here\nagain: npx micrograd-spec exercises/05-x.feature:3',
    );
    expect(text).toContain('there is nothing named "q" here');
    expect(text).not.toContain('npx'); // that is no command for exercises
  });
});
