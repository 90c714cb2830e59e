import type { Answer, Request, Result, Seen, Wanted } from './exchange';

/*
 * The page's side of its workers.
 */

/** What is asked of a worker. */
export interface Asked {
  readonly wanted: readonly Wanted[];
  readonly fault?: string;
  /** Whether the larger worker is needed, which knows the laws. */
  readonly hasLaws: boolean;
  /** Is told each result as it comes. */
  readonly take: (at: number, result: Result) => void;
  /** Is told how far long work has come. */
  readonly tell?: (line: string) => void;
  /** Is shown what a step has come to that still runs. */
  readonly see?: (at: number, seen: Seen) => void;
}

type Source = 'runner' | 'laws' | 'graphviz' | 'search';
const GLOBALS = { runner: 'bookRunner', laws: 'bookLaws', graphviz: 'Viz', search: 'bookIndex' } as const;
const loading = new Map<Source, Promise<unknown>>();

/**
 * Loads a script of the book that most pages do without at first: as a plain script, which works from a disk too.
 *
 * @param name - of the file
 * @returns what it leaves
 */
export function load(name: Source): Promise<unknown> {
  const known = loading.get(name);
  if (known !== undefined) return known;
  const made = new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${name}.js`;
    script.onload = () => resolve(Reflect.get(globalThis, GLOBALS[name]));
    script.onerror = () => reject(new Error(`${name}.js cannot be loaded`));
    document.head.append(script);
  });
  loading.set(name, made);
  return made;
}

/** One conversation: what is asked later overtakes what was asked before. */
export class Client {
  private worker: Worker | undefined;
  private kind: Source | undefined;
  private last = 0;
  private end: (isWhole: boolean) => void = () => {};

  /** Whether something is being run. */
  isBusy = false;

  /**
   * Runs scenarios, and drops what was being run.
   *
   * @param asked - the scenarios, and who is told
   * @returns whether it came to its end: false if something has overtaken it, or it was stopped
   */
  async run({ wanted, fault, hasLaws, take, tell, see }: Asked): Promise<boolean> {
    this.last += 1;
    const id = this.last;
    // a worker that is in the midst of something long does not hear that it was overtaken
    const { isBusy } = this;
    this.end(false);
    if (isBusy) this.drop();
    this.isBusy = true;
    const worker = await this.workerOf(hasLaws ? 'laws' : 'runner');
    if (id !== this.last) return false;
    return new Promise((resolve) => {
      const end = (isWhole: boolean) => {
        this.isBusy = false;
        this.end = () => {};
        resolve(isWhole);
      };
      this.end = end;
      let left = wanted.length;
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        if (data.id !== id) return;
        if ('tells' in data) return tell?.(data.tells);
        if ('seen' in data) return see?.(data.at, data.seen);
        take(data.at, data.result);
        left -= 1;
        if (left === 0) end(true);
      };
      worker.onerror = ({ message }) => {
        for (let at = wanted.length - left; at < wanted.length; at++) take(at, { steps: [], why: message });
        end(true);
      };
      worker.postMessage({ id, wanted, fault } satisfies Request);
      if (left === 0) end(true);
    });
  }

  /** Stops whatever is run, even if it is a loop without end. */
  stop(): void {
    this.last += 1;
    this.end(false);
    this.drop();
  }

  private drop(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.isBusy = false;
  }

  private async workerOf(kind: 'runner' | 'laws'): Promise<Worker> {
    const code = await load(kind);
    if (this.worker !== undefined && this.kind === kind) return this.worker;
    this.worker?.terminate();
    const url = URL.createObjectURL(new Blob([`(${String(code)})()`], { type: 'text/javascript' }));
    this.worker = new Worker(url);
    URL.revokeObjectURL(url);
    this.kind = kind;
    return this.worker;
  }
}
