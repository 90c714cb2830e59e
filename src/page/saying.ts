import { holds, type Result, type StepResult } from './exchange';

/*
 * What came, in a reader's words, beside what is written.
 */

/** Why something does not hold, or cannot be carried out. */
export function whyOf(text: string): HTMLElement {
  const why = document.createElement('pre');
  why.className = 'why';
  why.textContent = text;
  return why;
}

function markOf(element: Element): HTMLElement {
  const found = element.querySelector<HTMLElement>('.came');
  if (found !== null) return found;
  const mark = document.createElement('span');
  mark.className = 'came';
  element.append(mark);
  return mark;
}

/** What a number looks like that came: with as many digits as anybody reads. */
export function shownNumber(text: string): string {
  const number = Number(text);
  return Number.isFinite(number) ? String(Number(number.toPrecision(12))).replace('-', '−') : text;
}

/**
 * Says how a step ended, behind its sentence.
 *
 * @param element - the step
 * @param result - how it ended; undefined if it was not reached
 * @param isTold - whether it is said of a check that it holds: the rows of an outline say so themselves
 */
export function sayStep(element: Element, result: StepResult | undefined, isTold: boolean): void {
  element.querySelector(':scope > .why')?.remove();
  const { end = 'left', came = [], why } = result ?? {};
  const mark = markOf(element.querySelector('.sentence') as Element);
  mark.classList.toggle('holds', end === 'holds');
  const single = came.length === 1 ? `came ${shownNumber(came[0]?.value ?? '')}` : '';
  const words = {
    holds: 'holds',
    done: '',
    left: '',
    differs: single === '' ? 'does not hold' : `does not hold: ${single}`,
    cannot: 'cannot be carried out',
  };
  mark.textContent = end === 'holds' && !isTold && single !== '' ? `${single}: holds` : words[end];
  mark.title = came.map(({ text, value }) => `${text} is ${value}`).join('\n');
  if (why !== undefined && (end === 'cannot' || (end === 'differs' && single === ''))) element.append(whyOf(why));
}

/**
 * Says how a row of an outline ended, at its end.
 *
 * @param element - the row
 * @param result - how it ended
 */
export function sayRow(element: Element, result: Result): void {
  const cell = element.querySelector('.end') as Element;
  cell.querySelector('.why')?.remove();
  const mark = markOf(cell);
  mark.classList.toggle('holds', holds(result));
  const off = result.steps.find(({ end }) => end === 'differs' || end === 'cannot');
  const came = off?.came?.[0];
  const said = came ? `: ${came.text} came ${shownNumber(came.value)}` : '';
  mark.textContent = holds(result) ? 'holds' : `does not hold${said}`;
  mark.title = off?.why ?? '';
}

/**
 * Of an exercise it is said whether it is right, and never what came.
 *
 * @param element - the step
 * @param result - how it ended
 */
export function sayExercise(element: Element, result: StepResult | undefined): void {
  const blank = element.querySelector<HTMLInputElement>('.blank');
  if (blank === null) return;
  const mark = markOf(element.querySelector('.sentence') as Element);
  const isRight = result?.end === 'holds';
  mark.classList.toggle('holds', isRight);
  const isOpen = blank.value.trim() === '';
  const isNumber = !isOpen && result?.end !== 'cannot';
  if (isRight) mark.textContent = 'right';
  else if (isNumber) mark.textContent = 'not yet';
  else mark.textContent = isOpen ? 'still open' : 'this is no number, such as -3 or 0.5';
  const hint = element.closest('.cell')?.querySelector<HTMLDetailsElement>('details.hint');
  if (hint && isNumber && !isRight) hint.open = true;
}
