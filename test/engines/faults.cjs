// @ts-nocheck
/*
 * Wrong engines. `faults` says of each what it gets wrong, and names a program that shows it:
 *
 * - `level`: `core`, or `edge` if it is wrong at extreme or ill-defined arguments or depths alone
 * - `kind`: in a word or two
 * - `operation`, if it is in one, and `direction`: `forward`, `backward` or `graph`
 * - `program`: statements in the notation of the notes, and then what is read
 * - `right`, `wrong`: the numbers that are read; `wrong` is `error` if the engine throws, `slow` if it does not return
 * - `set`: `known` from published engines, `kinds` from public bug reports and their like, or `new`
 * - `of`: of an engine with two faults, what they are
 */
const sets = [
  require('./faults-known.cjs'),
  require('./faults-rules.cjs'),
  require('./faults-kinds.cjs'),
  require('./faults-statics.cjs'),
  require('./faults-kinds-numbers.cjs'),
  require('./faults-slopes.cjs'),
  require('./faults-operands.cjs'),
  require('./faults-numbers.cjs'),
  require('./faults-graphs.cjs'),
  require('./faults-passes.cjs'),
  require('./faults-two.cjs'),
];

exports.faults = {};
for (const { faults, ...classes } of sets) {
  for (const name of Object.keys(faults)) {
    if (name in exports.faults) throw new Error(`there are two faults of the name ${name}`);
  }
  Object.assign(exports.faults, faults);
  Object.assign(exports, classes);
}
