import { setDefaultTimeout, setWorldConstructor, World } from '@cucumber/cucumber';
import { EngineGivenUp, EngineRefusal, LawBroken, Mismatch, type NotClaimed, SpecError } from '../src/errors';
import { type Expected, expectedOf, isCrash, otherThan } from '../src/judge/expected';
import type { LawOptions } from '../src/judge/property';
import type { Choice } from '../src/judge/trying';
import { type Example, Notebook } from '../src/notebook/notebook';
import { drawPicture } from '../src/pictures/drawing';
import { type GraphPicture, graphPicture, MOST, PICTURE, type Picture } from '../src/pictures/picture';
import type { Asked, Engine } from '../src/protocol/program';
import {
  AGAIN,
  ANNOUNCED,
  CRASHED,
  checkParameters,
  DIFFERS,
  describeRun,
  type EngineChoice,
  FINDING,
  isRequired,
  isTold,
  KNOWN_FAILURE,
  NOT_CLAIMED,
  OTHERWISE,
  type Parameters,
  quoted,
  RUN,
  SEED,
  TOLD,
  typed,
} from '../src/settings';

/** What a world needs of the machine that it runs on. */
export interface Host {
  /** Reaches the engine under test; all scenarios of a run share it. */
  openEngine(choice: EngineChoice): Promise<Engine>;
  /** Lays a graph out: Graphviz's language in, SVG out. */
  layOut(source: string): Promise<string>;
  /** Makes bytes of a text. */
  bytes(text: string): Buffer;
  /** Says something while a long step runs. */
  tell(line: string): void;
  /** Is shown what a long step has come to, where somebody watches. */
  readonly watch?: (pictures: readonly Picture[]) => void;
  /** What the run is run by, for reports. */
  readonly versions: string;
  /** How the cases of a law are tried in several processes at once, where that is sooner done. */
  readonly spread?: (parameters: Parameters, asked: Choice & { readonly law: string }) => LawOptions['spread'];
}

let host: Host | undefined;

/**
 * Says on what machine the scenarios run. Must be called before the first one.
 *
 * @param machine - the machine
 */
export function runOn(machine: Host): void {
  host = machine;
}

/** Of the run, not of one scenario. */
let isIntroduced = false;

/** What a scenario has: a notebook, on the engine under test. */
export class NotebookWorld extends World<Parameters> {
  private expected?: Expected;
  /** Whether this scenario does not count yet. */
  private isAnnounced = false;
  private before = 0;
  private step = 0;
  private hasCompared = false;
  private tags: readonly string[] = [];
  private opened?: { readonly engine: Engine; readonly notebook: Notebook };
  /** What a network is to learn from. */
  examples: readonly Example[] = [];
  /** The notes' code for one of these. */
  exampleCode = '';
  /** What the scenario is called on the command line; nothing where there is none. */
  called = '';
  /** The network's output whose sign a check has looked at, and the label that it was held against. */
  parted?: { readonly name: string; readonly label: string };
  /** The last picture of the graph. */
  private drawn?: GraphPicture;
  private watched = 0;

  /**
   * Opens the engine under test, if this is the first scenario of the run, and an empty notebook.
   *
   * @param names - by what the scenario may be called, the narrowest first
   * @param tags - the scenario's tags
   * @param before - how many of its steps come from a Background
   */
  async open(names: readonly string[], tags: readonly string[], before = 0): Promise<void> {
    checkParameters(this.parameters);
    this.before = before;
    this.tags = tags;
    const { skips = {}, announced = [] } = this.parameters;
    this.expected = expectedOf(skips, names);
    this.isAnnounced = names.some((name) => announced.includes(name));
    const { engine: name, engineCommand, timeout, folder } = this.parameters;
    const engine = await this.host.openEngine({ engine: name, engineCommand, timeout, folder });
    this.opened = { engine, notebook: new Notebook(engine, tags.includes('@numbers')) };
  }

  /** Must be called before each step. Says in the report, below the first step of the run, what the run is. */
  begin(): void {
    this.step += 1;
    if (isIntroduced || this.opened === undefined) return;
    isIntroduced = true;
    const { skips, path } = this.parameters;
    if (skips || path) this.log(`${TOLD}${JSON.stringify({ skips: skips && Object.keys(skips), path })}`);
    this.log(`${RUN}${describeRun(this.engine.description, this.parameters, this.host.versions)}`);
  }

