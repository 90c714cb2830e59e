import { DIFFERS, NOT_CLAIMED } from '../settings';
import type { Drawer } from './drawn';
import { code, escaped } from './markdown';
import {
  type Background,
  type Examples,
  endOf,
  type Run,
  type Scenario,
  type Step,
  type Told,
  type Went,
} from './model';

/*
 * Scenarios as they are read. The page's code reads them back from what is written here, so the text of each sentence, of
 * code and of cells stands in an element of its own, and nothing else does.
 */

/** Where a cell stands, and what is known of it. */
export interface Place {
  /** Its address. */
  readonly id: string;
  readonly run: Run;
  readonly drawer: Drawer;
  /** The tags that it has from above. */
  readonly tags: readonly string[];
  /** Whether it is an exercise: then nothing is told. */
  readonly isExercise?: boolean;
  readonly hint?: string;
}

/**
 * What each scenario begins with.
 *
 * @param background - as it stands in the file
 * @param first - how a scenario went below it
 * @param place - where it stands
 */
export async function backgroundCell(background: Background, first: Went | undefined, place: Place): Promise<string> {
  const steps = await stepsOf(background.steps, first, place, background.steps.length > 0);
  return `<section class="cell background" id="${place.id}">
<h3>Each scenario begins with this</h3>
${steps}
</section>`;
}

/**
 * A scenario, or an outline with its rows.
 *
 * @param scenario - as it stands in the file
 * @param place - where it stands
 */
export async function scenarioCell(scenario: Scenario, place: Place): Promise<string> {
  const { name, steps, examples, id } = scenario;
  const rows = examples.flatMap(({ tableBody }) => tableBody.map((row) => row.id));
  const shown = place.run.went.get(rows[0] ?? id);
  const tags = [...place.tags, ...scenario.tags.map((tag) => tag.name)];
  const kind = place.isExercise ? 'exercise' : rows.length > 0 ? 'outline' : 'scenario';
  const end = rows.length > 0 ? worst(rows.map((row) => endOf(place.run.went.get(row)))) : endOf(shown);
  return `<section class="cell ${kind}" id="${place.id}" data-tags="${escaped(tags.join(' '))}" data-end="${end}">
<h3><a href="#${place.id}">${title(name)}</a></h3>
${await stepsOf(steps, shown, place, rows.length === 0 && !place.isExercise)}
${examples.map((each) => examplesTable(each, place)).join('\n')}
${place.hint === undefined ? '' : `<details class="hint"><summary>A hint</summary><p>${escaped(place.hint)}</p></details>`}
</section>`;
}

function worst(ends: readonly string[]): string {
  return ['fails', 'not asked', 'not run'].find((end) => ends.includes(end)) ?? 'holds';
}

/** A title; what a row fills in is set off. */
export function title(text: string): string {
  return escaped(text).replace(/&lt;[\w ]+&gt;/g, '<var>$&</var>');
}

async function stepsOf(steps: readonly Step[], went: Went | undefined, place: Place, isTold: boolean): Promise<string> {
  const last = steps.map(({ id }) => (went?.steps.get(id)?.seen.length ?? 0) > 0).lastIndexOf(true);
  let type = 'Context';
  const html: string[] = [];
  for (const [i, step] of steps.entries()) {
    const { keywordType = 'Unknown' } = step;
    if (keywordType !== 'Conjunction') type = keywordType;
    html.push(await stepHtml(step, went?.steps.get(step.id), place, isTold && type === 'Outcome', i === last));
  }
  return `<div class="steps">\n${html.join('\n')}\n</div>`;
}

async function stepHtml(
  { keyword, text, docString, dataTable }: Step,
  told: Told | undefined,
  { drawer, isExercise }: Place,
  isCheck: boolean,
  isOpen: boolean,
): Promise<string> {
  const mark = isCheck && told?.status === 'PASSED' ? '<span class="came holds">holds</span>' : '';
  const sentence = `<p class="sentence"><span class="keyword">${escaped(keyword.trim())}</span> <span class="text">${title(text)}</span> ${mark}</p>`;
  const below =
    docString !== undefined
      ? `<pre class="code" tabindex="0">${code(docString.content)}</pre>`
      : dataTable !== undefined
        ? tableHtml(dataTable.rows.map(({ cells }) => cells.map(({ value }) => value)))
        : '';
  const seen = isExercise ? [] : (told?.seen ?? []);
  const pictures: string[] = [];
  for (const [i, each] of seen.entries()) {
    pictures.push(await drawer.html(each, isOpen && i === seen.length - 1 && each.before !== each.picture));
  }
  return `<div class="step">\n${[sentence, below, whyHtml(told), ...pictures].filter((part) => part !== '').join('\n')}\n</div>`;
}

/** Why a step does not hold, or was not asked, where the reader is. */
function whyHtml(told: Told | undefined): string {
  if (told === undefined || told.status === 'PASSED') return '';
  const log = told.logs.find((text) => text.startsWith(NOT_CLAIMED) || text.startsWith(DIFFERS));
  const why = told.message !== '' ? told.message : (log ?? '');
  return why === '' ? '' : `<pre class="why" tabindex="0">${escaped(why)}</pre>`;
}

function tableHtml(rows: readonly (readonly string[])[]): string {
  const [header = [], ...rest] = rows;
  const cells = (row: readonly string[], tag: string) => row.map((cell) => `<${tag}>${title(cell)}</${tag}>`).join('');
  const body = rest.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n');
  return `<div class="scroll" tabindex="0"><table class="below"><thead><tr>${cells(header, 'th')}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

/** The rows of an outline, and how each of them went. */
function examplesTable({ name, tableHeader, tableBody }: Examples, { run, isExercise }: Place): string {
  const header = tableHeader?.cells.map(({ value }) => `<th>${escaped(value)}</th>`).join('') ?? '';
  const rows = tableBody.map(({ id, cells }) => {
    const went = run.went.get(id);
    const end = endOf(went);
    const why = [...(went?.steps.values() ?? [])].find(({ status }) => status === 'FAILED')?.message ?? '';
    const told = isExercise ? '' : `<span class="came${end === 'holds' ? ' holds' : ''}">${end}</span>`;
    const reason = why === '' ? '' : `<pre class="why">${escaped(why)}</pre>`;
    return `<tr>${cells.map(({ value }) => `<td>${escaped(value)}</td>`).join('')}<td class="end">${told}${reason}</td></tr>`;
  });
  const heading = name === '' ? '' : `<caption>${escaped(name)}</caption>`;
  return `<div class="scroll" tabindex="0"><table class="examples">${heading}<thead><tr>${header}<th class="end"><span class="hidden">how it ends</span></th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}
