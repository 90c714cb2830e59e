const WIDTH = 120;

/**
 * Breaks the lines of a paragraph, or of a list, where they are as long as those of the other documents.
 *
 * @param paragraph - words with any space between them; a list has a line for each of its entries, which begins with `- `
 */
export function wrap(paragraph: string): string {
  return paragraph
    .trim()
    .split(/\n(?=- )/)
    .map(wrapOne)
    .join('\n');
}

function wrapOne(text: string): string {
  const indent = text.startsWith('- ') ? '  ' : '';
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= WIDTH) line = longer;
    else {
      lines.push(line);
      line = `${indent}${word}`;
    }
  }
  return [...lines, line].join('\n');
}
