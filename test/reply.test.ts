import { describe, expect, it } from 'vitest';
import { readDescription } from '../src/protocol/description';
import { decodeReadings } from '../src/protocol/readings';
import { readReply } from '../src/protocol/reply';
import { defined, wrongLine } from './protocol-schema';

describe('a reply', () => {
  it('has readings, which are checked later, or none', () => {
    expect(readReply('{"id":7,"readings":[{"data":1}]}', 7)).toMatchObject({ readings: [{ data: 1 }] });
    expect(readReply('{"id":7}', 7)).toMatchObject({ readings: [] });
    expect(readReply('{"id":7,"error":null}', 7)).toMatchObject({ readings: [] });
  });

  it('or an error, in whatever form: it is not lost', () => {
    expect(readReply('{"id":7,"error":{"at":2,"message":"no"}}', 7)).toMatchObject({ error: 'no', at: 2 });
    expect(readReply('{"id":7,"error":"broken","readings":[]}', 7)).toMatchObject({ error: 'broken', at: -1 });
    expect(readReply('{"id":7,"error":false}', 7)).toMatchObject({ error: 'false', at: -1 });
    expect(readReply('{"id":7,"error":{}}', 7)).toMatchObject({ error: 'undefined', at: Number.NaN });
  });

  // The schema has only what is exactly in order; what is understood all the same stands above.
  it.each([
    ['[]', 'expected a reply {"id": 7, "readings": …}, and got "[]"'],
    ['null', 'expected a reply {"id": 7, "readings": …}, and got "null"'],
    ['7', 'expected a reply {"id": 7, "readings": …}, and got "7"'],
    ['{}', 'expected a reply {"id": 7, "readings": …}, and got "{}"'],
    ['{"__proto__":{"id":7}}', 'expected a reply {"id": 7, "readings": …}'],
    ['{"id":"7"}', 'expected the reply to request 7, and got that to the string "7"'],
    ['{"id":null,"readings":[]}', 'expected the reply to request 7, and got that to null'],
    ['{"id":7', 'expected a reply in JSON, and the engine wrote: "{\\"id\\":7"'],
    ['{"id":7,"readings":[{"data":NaN,"grad":0}]}', 'expected a reply in JSON'],
    ['{"id":7,"readings":null}', 'expected a list of readings, and got null'],
    ['{"id":7,"readings":{"data":2,"grad":0}}', 'expected a list of readings, and got an object'],
    ['{"id":7,"readings":[2]}', 'reading of a: expected {"data": …, "grad": …}, and got the number 2'],
    ['{"id":7,"readings":[null]}', 'reading of a: expected {"data": …, "grad": …}, and got null'],
    ['{"id":7,"readings":[{}]}', 'a.data: expected a number'],
    ['{"id":7,"readings":[{"data":null,"grad":0}]}', 'a.data: expected a number'],
    ['{"id":7,"readings":[{"data":"2","grad":0}]}', 'a.data: expected a number'],
    ['{"id":7,"readings":[{"data":"nan","grad":0}]}', 'a.data: expected a number'],
    ['{"id":7,"readings":[{"data":2,"grad":"inf"}]}', 'a.grad: expected a number'],
    ['{"id":7,"readings":[{"data":2,"grad":false}]}', 'a.grad: expected a number'],
    ['{"id":7,"readings":[{"data":[2],"grad":0}]}', 'a.data: expected a number'],
  ])('is not %s, nor in the schema', (line, message) => {
    expect(() => {
      const reply = readReply(line, 7);
      return 'readings' in reply && decodeReadings(reply.readings, ['a']);
    }).toThrow(message);
    expect(isInSchema(line)).toBe(false);
  });

  it('is in the schema if all is in order', () => {
    expect(isInSchema('{"id":7,"readings":[{"data":"-Infinity","grad":null},{"data":2,"grad":"-0"}]}')).toBe(true);
    expect(isInSchema('{"id":7,"error":{"at":2,"message":"no"}}')).toBe(true);
  });
});

function isInSchema(line: string): boolean {
  try {
    return wrongLine(`<${line}`) === undefined;
  } catch {
    return false; // it is no JSON
  }
}

describe('what an engine says of itself', () => {
  const RIGHT = { protocol: 1, operations: ['add', 'pow-of-nodes'] };
  const isDescription = defined('description');

  it('needs no more than its protocol and its operations', () => {
    expect(readDescription(RIGHT, 'mine').engine).toBe('mine');
    expect(isDescription(RIGHT)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['protocol', undefined],
    ['protocol', 2],
    ['protocol', '1'],
    ['operations', undefined],
    ['operations', []],
    ['operations', ['add', 'plus']],
    ['engine', 'two\nlines'],
    ['engine', ''],
    ['engine', 'long'.repeat(26)],
    ['precision', 'half'],
    ['throughLeaves', ['neg left']],
    ['throughLeaves', 'sub left'],
    ['repeatedBackward', 'adds'],
    ['repeatedBackward', null],
    ['newGraph', 'error'],
    ['interiorGradients', true],
    ['fixed', ['number']],
    ['depth', -1],
    ['depth', '1000'],
    ['follows', 1],
    ['version', 1],
    ['homepage', 'two\nlines'],
    ['issues', ''],
    ['again', 'yes'],
  ])('has no field %s that is %j, nor has the schema', (field, value) => {
    const said = { ...RIGHT, [field]: value };
    expect(() => readDescription(said, 'mine')).toThrow(`describe: expected "${field}" to be `);
    expect(isDescription(said)).toBe(false);
  });
});
