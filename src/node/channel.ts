/*
 * What passes between this process and that of an engine that is a module. It is the protocol of every engine in a
 * process, but for the numbers that JSON has not: they stay numbers.
 */

/** The file descriptor, in the engine's process, of the channel. What the engine prints goes elsewhere. */
export const CHANNEL = 3;

/** What such a number is wrapped in, as it begins in JSON. */
const WRAPPED = '{"number":"';

/**
 * Writes something as a line of JSON.
 *
 * @param x - plain data
 */
export function write(x: unknown): string {
  return JSON.stringify(x, (_, value) => {
    if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
    return { number: Object.is(value, -0) ? '-0' : String(value) };
  });
}

/**
 * Reads what {@link write} wrote.
 *
 * @param line - a line of JSON
 */
export function read(line: string): unknown {
  if (!line.includes(WRAPPED)) return JSON.parse(line);
  return JSON.parse(line, (_, value) => (typeof value?.number === 'string' ? Number(value.number) : value));
}
