import type { Results } from '../gate/results';

/**
 * A badge, as shields.io reads it from an address.
 *
 * @param results - the results of a run
 * @returns JSON
 * @see https://shields.io/badges/endpoint-badge
 */
export function badge({ verdict, edition }: Results): string {
  const { passed, failed, expectedFailures } = verdict.counts;
  const known = expectedFailures === 0 ? '' : `, ${expectedFailures} known to fail`;
  const message = verdict.passed
    ? `${passed} passed${known}`
    : failed > 0
      ? `${failed} of ${passed + failed} failed`
      : 'not checked';
  const color = verdict.passed ? (expectedFailures === 0 ? 'brightgreen' : 'yellow') : 'red';
  return JSON.stringify({ schemaVersion: 1, label: `micrograd-spec edition ${edition}`, message, color });
}
