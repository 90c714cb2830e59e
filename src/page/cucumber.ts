import {
  CucumberExpression,
  type Expression,
  ParameterType,
  ParameterTypeRegistry,
  RegularExpression,
} from '@cucumber/cucumber-expressions';

/*
 * As much of Cucumber as the steps ask for, so that scenarios run where Cucumber does not: in a browser, and in tests that
 * have a few milliseconds for each. The verdict that counts is Cucumber's own.
 */

// biome-ignore lint/suspicious/noExplicitAny: Cucumber's own type; each sentence knows what it takes
type Anything = any;

/** What runs when a sentence is met. */
export type Run = (this: Anything, ...given: Anything[]) => unknown;

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
export const told: { World: new (options: object) => Anything; wrap: (run: Run) => Run } = {
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

/**
 * Defines what may stand in a sentence.
 *
 * @param options - as Cucumber's
 */
export function defineParameterType(options: {
  name: string;
  regexp: string | RegExp;
  transformer: (...texts: string[]) => unknown;
}): void {
  types.defineParameterType(new ParameterType(options.name, options.regexp, null, options.transformer, false, false));
}

/**
 * Says what goes around each sentence.
 *
 * @param wrap - as Cucumber's
 */
export function setDefinitionFunctionWrapper(wrap: (run: Run) => Run): void {
  told.wrap = wrap;
}

/**
 * Says what a scenario has.
 *
 * @param World - a class
 */
export function setWorldConstructor(World: new (options: object) => World): void {
  told.World = World;
}

/** Does nothing: whoever runs a scenario here can end it. */
export function setDefaultTimeout(): void {}

/** What a scenario has. */
export class World {
  readonly logs: string[] = [];
  readonly attached: string[] = [];
  readonly parameters: object;

  /** @param options - as Cucumber's */
  constructor(options: { parameters: object }) {
    this.parameters = options.parameters;
  }

  /** @param text - for the report */
  log(text: string): void {
    this.logs.push(text);
  }

  /** @param content - for the report */
  attach(content: unknown): void {
    this.attached.push(String(content));
  }
}

/** The table below a sentence. */
export class DataTable {
  /** @param cells - the rows, the header first */
  constructor(private readonly cells: readonly (readonly string[])[]) {}

  /** The rows, the header first. */
  raw(): readonly (readonly string[])[] {
    return this.cells;
  }

  /** A row as an object, for each below the header. */
  hashes(): Record<string, string>[] {
    const [header = [], ...rows] = this.cells;
    return rows.map((row) => Object.fromEntries(header.map((title, i) => [title, row[i] ?? ''])));
  }
}
