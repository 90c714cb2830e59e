// The bundled engine, which writes every program that it is asked to carry out into the file that RECORD names.
const { appendFileSync } = require('node:fs');
const { bundledEngine } = require('../../src/engines/bundled');

const engine = bundledEngine();

/** @param {import('../../src/protocol/program').Instruction[]} program */
exports.execute = (program) => {
  if (program.some((instruction) => /** @type {string} */ (instruction.do) === 'describe'))
    return [{ protocol: 1, ...engine.description }];
  appendFileSync(process.env.RECORD ?? 'RECORD is not set', `${JSON.stringify(program)}\n`);
  return engine.execute(program);
};
