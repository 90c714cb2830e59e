import {
  CucumberExpression,
  type Expression,
  ParameterType,
  ParameterTypeRegistry,
  RegularExpression,
} from '@cucumber/cucumber-expressions';

/*
 * As much of Cucumber as the steps ask for, so that scenarios can be run by whoever has a few milliseconds for them: in
 * this process, on an engine that is at hand, with nothing written anywhere. The verdict that counts is Cucumber's own.
 */

/** What runs when a sentence is met. */
export type Run = (this: World, ...given: unknown[]) => unknown;

/** A sentence, as the steps define it. */
export interface Sentence {
  readonly keyword: 'Given' | 'When' | 'Then';
  readonly pattern: string;
  readonly expression: Expression;
  readonly run: Run;
}

const types = new ParameterTypeRegistry();

/** All sentences, in the order of their definition. */
export const sentences: Sentence[] = [];

/** What the steps have told this Cucumber. */
export const told: { World: new (options: object) => World; wrap: (run: Run) => Run } = {
  World: undefined as never,
  wrap: (run) => run,
};

function define(keyword: Sentence['keyword']) {
  return (pattern: string | RegExp, run: Run): void => {
    const expression =
      typeof pattern === 'string' ? new CucumberExpression(pattern, types) : new RegularExpression(pattern, types);
    sentences.push({ keyword, pattern: String(pattern), expression, run });
  };
}

export const Given = define('Given');
export const When = define('When');
export const Then = define('Then');

/** @param options - as Cucumber's */
export function defineParameterType(options: {
  name: string;
  regexp: string | RegExp;
  transformer: (...texts: string[]) => unknown;
}): void {
  types.defineParameterType(new ParameterType(options.name, options.regexp, null, options.transformer, false, false));
}

/** @param wrap - as Cucumber's */
export function setDefinitionFunctionWrapper(wrap: (run: Run) => Run): void {
  told.wrap = wrap;
}

/** @param World - the class of what a scenario has */
export function setWorldConstructor(World: new (options: object) => World): void {
  told.World = World;
}

export function setDefaultTimeout(): void {}

/** What a scenario has. */
export class World {
  readonly logs: string[] = [];
  readonly attached: string[] = [];
  readonly parameters: object;

  constructor(options: { parameters: object }) {
    this.parameters = options.parameters;
  }

  log(text: string): void {
    this.logs.push(text);
  }

  attach(content: unknown): void {
    this.attached.push(String(content));
  }
}

/** The table below a sentence. */
export class DataTable {
  constructor(private readonly cells: readonly (readonly string[])[]) {}

  raw(): readonly (readonly string[])[] {
    return this.cells;
  }

  hashes(): Record<string, string>[] {
    const [header = [], ...rows] = this.cells;
    return rows.map((row) => Object.fromEntries(header.map((title, i) => [title, row[i] ?? ''])));
  }
}
