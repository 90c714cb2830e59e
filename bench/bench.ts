import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SpecError } from '../src/errors';
import { ROOT } from '../src/node/place';
import { measureEngines, ratiosOfEngines } from './engine/measure';
import { inShort } from './engine/short';
import { measureLaws, ratiosOfLaws } from './laws/measure';
import { thisMachine } from './measuring/machine';
import { type Options, optionsOf, type Part, USAGE } from './options';
import { requirePeers } from './peers';
import { better, compare, FACTOR, type Kept, keep, type Ratio } from './ratios';
import type { Measured } from './report/measured';
import { page } from './report/page';
import { plot } from './report/plot';
import { measureSpec, ratiosOfSpec } from './spec/measure';
import { measureTraining, ratiosOfTraining } from './training/measure';

/*
 * How fast is the engine, and what does it cost to run the spec and its laws, beside what they can be compared with?
 * `npm run bench`, and `npm run bench -- --help`
 */

const FAILED = 1;
const UNUSABLE = 2;
process.exitCode = UNUSABLE; // until all is over

const LAST = join(__dirname, 'last.json');
const PAGE = join(ROOT, 'docs', 'performance.md');
const PICTURE = 'performance.svg';

async function main(): Promise<number> {
  const options = optionsOf(process.argv.slice(2), process.env);
  if (options === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (!options.isAlone) requirePeers();
  const before = options.isCheck ? readLast(options.parts) : {};
  const measured = await measure(options, options.parts);
  if (options.isCheck) return check(options, measured, before);
  say(page(measured));
  if (measured.engine !== undefined) say(`${inShort(measured.engine)}\n`);
  if (!options.isWhole) return 0;
  writeFileSync(PAGE, page(measured, PICTURE));
  writeFileSync(join(ROOT, 'docs', PICTURE), plot(measured));
  writeFileSync(LAST, `${JSON.stringify({ ...measured.machine, ratios: keep(ratiosOf(measured)) }, null, 2)}\n`);
  say(`written: docs/performance.md, docs/${PICTURE} and bench/last.json\n`);
  return 0;
}

async function measure(options: Options, parts: readonly Part[]): Promise<Measured> {
  const tell = (what: string) => void process.stderr.write(`${what}\n`);
  const { rounds } = options;
  return {
    machine: thisMachine(),
    rounds,
    ...(parts.includes('engine') && { engine: await measureEngines({ ...options, tell }) }),
    ...(parts.includes('training') && { training: await measureTraining({ ...options, tell }) }),
    ...(parts.includes('spec') && { spec: await measureSpec({ ...options, tell }) }),
    ...(parts.includes('laws') && { laws: await measureLaws({ ...options, tell }) }),
  };
}

function ratiosOf({ engine, training, spec, laws }: Measured): Ratio[] {
  return [
    ...(engine === undefined ? [] : ratiosOfEngines(engine)),
    ...(training === undefined ? [] : ratiosOfTraining(training)),
    ...(spec === undefined ? [] : ratiosOfSpec(spec)),
    ...(laws === undefined ? [] : ratiosOfLaws(laws)),
  ];
}

/** What was measured last. */
function readLast(parts: readonly Part[]): Record<string, Kept> {
  if (!existsSync(LAST)) throw new SpecError('there is no bench/last.json to compare with: npm run bench writes it');
  const { ratios } = JSON.parse(readFileSync(LAST, 'utf8')) as { ratios: Record<string, Kept> };
  return Object.fromEntries(Object.entries(ratios).filter(([, { part }]) => parts.includes(part)));
}

/** So often is measured again what fails, as somebody else may have used the machine. */
const AGAIN = 2;

/** Compares with what was measured last. */
async function check(options: Options, measured: Measured, before: Record<string, Kept>): Promise<number> {
  const without = wanting(options, measured);
  let ratios = ratiosOf(measured);
  let compared = compare(ratios, before, without);
  for (let i = 0; i < AGAIN && compared.failed.length > 0; i++) {
    say(`This looks worse, and is measured once more:\n${bulleted(compared.failures)}`);
    const parts = options.parts.filter((part) => compared.failed.some((name) => before[name]?.part === part));
    ratios = better(ratios, ratiosOf(await measure(options, parts)));
    compared = compare(ratios, before, without);
  }
  const { failures, failed, left, count } = compared;
  for (const [why, names] of left) say(`Not compared, ${why}:\n${bulleted(names)}`);
  if (failures.length > 0) say(`Worse than in bench/last.json:\n${bulleted(failures)}`);
  if (count === 0) say('Nothing was compared.');
  else
    say(`Of ${count} ratios, ${failed.length || 'none'} are more than ${FACTOR} times worse than in bench/last.json.`);
  return failures.length === 0 && count > 0 ? 0 : FAILED;
}

/** What there was not to measure with. */
function wanting({ isAlone }: Options, { engine, training, spec }: Measured): Set<Ratio['needs']> {
  const without = new Set<Ratio['needs']>();
  if (isAlone) without.add('packages');
  if (isAlone || engine?.absent.has('pytorch')) without.add('pytorch');
  if (spec?.has('guest in Python') === false || training?.has('Python') === false) without.add('python');
  if (training?.has('C++') === false) without.add('c++');
  return without;
}

function bulleted(lines: readonly string[]): string {
  return `${lines.map((each) => `- ${each}`).join('\n')}\n`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main()
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error) => {
    if (!(error instanceof SpecError)) throw error;
    process.stderr.write(`${error.message}\n`);
  });
