import { backgroundsOf, needsLaws, placesOf, type Row, rowsOfOutline, textOf, wantedOf } from './cell';
import { Client } from './client';
import { holds, type Result, type Seen, type StepResult, type Wanted } from './exchange';
import { fillField, openField } from './fields';
import { addressOf, asked, type Edits, keep, kept } from './memory';
import { sayExercise, sayRow, sayStep, whyOf } from './saying';
import { showPictures, showSeen } from './shown';
import { addSweep } from './sweep';

/*
 * A cell that can be changed: it runs again, whole, while the reader types.
 */

/** What all cells of a page share. */
export interface Shared {
  /** The fault that the engine has, if the reader has given it one. */
  fault?: string;
}

/** A scenario of the page. */
export class Live {
  private readonly client = new Client();
  private readonly places: HTMLElement[];
  private readonly originals: string[];
  private readonly tools: HTMLElement;
  private chosen = 0;
  private sweep?: { redraw(): void };
  /** How the rows ended the last time. */
  results: Result[] = [];

  /**
   * @param cell - its element
   * @param shared - what all cells share
   * @param changed - is told that a background was changed, by the cells that begin with it
   */
  constructor(
    readonly cell: HTMLElement,
    private readonly shared: Shared,
    private readonly changed: (cell: HTMLElement) => void,
  ) {
    this.places = placesOf(cell);
    this.originals = this.places.map(textOf);
    this.tools = document.createElement('div');
    this.tools.className = 'tools';
    cell.append(this.tools);
    this.button('Change it', () => this.edit(0));
    for (const [i, place] of this.places.entries()) {
      place.addEventListener('click', () => {
        if (!this.isEditing && getSelection()?.isCollapsed !== false) this.edit(i);
      });
    }
    if (this.isExercise) this.edit();
    const edits = kept(cell.id, this.originals.join('\n'));
    if (Object.keys(edits).length > 0) this.apply(edits);
    const wanted = asked();
    if (wanted?.id === cell.id) {
      this.apply(wanted.edits);
      cell.scrollIntoView();
    }
  }

  private get isEditing(): boolean {
    return this.cell.classList.contains('editing');
  }

  private get isBackground(): boolean {
    return this.cell.classList.contains('background');
  }

  private get isExercise(): boolean {
    return this.cell.classList.contains('exercise');
  }

