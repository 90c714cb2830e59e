import { expect, it } from 'vitest';
import { command } from './run-spec';

it('a recording, as an engine of its own, holds all that Value holds, but for numbers written into nodes between', async () => {
  const { code, output } = await command('--engine', './test/engines/replayed.ts#Replayed');
  expect(output).toMatch(/\d+ passed, 1 failed, 3 not claimed; 0 of 40 edges differ; chapter 12 left out/);
  // What is computed again is not what was written there; and a leaf that is edited changes what was made from it.
  expect(output).toContain('Scenario: A change to a node that is no leaf does not last');
  expect(output).toContain('not claimed, and in how many scenarios it is needed: that nodes keep their numbers');
  expect(code).toBe(1);
}, 120_000);