  /**
   * Must be called by each sentence that checks something.
   *
   * @param isMade - whether it has compared something that the scenario has made, rather than only written down
   */
  compared(isMade: boolean): void {
    if (isMade && this.step > this.before) this.hasCompared = true;
  }

  /**
   * Must be called when all steps have passed.
   *
   * @throws SpecError if none of them has checked anything: what a Background checks is the same for all scenarios
   */
  end(): void {
    if (!this.hasCompared) {
      throw new SpecError('this scenario checks nothing: no sentence of its own compares a number that it has made');
    }
  }

  private get host(): Host {
    if (host === undefined) throw new Error('nobody has said on what machine this runs');
    return host;
  }

  /** The engine under test. */
  get engine(): Engine {
    return this.begun.engine;
  }

  /** The notebook of this scenario. */
  get notebook(): Notebook {
    return this.begun.notebook;
  }

  private get begun() {
    if (this.opened === undefined) throw new Error('the scenario has not begun');
    return this.opened;
  }

  /**
   * Tells now and then how far long work has come, and how long it may still take.
   *
   * @param say - puts it into words: so much is done, of so much
   * @returns a function to be called often
   */
  progress<T extends unknown[]>(
    say: (done: number, of: number, ...now: T) => string,
  ): (done: number, of: number, ...now: T) => void {
    const began = Date.now();
    return (done, of, ...now) => {
      const left = Math.ceil(((Date.now() - began) / Math.max(1, done) / 1000) * (of - done));
      this.host.tell(`${say(done, of, ...now)}, about ${left} s left`);
    };
  }

  /**
   * How the cases of a law are tried in several processes at once.
   *
   * @param asked - the law, and which cases
   * @returns undefined where they are tried in this one
   */
  spread(asked: Choice & { readonly law: string }): LawOptions['spread'] {
    return this.host.spread?.(this.parameters, asked);
  }

  /**
   * Ends a scenario that has failed, unless it is known to fail, or about an edge.
   *
   * @param error - why
   * @returns Cucumber's word for a scenario that is left
   * @throws the error, if nobody knows of it
   */
  async fail(error: unknown): Promise<'skipped'> {
    if (this.opened === undefined) throw error; // there is no engine to be asked
    const other = this.expected && otherThan(this.expected, error);
    if (this.expected && other === undefined) this.log(`${KNOWN_FAILURE}${this.expected.reason}`);
    else if (isTold(this.tags, this.engine.description.depth, this.parameters)) this.log(`${DIFFERS}${said(error)}`);
    else if (this.isAnnounced) this.log(`${ANNOUNCED}${said(error)}`);
    else {
      const whole = this.withMore(error, other); // before the engine is asked anything more
      for (const text of await this.findings(error)) this.log(`${FINDING}${text}`);
      if (other !== undefined) this.log(`${OTHERWISE}${other}`);
      if (isCrash(error)) this.log(`${CRASHED}${said(error).split('\n')[0]}`);
      // what has made an engine be given up has happened before
      if (this.called !== '' && !(error instanceof EngineGivenUp)) this.log(`${AGAIN}${this.againAfter(error)}`);
      throw whole;
    }
    return 'skipped';
  }

  /**
   * The command that runs this scenario alone.
   *
   * @param random - which random expressions, and where in them to begin, if it is about a law
   */
  again({ seed, path }: Pick<Parameters, 'seed' | 'path'> = this.parameters): string {
    return `npx micrograd-spec${typed({ ...this.parameters, seed, path })} ${quoted(this.called)}`;
  }

  private againAfter(error: unknown): string {
    if (!(error instanceof LawBroken)) return this.again();
    const { seed = SEED, path } = this.parameters;
    return this.again({ seed, path: error.more.path ?? path });
  }

  /** The error, why it is not the one that was expected, what the engine has printed, and how all of it is seen again. */
  private withMore(error: unknown, other: string | undefined): unknown {
    if (!(error instanceof Error)) return error;
    const printed = this.opened?.engine.printed?.() ?? [];
    const more = [
      ...(other === undefined ? [] : [other]),
      ...(printed.length === 0 ? [] : ['the engine printed:', ...printed.map((line) => `    ${line}`)]),
      // a law has said it already, with the place of what it has found
      ...(this.called === '' || error instanceof LawBroken ? [] : [`${AGAIN}${this.again()}`]),
    ];
    return more.length === 0 ? error : new SpecError([error.message, ...more].join('\n'));
  }

