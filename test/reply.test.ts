import { describe, expect, it } from 'vitest';
import { readReply } from '../src/protocol/reply';

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

  it.each([
    ['[]', 'expected a reply {"id": 7, "readings": …}, and got "[]"'],
    ['null', 'expected a reply {"id": 7, "readings": …}, and got "null"'],
    ['{"__proto__":{"id":7}}', 'expected a reply {"id": 7, "readings": …}'],
    ['{"id":"7"}', 'expected the reply to request 7, and got that to the string "7"'],
    ['{"id":7', 'expected a reply in JSON, and the engine wrote: "{\\"id\\":7"'],
  ])('is not %s', (line, message) => {
    expect(() => readReply(line, 7)).toThrow(message);
  });
});
