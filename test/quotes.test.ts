import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Value } from '../src/micrograd/value';
import { ROOT } from './run-spec';

/*
 * The notes show the engine. What they show is quoted: each line stands in the source, and in the same order. And by the end
 * of the notes the whole engine has been shown.
 */

/** The engine's files, as lines of code without the comments that stand by themselves. */
const sources = ['value.ts', 'network.ts', 'record.ts'].map((name) =>
  codeOf(readFileSync(join(ROOT, 'src', 'micrograd', name), 'utf8')),
);
const quotes = readdirSync(join(ROOT, 'features'))
  .filter((name) => name.endsWith('.feature'))
  .flatMap((name) => {
    const text = readFileSync(join(ROOT, 'features', name), 'utf8');
    return [...text.matchAll(/^ *```ts\n(.*?)^ *```$/gms)].map(([, quote = '']) => ({ name, lines: codeOf(quote) }));
  });

function codeOf(text: string): string[] {
  return text
    .replaceAll(/^ *\/\*\*?.*?\*\/$/gms, '')
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '' && !line.startsWith('//'));
}

/** Where some lines stand in a row; undefined if they do not. */
function placeOf(lines: readonly string[]): { source: number; at: number } | undefined {
  for (const [source, code] of sources.entries()) {
    const at = code.findIndex((_, i) => lines.every((line, k) => line === code[i + k]));
    if (at >= 0) return { source, at };
  }
  return undefined;
}

/** Splits a quote where the next line of the source is another one: it may show several places. */
function partsOf(lines: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    if (last !== undefined && placeOf([...last, line]) !== undefined) last.push(line);
    else parts.push([line]);
  }
  return parts;
}

const chapter8 = () => readFileSync(join(ROOT, 'features', '08-why-the-order-is-topological.feature'), 'utf8');

describe('the notes', () => {
  it('show the engine in seven chapters at least', () => {
    expect(new Set(quotes.map(({ name }) => name)).size).toBeGreaterThanOrEqual(7);
  });

  it.each(quotes)('quote it as it is, in $name: $lines.0', ({ lines }) => {
    for (const part of partsOf(lines)) {
      expect(placeOf(part), part.join('\n')).toBeDefined();
      // single lines of punctuation stand everywhere
      expect(part.some((line) => /\w/.test(line))).toBe(true);
    }
  });

  it('show all of value.ts, but for what repeats itself', () => {
    const shown = new Set<number>();
    for (const part of quotes.flatMap(({ lines }) => partsOf(lines))) {
      const place = placeOf(part);
      if (place?.source === 0) for (let i = 0; i < part.length; i++) shown.add(place.at + i);
    }
    const missing = (sources[0] ?? []).filter((line, i) => !shown.has(i) && /\w/.test(line));
    // a method for each operation, each in one line; how a leaf is made; the list of rules; and what only a program needs
    const REPEATED = [
      /^(static )?\w+\((x: Operand, )?(y: Operand)?\): Value \{$/,
      /^return (unary\([A-Z]+, this|binary\([A-Z]+, x, y|Value\.\w+\(this, y)\);$/,
      /^import /,
      /^export \{ .* \};$/,
      /^export type Operand = /,
      /^export const RULES\b|^\.\.\.\[[A-Z, ]+\],$/,
      /^constructor\(.*\);$/,
      /^if \(typeof data !== 'number'\) throw /,
      /^(toString\(\): string \{|return `Value\(.*;)$/,
    ];
    expect(missing.filter((line) => !REPEATED.some((pattern) => pattern.test(line)))).toEqual([]);
  });

  it('show the links as the walk sets them', () => {
    const [, shown = ''] = /the chain so far\n((?: {6,}\S.*\n)+)/.exec(chapter8()) ?? [];
    const x = new Value(1);
    const a = Value.mul(2, x);
    const b = Value.mul(3, a);
    const r = a.add(b);
    const named = new Map<unknown, string>(Object.entries({ a, b, r }).map(([name, node]) => [node, name]));
    const links = { a: 'null', b: 'null', r: 'null' };
    const rows: string[] = [];
    for (const name of ['a', 'b', 'r'] as const) {
      let link: unknown = null;
      Object.defineProperty({ a, b, r }[name], 'link', {
        get: () => link,
        set: (to: unknown) => {
          link = to;
          // once the chain is whole, the backward pass takes it apart
          if (to === null) return;
          links[name] = named.get(to) ?? 'END';
          rows.push(`${links.a} ${links.b} ${links.r}`);
        },
      });
    }
    r.backward();
    const said = shown
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/ {3,}/).slice(1, 4).join(' '));
    expect(said).toEqual(rows);
  });
});