  private button(words: string, act: () => void): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words;
    button.addEventListener('click', act);
    this.tools.append(button);
    return button;
  }

  /** Turns what can be changed into fields. */
  private edit(focus?: number): void {
    if (!this.isEditing) {
      this.cell.classList.add('editing');
      for (const [i, place] of this.places.entries()) {
        if (this.isOpen(i)) openField(place, this.originals[i] ?? '', this.isExercise, () => this.typed());
      }
      this.tools.replaceChildren();
      this.button(this.isExercise ? 'Empty it' : 'Reset', () => this.apply({}));
      if (!this.isBackground && !this.isExercise) this.button('Copy a link', () => void this.copyLink());
      if (rowsOfOutline(this.cell).length > 0) this.sweep = addSweep(this.cell, this.shared);
      if (!this.isBackground) void this.run();
    }
    if (focus !== undefined) this.places[focus]?.querySelector<HTMLElement>('.field')?.focus();
  }

  /** In an exercise only the blanks are the reader's. */
  private isOpen(i: number): boolean {
    return !this.isExercise || / \?$/.test(this.originals[i] ?? '');
  }

  private typed(): void {
    keep(this.cell.id, this.edits(), this.originals.join('\n'));
    this.sweep?.redraw();
    if (this.isBackground) this.changed(this.cell);
    else void this.run();
  }

  private edits(): Edits {
    const texts = this.places.map(textOf);
    return Object.fromEntries(
      texts.flatMap((text, i) => (text === this.originals[i] ? [] : [[String(i), text] as const])),
    );
  }

  /** Puts changes into the fields; what is not changed is as it was. */
  private apply(edits: Edits): void {
    this.edit();
    for (const [i, place] of this.places.entries()) {
      const original = this.originals[i] ?? '';
      fillField(place, edits[i] ?? original, original);
    }
    this.typed();
  }

  private async copyLink(): Promise<void> {
    const address = addressOf(this.cell.id, this.edits());
    history.replaceState(null, '', address);
    await navigator.clipboard?.writeText(address).catch(() => {});
  }

  /** Runs the cell, all of its rows, and says what came. */
  async run(): Promise<void> {
    if (this.isBackground) return;
    const rows = rowsOfOutline(this.cell);
    const slow = setTimeout(() => this.tell('running …'), SLOW);
    const wanted = rows.length === 0 ? [wantedOf(this.cell)] : rows.map(({ values }) => wantedOf(this.cell, values));
    const isWhole = await this.client.run({
      wanted: wanted.map((each, i) => (i === this.chosen ? each : { ...each, isQuiet: true })),
      hasLaws: wanted.some(needsLaws),
      fault: this.shared.fault,
      take: (at, result) => this.take(at, result, rows, wanted[at]),
      tell: (line) => this.tell(line),
      see: (at, seen) => this.see(seen, wanted[at]),
    });
    clearTimeout(slow);
    if (isWhole) this.ended();
  }

  /** Says above what came of a background that is being changed; the first scenario below does it for all of them. */
  private showAbove(results: readonly StepResult[]): void {
    let at = 0;
    for (const background of backgroundsOf(this.cell)) {
      const steps = [...background.querySelectorAll('.step')];
      const own = results.slice(at, at + steps.length);
      at += steps.length;
      const isFirst = background.parentElement?.querySelector('.cell:not(.background)') === this.cell;
      if (!isFirst || !background.classList.contains('editing')) continue;
      for (const [i, step] of steps.entries()) sayStep(step, own[i], true);
      void showPictures(
        steps,
        own.map(({ pictures = [] }) => pictures),
      );
    }
  }

  /** Long work says how far it has come, and can be stopped. */
  private tell(line: string): void {
    let long = this.tools.querySelector('.long');
    this.cell.classList.add('running');
    if (long === null) {
      long = document.createElement('span');
      long.className = 'long';
      const said = document.createElement('output');
      const stop = document.createElement('button');
      stop.type = 'button';
      stop.textContent = 'Stop';
      stop.addEventListener('click', () => {
        this.client.stop();
        this.ended();
        this.forget();
      });
      long.append(stop, ' ', said);
      this.tools.append(long);
    }
    (long.querySelector('output') as HTMLElement).textContent = line;
  }

  /** Takes away what came: it would be taken for what comes of what stands there now. */
  private forget(): void {
    this.results = [];
    this.cell.classList.remove('differs');
    for (const each of this.cell.querySelectorAll('.came, .why, .picture')) each.remove();
  }

  private ended(): void {
    this.cell.classList.remove('running');
    this.tools.querySelector('.long')?.remove();
  }

  /** Shows what a step has come to that still runs. */
  private see({ step, pictures }: Seen, wanted?: Wanted): void {
    const elements = [...this.cell.querySelectorAll('.step')];
    const element = elements[step - ((wanted?.steps.length ?? 0) - elements.length)];
    if (element !== undefined) void showSeen(element, pictures);
  }

  private take(at: number, result: Result, rows: readonly Row[], wanted?: Wanted): void {
    this.results[at] = result;
    const row = rows[at];
    if (row !== undefined) sayRow(row.element, result);
    const all = this.results.slice(0, Math.max(1, rows.length));
    this.cell.classList.toggle('differs', !this.isExercise && all.some((each) => !holds(each)));
    if (at !== this.chosen || wanted === undefined) return;
    const elements = [...this.cell.querySelectorAll('.step')];
    const above = wanted.steps.length - elements.length;
    const own = result.steps.slice(above);
    this.showAbove(result.steps.slice(0, above));
    const early = result.steps.slice(0, above).find(({ end }) => end === 'cannot');
    for (const [i, element] of elements.entries()) {
      if (this.isExercise) sayExercise(element, own[i]);
      else sayStep(element, own[i], rows.length === 0);
    }
    this.cell.querySelector(':scope > .why')?.remove();
    const why = result.why ?? early?.why;
    if (why !== undefined && !this.isExercise) this.cell.insertBefore(whyOf(why), this.tools);
    if (!this.isExercise)
      void showPictures(
        elements,
        own.map(({ pictures = [] }) => pictures),
      );
  }
}

/** What takes longer than this can be stopped, in milliseconds. */
const SLOW = 400;

/**
 * Runs all scenarios of a page that a background stands above.
 *
 * @param lives - the cells of the page
 * @param background - the cell that was changed
 */
export function below(lives: readonly Live[], background: HTMLElement): Live[] {
  return lives.filter(({ cell }) => backgroundsOf(cell).includes(background));
}
