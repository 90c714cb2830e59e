import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { SpecError } from '../errors';
import { ROOT } from '../node/place';
import { GATE } from '../settings';
import { Marks } from './marks';

/*
 * Runs the exercises, and says of each whether it is right. It is a command for readers of the notes: an exercise is no
 * check, so there is no gate, and a number that came is never shown.
 */

// All right is 0, anything else 1, and 2 is for what cannot be run.
process.exitCode = 2;

async function main(chapters: readonly string[]): Promise<void> {
  const folder = join(ROOT, 'exercises');
  const all = readdirSync(folder).filter((name) => name.endsWith('.feature'));
  const paths = chapters.map((chapter) => {
    const found = all.find((name) => Number(name.split('-')[0]) === Number(chapter));
    if (found === undefined) throw new SpecError(`there are no exercises for chapter ${chapter}`);
    return join(folder, found);
  });
  const { loadConfiguration, runCucumber } = await import('@cucumber/cucumber/api');
  const provided = {
    paths: paths.length > 0 ? paths : [join(folder, '*.feature')],
    require: ['steps/**/*.ts'],
    format: [],
    publish: false,
  };
  const { runConfiguration } = await loadConfiguration({ file: false, provided }, { cwd: ROOT });
  Reflect.set(globalThis, GATE, () => {}); // the steps are to be loaded though there is no gate
  const marks = new Marks();
  // what Cucumber prints would give the numbers away
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await runCucumber(runConfiguration, { cwd: ROOT, stdout: nowhere, stderr: nowhere }, (message) =>
    marks.take(message),
  );
  process.stdout.write(`${marks.text()}\n`);
  process.exitCode = marks.areAllRight ? 0 : 1;
}

main(process.argv.slice(2)).catch((error) => {
  if (!(error instanceof SpecError)) throw error;
  process.stderr.write(`${error.message}\n`);
});