  /** What is known to be wrong with the engine, and could be why this scenario has failed. */
  private async findings(error: unknown): Promise<readonly string[]> {
    if (error instanceof EngineGivenUp) return [error.message];
    const isOfEngine = error instanceof Mismatch || error instanceof EngineRefusal || error instanceof LawBroken;
    if (!isOfEngine) return [];
    // loaded when something has failed: most runs do without
    const { findingsOf } = require('../src/judge/findings') as typeof import('../src/judge/findings');
    const { told } = require('../src/judge/telling') as typeof import('../src/judge/telling');
    let findings: Awaited<ReturnType<typeof findingsOf>>;
    try {
      findings = await findingsOf(this.engine);
    } catch (reason) {
      if (reason instanceof EngineGivenUp) return []; // before all was asked: what was found until then may be untrue
      throw reason;
    }
    const asked = error instanceof LawBroken ? error.asked : this.notebook.asked;
    const shown = findings.filter(({ isIn }) => isIn(asked)).map(told);
    return shown.length === 0 && error instanceof LawBroken ? [ofLaw(this.engine, error)] : shown;
  }

  /**
   * Ends a scenario of which the engine does not claim what it needs.
   *
   * @param error - what is not claimed
   * @returns Cucumber's word for it
   * @throws SpecError if it is required
   */
  notClaimed(error: NotClaimed): 'skipped' {
    if (isRequired(error.claim, this.parameters)) {
      throw this.withMore(new SpecError(`${error.message}, and it is required`), undefined);
    }
    this.log(`${NOT_CLAIMED}${error.says}`);
    return 'skipped';
  }

  /** Puts a picture of the graph as this step leaves it into the report, if the step has changed what there is to see. */
  async picture(): Promise<void> {
    const nodes = await this.notebook.graph(MOST);
    if (nodes.every(({ operation }) => operation === 'leaf')) return;
    const before = this.drawn;
    this.drawn = graphPicture(nodes);
    if (JSON.stringify(this.drawn) === JSON.stringify(before)) return;
    await this.show(this.drawn, 'The graph after this step', before);
  }

  /**
   * Shows now and then what a long step has come to, where somebody watches.
   *
   * @param look - gives what there is to see; it may take time, and is asked as seldom as the watcher's eyes allow
   */
  async watch(look: () => Promise<readonly Picture[]>): Promise<void> {
    if (this.host.watch === undefined || Date.now() < this.watched) return;
    const began = Date.now();
    this.host.watch(await look());
    // a picture that takes long is not to take more time than the work itself
    this.watched = Date.now() + Math.max(FRAME, Date.now() - began);
  }

  /**
   * Puts a picture into the report, or, where somebody else draws, what there is to see.
   *
   * @param picture - the picture
   * @param title - what it shows
   * @param before - the graph before the step: what has changed since is marked
   */
  async show(picture: Picture, title: string, before?: GraphPicture): Promise<void> {
    if (this.parameters.pictures === 'data') {
      this.attach(JSON.stringify(picture), { mediaType: PICTURE, fileName: title });
      return;
    }
    const svg = await drawPicture(picture, this.host.layOut, before);
    // Cucumber shows an SVG that comes as bytes; as a string it would show its source.
    this.attach(this.host.bytes(svg), { mediaType: 'image/svg+xml', fileName: title });
  }
}

/** Whoever watches sees something new so often at most, in milliseconds. */
const FRAME = 60;

setWorldConstructor(NotebookWorld);

// An engine that hangs is told from one that is slow by the timeout of a single answer. A step may ask for many.
setDefaultTimeout(30 * 60 * 1000);

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const ofLaws = new WeakMap<Engine, Map<string, string>>();

/** What a law has found; if an earlier one has found something of the same kind, then that. */
function ofLaw(engine: Engine, { inShort, asked }: LawBroken<Asked>): string {
  const found = ofLaws.get(engine) ?? new Map<string, string>();
  ofLaws.set(engine, found);
  const isUnsteady = inShort.includes('wrong now and right then');
  const kind = isUnsteady
    ? 'unsteady'
    : `${[...asked.forms].sort().join()} ${/\.data is wrong/.test(inShort)} ${asked.passes}`;
  const first = found.get(kind) ?? inShort;
  found.set(kind, first);
  return first;
}
