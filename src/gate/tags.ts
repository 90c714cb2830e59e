/*
 * Expressions of tags that choose nothing, or leave nothing out, whatever the scenarios are.
 */

/**
 * What in an expression can be no tag: each begins with `@`, and has no other.
 *
 * @param expression - tags, as Cucumber combines them
 * @returns a sentence for each
 */
export function faultsOfTags(expression: string): string[] {
  const words = expression.match(/(?:\\.|[^\s()\\])+/g) ?? [];
  const strange = words.filter((word) => !['and', 'or', 'not'].includes(word) && !/^@[^@]+$/.test(word));
  return strange.map((word) => {
    const whole = word === expression.trim() ? '' : `, in "${expression}"`;
    return `${word} is no tag${whole}: tags begin with @, so it chooses nothing, and leaves nothing out`;
  });
}

/**
 * The expressions of tags on Cucumber's own command line, where the gate can see them. In a configuration it cannot.
 *
 * @param line - the words of the command line
 */
export function expressionsIn(line: readonly string[]): string[] {
  return line.flatMap((word, i) => {
    if (word === '--tags' || word === '-t') return line[i + 1] ?? [];
    return /^(?:--tags=|-t(?=.))(.*)$/s.exec(word)?.[1] ?? [];
  });
}
