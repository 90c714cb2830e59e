/**
 * Says what a value is, for error messages: strings are quoted, objects are named by their class.
 *
 * @param x - anything that came where something else was expected
 * @returns a short phrase, such as `the string "3"`, `undefined` or `an object (Date)`
 * @example
 * ```ts
 * quote('3'); // 'the string "3"'
 * ```
 */
export function quote(x: unknown): string {
  if (typeof x === 'string') return `the string ${JSON.stringify(x.length > 60 ? `${x.slice(0, 60)}…` : x)}`;
  if (typeof x === 'number') return `the number ${x}`;
  if (typeof x === 'bigint') return `the bigint ${x}n`;
  if (typeof x === 'function') return 'a function';
  if (Array.isArray(x)) return `an array of ${x.length}`;
  if (typeof x === 'object' && x !== null) return `an object (${className(x)})`;
  return String(x);
}

function className(x: object): string {
  const made: unknown = Object.getPrototypeOf(x)?.constructor;
  return typeof made === 'function' && made.name !== '' ? made.name : 'no class';
}

/**
 * A time in words: `1 second`, `10 seconds`.
 *
 * @param seconds - the time
 */
export function inSeconds(seconds: number): string {
  return `${seconds} second${seconds === 1 ? '' : 's'}`;
}
