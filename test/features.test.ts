import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAWS } from '../src/judge/laws';
import { NAMES, OPERATIONS } from '../src/protocol/operations';
import { type Chapter, readChapter, readChapters } from './chapters';
import { ROOT } from './run-spec';

const folder = join(ROOT, 'features');
const overview = readFileSync(join(folder, 'README.md'), 'utf8');
const files = readdirSync(folder).filter((name) => name.endsWith('.feature'));
const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));

describe('features/README.md', () => {
  it('lists every chapter, in order, under its own title', () => {
    const listed = [...overview.matchAll(/^\| \[(.*?)\]\((.*?)\)/gm)].map(([, title, file]) => `${file}: ${title}`);
    const titles = texts.map((text) => /^Feature: (.*)$/m.exec(text)?.[1]);
    expect(listed).toEqual(files.map((file, i) => `${file}: ${titles[i]}`));
  });

  it('explains a scenario that is one', () => {
    const [, shown = ''] = /with remarks on the right:\n\n```\n([^`]*)```/.exec(overview) ?? [];
    // a remark stands behind four spaces at least; a line is the chapter's in all that stands before
    const lines = shown.split('\n').map((line) => line.trim().replace(/ {4,}.*$/, ''));
    const chapter = (texts[1] ?? '').split('\n').map((line) => line.trim());
    let at = 0;
    for (const line of lines.filter((each) => each !== '')) {
      const next = chapter.indexOf(line, at);
      expect(next, line).toBeGreaterThanOrEqual(at);
      at = next + 1;
    }
    expect(at).toBeGreaterThan(20);
  });

  it('lists every sentence, as it is defined', () => {
    const listed = [...overview.matchAll(/^\| `([^`]+)` \|/gm)].map(([, sentence]) => sentence);
    const steps = readdirSync(join(ROOT, 'steps')).filter((name) => name.endsWith('.ts'));
    const defined = steps.flatMap((name) => {
      const code = readFileSync(join(ROOT, 'steps', name), 'utf8');
      return [...code.matchAll(/^(?:Given|When|Then)\(\s*'([^']+)'/gm)].map(([, sentence]) => sentence);
    });
    // the laws stand in a sentence that is a regular expression: chapter 15 lists them
    expect([...listed].sort()).toEqual([...defined, 'in random expressions, …'].sort());
    const laws = [...(texts[14] ?? '').matchAll(/Then in random expressions, (.*)$/gm)].map(([, law]) => law);
    expect([...laws].sort()).toEqual([...LAWS.keys()].sort());
  });
});

