import { foundBy, type LawResult } from '../laws/measure';
import { plain, table } from './table';
import { wrap } from './wrap';

/**
 * What was measured of the laws, in Markdown.
 *
 * @param result - what was measured
 */
export function laws({ rates, search }: LawResult): string {
  const rate = (name: Parameters<typeof rates.of>[0]) => [plain(rates.of(name)), plain(rates.ratio(name, 'gradcheck'))];
  const parts = [
    '## The laws',
    wrap(`How many random expressions are judged in a second, on the project's own engine: by the laws, which take the truth
      from 60 digits and allow for rounding; and by the usual check, written here for comparison: central differences of
      the engine's own numbers, in doubles, with a step of 10⁻⁶ and one tolerance for everything, which are those of
      PyTorch's \`gradcheck\`.`),
    table(
      ['', 'expressions a second', 'times the usual check'],
      [
        ['all laws', ...rate('all laws')],
        ['the law that every gradient matches its finite difference', ...rate('one law')],
        ['the usual check', plain(rates.of('gradcheck')), '1'],
      ],
    ),
    ...(search === undefined ? [] : found(search)),
  ];
  return parts.join('\n\n');
}

function found(search: NonNullable<LawResult['search']>): string[] {
  const { expressions, alarms, isSoundPassed, faults } = search;
  const all = search.found.length;
  const by = (who: ReturnType<typeof foundBy>) => search.found.filter((each) => foundBy(each) === who);
  const named = (who: ReturnType<typeof foundBy>) => {
    const names = by(who).map(({ name }) => {
      const { kind, level } = faults[name] ?? { kind: '', level: 'core' };
      return `\`${name}\` (${kind}${level === 'edge' ? ', an edge' : ''})`;
    });
    return names.join(', ') || 'none';
  };
  const both = by('both').length;
  return [
    '### What they find',
    wrap(`Of the ${search.of} wrong engines in \`test/engines/faults.cjs\`, a sample of ${all}. For each of them, the laws try
      up to ${expressions.toLocaleString('en')} expressions, and the usual check as many. It fails on ${alarms} of these for
      a sound engine too, since a difference in doubles is no truth; so it has found a fault only where it fails on an
      expression on which it does not fail for a sound engine. The laws ${isSoundPassed ? 'let' : '**do not let**'} the sound
      engine pass.`),
    table(
      ['', `of ${all} wrong engines`],
      [
        ['found by the laws', String(both + by('laws').length)],
        ['found by the usual check', String(both + by('differences').length)],
        ['found by both', String(both)],
      ],
    ),
    [
      `Found by the laws alone: ${named('laws')}.`,
      `Found by the usual check alone: ${named('differences')}.`,
      `Found by neither: ${named('neither')}. The laws are about ordinary numbers and graphs; all of these engines fail the
      spec as a whole (\`test/faults.test.ts\`).`,
    ]
      .map((line) => wrap(`- ${line}`))
      .join('\n'),
  ];
}
