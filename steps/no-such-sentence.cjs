const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { distance } = require('fastest-levenshtein');

/*
 * What Cucumber prints of a step that no definition matches. Its own advice, a snippet of code, helps whoever writes
 * steps; here the reader has mistyped a sentence, and wants to know which sentences there are.
 *
 * Cucumber loads this file itself, before ts-node: so it is JavaScript.
 */
class NoSuchSentence {
  /**
   * @param {{ generatedExpressions: readonly { source: string }[] }} step - the step's text, as an expression
   * @returns {string} advice
   */
  build({ generatedExpressions }) {
    const text = generatedExpressions[0]?.source ?? '';
    const nearest = sentences()
      .map((sentence) => ({ sentence, off: distance(blank(sentence), blank(text)) }))
      .sort((x, y) => x.off - y.off)
      .slice(0, 3);
    return [
      '# No sentence of this spec reads so. The nearest are',
      ...nearest.map(({ sentence }) => `#     ${sentence}`),
      '# and features/README.md lists them all.',
    ].join('\n');
  }
}

/** The sentences, from the one place that lists them for readers. */
function sentences() {
  const readme = readFileSync(join(__dirname, '..', 'features', 'README.md'), 'utf8');
  return [...readme.matchAll(/^\| `([^`]+)`/gm)].map(([, sentence]) => sentence ?? '');
}

/**
 * @param {string} sentence - with parameters such as {number}
 * @returns {string} the same with each parameter as one character, so that their names do not count
 */
function blank(sentence) {
  return sentence.replace(/\{\w+\}/g, '_');
}

module.exports = NoSuchSentence;
