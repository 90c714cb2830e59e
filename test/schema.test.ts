import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Engine, Instruction } from '../src/protocol/program';
import { CLAIMS, FIXED, INTERIOR, NEW_GRAPH, REPEATED, SIDES } from '../src/protocol/program';
import { encode } from '../src/protocol/readings';
import { native, runNotes } from './notes';
import { defined, SCHEMA, wrongLine } from './protocol-schema';
import { command, ROOT } from './run-spec';

/*
 * The schema of the protocol: what is said is in it, and what it has is in the code.
 */

const { bundledEngine } = native('../src/engines/bundled.ts') as typeof import('../src/engines/bundled');
const { OPERATIONS } = native('../src/protocol/operations.ts') as typeof import('../src/protocol/operations');

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-schema-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the schema of the protocol has', () => {
  it('each program of the notes', async () => {
    const isProgram = defined('program');
    const seen = new Set<readonly Instruction[]>();
    const wrong: string[] = [];
    const engine: Engine = bundledEngine();
    const tapped: Engine = {
      ...engine,
      execute(program, name) {
        if (!seen.has(program) && !isProgram(JSON.parse(encode(program)))) wrong.push(encode(program).slice(0, 500));
        seen.add(program);
        return engine.execute(program, name);
      },
    };
    const ended = await runNotes(tapped);
    expect(ended.filter(({ end }) => end === 'failed')).toEqual([]);
    expect(wrong).toEqual([]);
    const all = new Set([...seen].flatMap((program) => program.map((each) => each.do)));
    for (const what of ['reset', 'leaf', 'backward', 'setData', 'zeroGrad', 'read', ...Object.keys(OPERATIONS)]) {
      expect(all).toContain(what);
    }
  }, 300_000);

  it('each line of a conversation with an engine in a process', async () => {
    const file = join(folder, 'lines');
    const engine = `node test/stage/tap.cjs ${file} node test/engines/server.cjs remembers`;
    await command('check', '--engine-command', engine);
    await command('1', '9', '--engine-command', engine);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines.filter((line) => wrongLine(line) !== undefined)).toEqual([]);
    for (const part of ['"describe"', '"keep":', '"again":', '"NaN"', '"-0"', '"readings":']) {
      expect(lines.some((line) => line.includes(part))).toBe(true);
    }
  }, 120_000);

  it('the words of the code, and no others', () => {
    const { ofOne, ofTwo, description } = SCHEMA.$defs;
    const named = (operands: number) =>
      Object.entries(OPERATIONS).flatMap(([name, entry]) => (entry.operands === operands ? [name] : []));
    expect(new Set(ofOne.properties.do.enum)).toEqual(new Set(named(1)));
    expect(new Set(ofTwo.properties.do.enum)).toEqual(new Set(named(2)));
    const { operations, throughLeaves, repeatedBackward, newGraph, interiorGradients, fixed } = description.properties;
    expect(new Set(operations.items.enum)).toEqual(new Set(CLAIMS));
    expect(repeatedBackward.enum).toEqual(REPEATED);
    expect(newGraph.enum).toEqual(NEW_GRAPH);
    expect(interiorGradients.enum).toEqual(INTERIOR);
    expect(fixed.items.enum).toEqual(FIXED);
    for (const side of SIDES) expect(side).toMatch(new RegExp(throughLeaves.items.pattern, 'u'));
  });

  it('the examples of the page about it', () => {
    const page = readFileSync(join(ROOT, 'docs', 'engine-protocol.md'), 'utf8');
    const shown = [...page.matchAll(/^ {4}(\{"id".*(?:\n {10,}.*)*)$/gm)].map(([, text = '']) => text);
    expect(shown.length).toBe(5);
    for (const text of shown) {
      const line = text.replace('[ … ]', '[]').replace(/ {4}[a-z].*/, '');
      const mark = /"(?:program|again)"/.test(line) ? '>' : '<';
      expect(wrongLine(mark + line)).toBeUndefined();
    }
    const about = /^ {4}(\{"engine".*\n.*)$/m.exec(page)?.[1] ?? 'nothing';
    expect(defined('description')(JSON.parse(about))).toBe(true);
  });
});

describe('the schema of the protocol has no', () => {
  it.each([
    '{"id":1}',
    '{"id":1,"program":[],"again":"0"}',
    '{"id":1,"program":[{"do":"undo"}]}',
    '{"id":1,"program":[{"do":"leaf","to":"a"}]}',
    '{"id":1,"program":[{"do":"leaf","to":"a","data":"2"}]}',
    '{"id":1,"program":[{"do":"add","to":"a","of":[1,2]}]}',
    '{"id":1,"program":[{"do":"add","to":"a","of":["b"]}]}',
    '{"id":1,"program":[{"do":"tanh","to":"a","of":[1]}]}',
    '{"id":1,"program":[{"do":"read","of":"a"}]}',
    '{"id":1,"program":[{"do":"reset","of":"a"}]}',
    '{"id":1,"program":[],"kept":"0"}',
  ])('request %s', (line) => {
    expect(wrongLine(`>${line}`)).toBeDefined();
  });
});
