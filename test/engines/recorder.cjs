// The bundled engine, which writes every program that it is asked to carry out into the file that RECORD names.
const { appendFileSync } = require('node:fs');
const { bundledEngine } = require('../../src/engines/bundled');

const engine = bundledEngine();

/** @param {import('../../src/protocol/program').Instruction[]} program */
exports.execute = (program) => {
  if (program.some((instruction) => /** @type {string} */ (instruction.do) === 'describe'))
    return [{ protocol: 1, ...engine.description }];
  // many programs may come at once, each of which begins with a reset
  const starts = program.flatMap((instruction, i) => (i === 0 || instruction.do === 'reset' ? [i] : []));
  const each = starts.map((start, i) => `${JSON.stringify(program.slice(start, starts[i + 1]))}\n`);
  appendFileSync(process.env.RECORD ?? 'RECORD is not set', each.join(''));
  return engine.execute(program);
};
