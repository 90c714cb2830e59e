import { stepNumber } from './stepping';

/*
 * Fields in the place of what can be changed.
 */

/**
 * Puts a field in the place of a text.
 *
 * @param place - where the text stands
 * @param text - as it was when the page was made
 * @param isExercise - whether only a blank at its end is the reader's
 * @param typed - is told of each change
 */
export function openField(place: HTMLElement, text: string, isExercise: boolean, typed: () => void): void {
  const isCode = place.tagName === 'PRE';
  const field = document.createElement(isCode ? 'textarea' : 'input');
  field.className = isCode ? 'field code' : 'field';
  field.spellcheck = false;
  field.autocapitalize = 'off';
  field.setAttribute('autocomplete', 'off');
  field.value = text;
  field.setAttribute('aria-label', isCode ? 'code' : place.matches('.text') ? 'sentence' : 'cell of a table');
  if (isExercise) {
    openBlank(place, field as HTMLInputElement, text, typed);
    return;
  }
  place.replaceChildren(field);
  const fit = () => {
    if (field instanceof HTMLTextAreaElement) field.rows = field.value.split('\n').length;
    field.classList.toggle('changed', field.value !== text);
  };
  fit();
  field.addEventListener('input', () => {
    fit();
    typed();
  });
  field.addEventListener('keydown', (event) => stepNumber(event as KeyboardEvent, field));
}

function openBlank(place: HTMLElement, field: HTMLInputElement, text: string, typed: () => void): void {
  const whole = document.createElement('input');
  whole.type = 'hidden';
  whole.className = 'field';
  const label = text.replace(/\?$/, '');
  field.className = 'blank';
  field.value = '';
  field.size = 10;
  field.setAttribute('aria-label', `${label}what?`);
  const fill = () => {
    whole.value = `${label}${field.value.trim() || '?'}`;
  };
  fill();
  field.addEventListener('input', () => {
    fill();
    typed();
  });
  place.replaceChildren(whole, label, field);
}

/**
 * Puts a text into a field.
 *
 * @param place - where the field stands
 * @param text - what is to stand in it
 * @param original - what stood there when the page was made
 */
export function fillField(place: HTMLElement, text: string, original: string): void {
  const field = place.querySelector<HTMLInputElement>('.field');
  if (field === null) return;
  field.value = text;
  const blank = place.querySelector<HTMLInputElement>('.blank');
  if (blank) blank.value = text === original ? '' : text.slice(original.length - 1);
  else field.dispatchEvent(new Event('input'));
}
