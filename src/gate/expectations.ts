import { Formatter, type IFormatterOptions } from '@cucumber/cucumber';
import { called, type Gathered, Gathering, ran } from './gather';

/** How a list begins that was written by a run, and by nobody since: the next run may write it anew. */
const HEAD =
  '# Written by micrograd-spec --write-expected. Take this line out when you change the list, or it may be written anew.\n';

/** A scenario that has failed in a way that may be expected: a number does not hold, or the engine does not answer. */
export interface Failure {
  /** On the command line. */
  readonly called: string;
  /** In a few words. */
  readonly why: string;
  readonly isCrash: boolean;
}

/**
 * Writes a list of expected failures, to begin with: what has failed in a run, and what was found to be why.
 *
 * @see https://github.com/cucumber/cucumber-js/blob/main/docs/custom_formatters.md
 */
export default class Expectations extends Formatter {
  /** @param options - as Cucumber gives them */
  constructor(options: IFormatterOptions) {
    super(options);
    const gathering = new Gathering();
    options.eventBroadcaster.on('envelope', (message) => {
      gathering.take(message);
      const { gathered } = gathering;
      if (message.testRunFinished) this.log(listed(failuresIn(gathered), ran(gathered)));
    });
  }
}

/** What is said in a few words of a law that does not hold: what it has found needs several lines. */
const OF_LAW = 'wrong on a random expression';

function failuresIn({ scenarios }: Gathered): Failure[] {
  return scenarios.flatMap((each) => {
    const { end, crash, again, findings, message } = each;
    // whatever else fails a scenario cannot be expected: a step that is mistyped, or something that is required
    if (end !== 'failed' || (crash === undefined && again.length === 0)) return [];
    const [why = ''] = (findings[0] ?? message).split('\n');
    return [{ called: called(each), why: why.endsWith(':') ? OF_LAW : why, isCrash: crash !== undefined }];
  });
}

/**
 * A list of expected failures: the rows of an outline are one entry, if all of them have failed in one way.
 *
 * @param failures - what has failed
 * @param ran - all scenarios that were run, by what they are called
 */
export function listed(failures: readonly Failure[], ran: ReadonlyMap<string, unknown>): string {
  const outline = (called: string) => called.replace(/\/\d+$/, '');
  const lines = failures.map((each) => {
    const rows = [...ran.keys()].filter((called) => outline(called) === outline(each.called));
    const alike = failures.filter((other) => rows.includes(other.called) && reason(other) === reason(each));
    const isWhole = rows.length > 1 && alike.length === rows.length;
    return `${isWhole ? outline(each.called) : each.called} # ${reason(each)}`;
  });
  const entries = [...new Set(lines)];
  return `${[HEAD, ...entries].join('\n')}\n# ${entries.length === 1 ? '1 entry' : `${entries.length} entries`}\n`;
}

function reason({ why, isCrash }: Failure): string {
  return `${isCrash ? 'crashes: ' : ''}${why}`;
}
