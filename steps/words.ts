import { defineParameterType, setDefinitionFunctionWrapper } from '@cucumber/cucumber';
import { NotClaimed, SpecError } from '../src/errors';
import { NUMERAL, numeral } from '../src/notebook/numbers';
import { NAMES, OPERATIONS } from '../src/protocol/operations';
import { NotebookWorld } from './world';

defineParameterType({ name: 'number', regexp: NUMERAL, transformer: (text: string) => numeral(text) });
defineParameterType({ name: 'name', regexp: /[A-Za-z_]\w*/, transformer: String, useForSnippets: false });
defineParameterType({
  name: 'quantity',
  regexp: /[A-Za-z_]\w*(?:\.data|\.grad)?/,
  transformer: String,
  useForSnippets: false,
});
defineParameterType({
  name: 'names',
  regexp: /[A-Za-z_]\w*(?:(?:, | and )[A-Za-z_]\w*)*/,
  transformer: (text) => text.split(/, | and /),
  useForSnippets: false,
});

defineParameterType({
  name: 'activation',
  regexp: NAMES.filter((name) => OPERATIONS[name].isActivation).join('|'),
  transformer: String,
  useForSnippets: false,
});
defineParameterType({
  name: 'ints',
  regexp: /\d+(?:, \d+)*/,
  transformer: (text) => text.split(', ').map(Number),
  useForSnippets: false,
});

// Cucumber passes a callback after the arguments. Where a sentence needs a table or code and has none, the callback
// would stand in its place, and the run would wait for it.
setDefinitionFunctionWrapper(
  (run: (...given: unknown[]) => unknown) =>
    function (this: NotebookWorld, ...given: unknown[]) {
      if (!(this instanceof NotebookWorld)) return run.apply(this, given); // a hook of the run
      if (given.length <= run.length) {
        throw new SpecError('below this sentence belongs a table, or code between two lines of """');
      }
      return carryOut(this, run, given);
    },
);

async function carryOut(world: NotebookWorld, run: (...given: unknown[]) => unknown, given: readonly unknown[]) {
  const strange = given.flat().find((each) => typeof each === 'number' && !Number.isSafeInteger(each));
  if (strange !== undefined) throw new SpecError(`${strange} is too large to be counted`);
  world.begin();
  try {
    return await run.apply(world, given.slice(0, run.length));
  } catch (error) {
    return error instanceof NotClaimed ? world.notClaimed(error) : await world.fail(error);
  }
}
