/*
 * Finds the drawings in a chapter: lines in a row, set off from the prose, at least one of which has a character of those
 * that wires, axes and frames are made of.
 */

/** How far drawings are set off, at least: Markdown takes them for code. */
const INDENT = 6;
const BOX = /[\u2500-\u257f]/;

/**
 * The drawings of a chapter, in order, each without what all of its lines are set off by.
 *
 * @param chapter - its text
 */
export function blocksOf(chapter: string): string[] {
  const blocks: string[][] = [[]];
  for (const line of chapter.split('\n')) {
    if (line.startsWith(' '.repeat(INDENT)) && line.trim() !== '') blocks.at(-1)!.push(line);
    else if (blocks.at(-1)!.length > 0) blocks.push([]);
  }
  return blocks.filter((lines) => lines.some((line) => BOX.test(line))).map(setBack);
}

/**
 * The lines of a chapter that look like a part of a drawing, and are not set off from the prose.
 *
 * @param chapter - its text
 */
export function strayLines(chapter: string): string[] {
  return chapter.split('\n').filter((line) => BOX.test(line) && !line.startsWith(' '.repeat(INDENT)));
}

function setBack(lines: readonly string[]): string {
  const margin = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(margin)).join('\n');
}
