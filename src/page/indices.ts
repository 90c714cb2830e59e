/**
 * Matches a pattern, and says where its groups are: what every browser does by itself. It stands in for a package of some
 * hundred kilobytes that does so for older ones.
 *
 * @param pattern - the pattern
 * @param text - to be matched
 */
export default function execWithIndices(pattern: RegExp, text: string): RegExpExecArray | null {
  const flags = pattern.flags.includes('d') ? pattern.flags : `${pattern.flags}d`;
  return new RegExp(pattern.source, flags).exec(text);
}
