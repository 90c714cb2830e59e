// @ts-nocheck
/*
 * Stands between the spec and an engine in a process, and writes down what each says: a file, then the engine's command.
 * Lines of the spec begin with >, lines of the engine with <.
 */
const { spawn } = require('node:child_process');
const { appendFileSync } = require('node:fs');
const { createInterface } = require('node:readline');

const [file, command, ...args] = process.argv.slice(2);
const engine = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });

function pass(input, output, mark) {
  const lines = createInterface({ input });
  lines.on('line', (line) => {
    appendFileSync(file, `${mark}${line}\n`);
    output.write(`${line}\n`);
  });
  return lines;
}

pass(process.stdin, engine.stdin, '>').on('close', () => engine.stdin.end());
pass(engine.stdout, process.stdout, '<');
// nothing is read any more that nobody answers
engine.on('exit', (code) => {
  process.exitCode = code ?? 1;
  process.stdin.destroy();
});
