import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AstBuilder, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { type Feature, IdGenerator } from '@cucumber/messages';
import { describe, expect, it } from 'vitest';
import { idsOf, titlesOf, writtenIds } from '../src/gate/ids';
import { ROOT } from './run-spec';

describe('an id', () => {
  const features = readdirSync(join(ROOT, 'features')).filter((name) => name.endsWith('.feature'));
  const { chapters, earlier } = writtenIds();

  it.each(features)('is written down for each rule and scenario of %s', (name) => {
    const text = readFileSync(join(ROOT, 'features', name), 'utf8');
    const parser = new Parser(new AstBuilder(IdGenerator.incrementing()), new GherkinClassicTokenMatcher());
    const titles = titlesOf(parser.parse(text).feature as Feature);
    const number = String(Number.parseInt(name, 10));
    const found = idsOf(number, titles, writtenIds());
    // what is new, or was reworded: put it into features/ids.json, beside the id that it had
    expect(chapters[number]).toEqual(Object.fromEntries([...found].map(([title, id]) => [id, title])));
  });

  it('stays when its title is reworded, and when another comes before it', () => {
    const written = { chapters: { '1': { here: 'A new title' } }, earlier: {} };
    expect(idsOf('1', ['Another', 'A new title'], written).get('A new title')).toBe('here');
  });

  const now = new Set(
    Object.entries(chapters).flatMap(([number, ids]) => Object.keys(ids).map((id) => `${number}.${id}`)),
  );

  it('is two to five words, read as one, and is of its chapter', () => {
    const strange = [...now].filter((id) => !/^\d+\.[a-z0-9]+(?:-[a-z0-9]+){1,4}$/.test(id));
    expect(strange).toEqual([]);
  });

  it('stands for one that there is, if it is an earlier one', () => {
    for (const [id, to] of Object.entries(earlier)) expect([now.has(id), now.has(to)]).toEqual([false, true]);
  });

  it('never vanishes: what an edition lists is there, or was given another id', () => {
    const editions = join(ROOT, 'features', 'editions');
    const published = readdirSync(editions).flatMap((name) => {
      const { rules, scenarios } = JSON.parse(readFileSync(join(editions, name), 'utf8'));
      return [...rules, ...scenarios] as string[];
    });
    // nothing is ever taken out of an edition: whoever renames an id puts the old one under "earlier"
    expect(published.filter((id) => !now.has(id) && !(id in earlier))).toEqual([]);
    // a new id is added to the edition that comes next
    expect([...now].filter((id) => !published.includes(id))).toEqual([]);
  });
});