it('the documents list every operation, as the table has them', () => {
  const protocol = readFileSync(join(ROOT, 'docs', 'engine-protocol.md'), 'utf8');
  for (const [count, fields] of [
    [2, 'of: [x, y]'],
    [1, 'of: [x]'],
  ] as const) {
    const names = NAMES.filter((name) => OPERATIONS[name].operands === count).sort();
    const row = protocol.split('\n').find((line) => line.includes(`\`${fields}\``)) ?? '';
    const listed = [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(listed.sort()).toEqual(names);
  }
  for (const name of NAMES) {
    const { sign } = OPERATIONS[name];
    expect(overview, name).toMatch(
      sign === null ? new RegExp(`function of a node:.*\\b${name}\\b`) : `so are + - / ** -a`,
    );
    expect(`${texts[6]}`, name).toMatch(sign === null ? `${name}(` : ` ${sign} `);
  }
});

describe('the chapters', () => {
  it('are numbered in their titles as in their file names, and end in .feature', () => {
    expect(readdirSync(folder).sort()).toEqual(
      ['README.md', 'editions', 'glossary.md', 'ids.json', 'pytorch.md', ...files].sort(),
    );
    for (const [i, text] of texts.entries()) {
      expect(text).toMatch(new RegExp(`^(@.*\n)*Feature: ${Number(files[i]?.slice(0, 2))}\\. `));
    }
  });

  it('have no title twice, and none over 70 characters', () => {
    const titles = texts.flatMap((text) => [
      ...text.matchAll(/^ *(?:Feature|Rule|Scenario|Scenario Outline): (.*)$/gm),
    ]);
    const lines = titles.map(([, title]) => title ?? '');
    expect(lines.filter((title) => title.length > 70)).toEqual([]);
    expect(lines.filter((title, i) => lines.indexOf(title) !== i)).toEqual([]);
    expect(lines.length).toBeGreaterThan(files.length);
  });

  it('keep their prose at the left, where the report reads it as Markdown', () => {
    for (const text of texts) {
      const prose = text.split('\n').filter((line) => /^ {4,}[A-Z]/.test(line));
      const keywords = /^ +(Background|Scenario|Scenario Outline|Examples|Given|When|Then|And|But)\b/;
      expect(
        prose.filter((line) => !keywords.test(line) && !/^ +\S+ = /.test(line) && !/^ +\S+\.\S+/.test(line)),
      ).toEqual([]);
    }
  });

  it('have no line of prose that Markdown would take for a list or a heading, but for the lists at the end', () => {
    for (const text of texts) {
      const [before = '', end = ''] = text.split(/^ {2}Rule: In short: /m);
      expect(before).not.toMatch(/^ {0,3}(?:\d+[.)]|[-+*#>]) /m);
      // an entry stands below another one, or below an empty line
      expect(end.replaceAll(/(?<=\n\n)(?: {2}- .*\n(?: {4}\S.*\n)*)+(?=\n)/g, '')).not.toMatch(
        /^ {0,3}(?:\d+[.)]|[-+*#>]) /m,
      );
    }
  });

  it('are the core, but for the last one, which is about the edges', () => {
    for (const [i, text] of texts.entries())
      expect(/^ *@.*\bedge\b/m.test(text), files[i]).toBe(i === texts.length - 1);
  });

  it('have tags for what they need of an engine', () => {
    const needs = NAMES.flatMap((name): [string, RegExp][] => {
      const { tag, isActivation } = OPERATIONS[name];
      // numbers alone need no engine: exp(2 * 400)
      return tag === null
        ? []
        : [[tag, new RegExp(`\\b${name}\\((?!2 \\* 400)${isActivation ? `|a ${name} network` : ''}`)]];
    });
    needs.push(['@network', / network /]);
    for (const text of texts) {
      const [head = '', ...parts] = withTags(text);
      for (const part of parts) {
        // prose may speak of anything, and quote it; code, tables and steps count
        const body = part.replaceAll(/^ *```ts\n.*?```$/gms, '').replace(/^ {0,3}\S.*$/gm, '');
        const tags = `${/^(@.*\n)*/.exec(head)?.[0]} ${/^( *@.*\n)*/.exec(part)?.[0]}`;
        for (const [tag, sign] of needs) {
          if (sign.test(body))
            expect(`${tag} ${tags}`, body).toContain(`${tag} ${tags.includes(tag) ? tags : 'missing'}`);
        }
      }
    }
  });
});

/** The head of a feature, and each of its scenarios and tables of examples with the tags above it. */
function withTags(text: string): string[] {
  return text.split(
    /(?=^(?: *@.*\n)+ +(?:Scenario|Examples))|(?<!@.*\n)(?=^ +(?:Scenario|Scenario Outline|Examples):)/m,
  );
}

/** The titles in a chapter below which nothing is said. */
function bare({ number, parts }: Chapter): string[] {
  const silent = parts.filter(({ prose }) => prose.every(({ text }) => text === ''));
  return silent.map(({ title: { line, text } }) => `${number}:${line}: ${text}`);
}

describe('each rule', () => {
  it('has its reason below its title', () => {
    expect(readChapters().flatMap(bare)).toEqual([]);
  });

  it('is found if it has none', () => {
    const text = 'Feature: 1. F\n  O.\n\n  Rule: R\n  ```ts\n  x\n  ```\n    Scenario: S\n      Then y is 1\n';
    expect(bare(readChapter(text, '01-f.feature'))).toEqual(['1:4: R']);
    expect(bare(readChapter(text.replace('x', 'x\n  ```\n  Why.\n  ```ts'), '01-f.feature'))).toEqual([]);
    expect(bare(readChapter(text.replace('  O.', ''), '01-f.feature'))).toEqual(['1:1: 1. F', '1:4: R']);
  });
});
