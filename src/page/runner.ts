import { LawBroken, list, NotClaimed, NotSo } from '../errors';
import type { Picture } from '../pictures/picture';
import type { Engine } from '../protocol/program';
import type { Parameters } from '../settings';
import { DataTable, sentences, told } from './cucumber';
import type { Came, Result, Seen, StepResult, StepText, Wanted } from './exchange';
import '../../steps/words';
import '../../steps/code';
import '../../steps/checks';
import '../../steps/networks';
import '../../steps/laws';
import { type NotebookWorld, runOn } from '../../steps/world';

/*
 * Runs scenarios with the project's own steps, notebook and checks. Unlike the spec it goes on after a check that does not
 * hold: the reader wants to see what came in all of them.
 */

/** What a scenario has here. */
type Stage = NotebookWorld & { readonly attached: string[] };

/** The sentence of `steps/checks.ts` behind which a number stands. */
const CHECK = /^([A-Za-z_]\w*(?:\.data|\.grad)?) is (?:about |greater than |less than )?\S+$/;

/**
 * Runs a scenario.
 *
 * @param wanted - the scenario
 * @param engine - what it runs on
 * @param tell - is told how far long work has come
 * @param see - is shown what a long step has come to
 */
export async function runWanted(
  wanted: Wanted,
  engine: Engine,
  tell: (line: string) => void,
  see: (seen: Seen) => void,
): Promise<Result> {
  const steps: StepResult[] = [];
  runOn({
    openEngine: async () => engine,
    layOut: async () => '',
    bytes: () => {
      throw new Error('pictures travel as data');
    },
    tell,
    ...(wanted.isQuiet ? {} : { watch: (pictures) => see({ step: steps.length, pictures }) }),
    versions: 'this page',
  });
  const parameters: Parameters = { pictures: 'data' };
  const world = new told.World({ parameters }) as Stage;
  if (wanted.isQuiet) world.picture = async () => {};
  await world.open([], wanted.tags);
  for (const step of wanted.steps) {
    const isLeft = steps.some(({ end }) => end === 'cannot');
    steps.push(isLeft ? { end: 'left' } : await carryOut(world, step));
  }
  const isWhole = steps.every(({ end }) => end === 'done' || end === 'holds');
  const why = isWhole ? whyNot(world) : undefined;
  // after a step that cannot be carried out, a number would be that of the steps before
  const isRun = steps.every(({ end }) => end !== 'cannot' && end !== 'left');
  const value = wanted.quantity === undefined || !isRun ? undefined : await numberOf(world, wanted.quantity);
  return { steps, ...(why === undefined ? {} : { why }), ...(value === undefined ? {} : { value }) };
}

function whyNot(world: NotebookWorld): string | undefined {
  try {
    world.end();
    return undefined;
  } catch (error) {
    return said(error);
  }
}

async function carryOut(world: Stage, step: StepText): Promise<StepResult> {
  world.attached.length = 0;
  world.begin();
  const pictures = () => {
    const seen = world.attached.map((text) => JSON.parse(text) as Picture);
    return seen.length === 0 ? {} : { pictures: seen };
  };
  let isCheck = false;
  try {
    const { run, values, keyword } = find(step.text);
    isCheck = keyword === 'Then';
    const { below } = step;
    const more = below === undefined ? [] : [typeof below === 'string' ? below : new DataTable(below)];
    await run.apply(world, [...values, ...more]);
    return isCheck ? { end: 'holds', ...(await came(world, step)), ...pictures() } : { end: 'done', ...pictures() };
  } catch (error) {
    // what a check finds leaves everything as it was; after anything else, nobody knows what the rest would mean
    const isFound = isCheck && [NotSo, NotClaimed, LawBroken].some((kind) => error instanceof kind);
    return { end: isFound ? 'differs' : 'cannot', why: said(error), ...(await came(world, step)), ...pictures() };
  }
}

/** The numbers that came for a check. */
async function came(world: NotebookWorld, { text, below }: StepText): Promise<{ came?: Came[] }> {
  const single = CHECK.exec(text)?.[1];
  const wanted = single === undefined ? fieldsOf(text, below) : [single];
  const found: Came[] = [];
  for (const each of wanted) {
    const value = await numberOf(world, each);
    if (value !== undefined) found.push({ text: each, value: String(value) });
  }
  return found.length === 0 ? {} : { came: found };
}

/** What a table of nodes asks for, row by row. */
function fieldsOf(text: string, below: StepText['below']): string[] {
  if (!/^the nodes hold/.test(text) || below === undefined || typeof below === 'string') return [];
  const [header = [], ...rows] = below;
  const node = header.indexOf('node');
  return rows.flatMap((cells) =>
    header.flatMap((title) => {
      if (title === 'node') return [];
      return `${cells[node]}.${title === 'gradient' ? 'grad' : 'data'}`;
    }),
  );
}

async function numberOf(world: NotebookWorld, text: string): Promise<number | undefined> {
  try {
    return (await world.notebook.quantity(text)).number?.value;
  } catch {
    return undefined; // whatever it is, the check itself has said so
  }
}

function find(text: string) {
  for (const { expression, run, keyword } of sentences) {
    const found = expression.match(text);
    if (found !== null) return { run, keyword, values: found.map((each) => each.getValue(null)) };
  }
  throw new Error(`no sentence of the notes reads so; such a sentence begins with ${list(nearest(text), 'nothing')}`);
}

/** The sentences that begin with the same word. */
function nearest(text: string): string[] {
  const [word = ''] = text.split(' ');
  const same = sentences.filter(({ pattern }) => pattern.startsWith(word) && word !== '');
  // what begins with a name is most likely meant as a check
  const checks = sentences.filter(({ pattern }) => pattern.startsWith('{'));
  return (same.length > 0 ? same : checks).slice(0, 3).map(({ pattern }) => `“${pattern}”`);
}

function said(error: unknown): string {
  if (error instanceof LawBroken) return error.inShort; // how it is found again is for a command line
  return error instanceof Error ? error.message : String(error);
}
