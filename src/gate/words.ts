import { type Dialect, dialects } from '@cucumber/gherkin';
import { distance } from 'fastest-levenshtein';

/*
 * The words of Gherkin in all its languages, and what looks like one of them.
 */

const BLOCKS = ['feature', 'background', 'rule', 'scenario', 'scenarioOutline', 'examples'] as const;
const STEPS = ['given', 'when', 'then', 'and', 'but'] as const;
/** Words that look like `Rule`, and are not. */
const NOT_RULE = ['rate', 'role', 'rules', 'ruler', 'mule', 'rude'];
/** Words of some language that are English too, and may well stand before a colon. */
const ENGLISH_TOO = ['context', 'primer', 'pretty much', 'first off'];

const plain = (word: string) => word.trim().toLowerCase();
const all = Object.values(dialects);
const blocksOf = (dialect: Dialect) => BLOCKS.flatMap((block) => dialect[block].map(plain));
const stepsOf = (dialect: Dialect) => STEPS.flatMap((step) => dialect[step]).filter((word) => word !== '* ');

const ANY_BLOCK = new Set(all.flatMap(blocksOf).filter((word) => !ENGLISH_TOO.includes(word)));
/** By their first letter: there are a thousand. */
const ANY_STEP = new Map<string, string[]>();
for (const word of new Set(all.flatMap(stepsOf).map((each) => each.toLowerCase()))) {
  const letter = word[0] ?? '';
  ANY_STEP.set(letter, [...(ANY_STEP.get(letter) ?? []), word]);
}
/** `Scenario` and its likes: they begin no sentence of prose, colon or not. */
const ANY_SCENARIO = new Set([
  'background',
  ...all
    .flatMap(({ scenario }) => scenario.map(plain))
    .filter((word) => distance(word.normalize('NFD').replace(/\p{M}/gu, ''), 'scenario') <= 3),
]);

/** What begins features, in whatever language. */
export const TITLES: ReadonlySet<string> = new Set(all.flatMap(({ feature }) => feature.map(plain)));

/** The words of a file's own language. */
export class Words {
  private readonly dialect: Dialect;
  private readonly blocks: readonly string[];
  private readonly steps: readonly string[];

  /** @param language - as Gherkin calls it: `en`, `de` */
  constructor(language: string) {
    const [own, english] = [dialects[language], dialects.en as Dialect];
    this.dialect = own ?? english;
    this.blocks = [...new Set([...blocksOf(this.dialect), ...blocksOf(english)])].filter((word) => word !== 'rule');
    this.steps = [...new Set([...stepsOf(this.dialect), ...stepsOf(english)])];
  }

  /**
   * Whether a keyword means an outline, and nothing else.
   *
   * @param keyword - of a scenario
   */
  isOutline(keyword: string): boolean {
    return this.dialect.scenarioOutline.includes(keyword) && !this.dialect.scenario.includes(keyword);
  }

  /**
   * Whether a line looks like the first of a scenario, a rule or the like, perhaps mistyped, or in another language.
   *
   * @param line - the line
   */
  isBlock(line: string): boolean {
    // titles do not end as sentences do; and what was typed rightly is no prose in the first place
    if (/[\p{L}\p{N})][.!?]\s*$/u.test(line)) return false;
    const [, first = ''] = /^[^\p{L}]*(\p{L}+)/u.exec(line) ?? [];
    return ANY_SCENARIO.has(first.toLowerCase()) || this.isTitled(line);
  }

  /**
   * The same, only if there is a colon, as there should be.
   *
   * @param line - the line
   */
  isTitled(line: string): boolean {
    const [, text = ''] = /^[^\p{L}]*(\p{L}[\p{L}\p{M}' -]{0,39}?)[^\p{L}]*[:：]/u.exec(line) ?? [];
    const word = plain(text);
    if (ANY_BLOCK.has(word)) return true;
    if (distance(word, 'rule') <= 1) return !NOT_RULE.includes(word);
    return word.length >= 3 && this.blocks.some((block) => distance(word, block) <= slack(word, block));
  }

  /**
   * Whether a line begins with the keyword of a step, as a step does.
   *
   * @param line - the line
   */
  isStep(line: string): boolean {
    return this.steps.some((word) => line.trimStart().startsWith(word));
  }

  /**
   * What follows the keyword of a step, in all the ways in which a line can be read: in any language, or mistyped.
   *
   * @param line - without marks at its beginning
   */
  afterKeyword(line: string): string[] {
    const small = line.toLowerCase().replace(/\s/g, ' ');
    const words = ANY_STEP.get(small[0] ?? '') ?? [];
    const exact = words.filter((word) => small.startsWith(word)).map((word) => line.slice(word.length));
    const [, first = '', rest] = /^(\p{L}+)[\s:]+(\S.*)$/u.exec(line) ?? [];
    const isNear = this.steps.some((word) => {
      const near = plain(word);
      return distance(first.toLowerCase(), near) <= (near.length > 3 ? 2 : 1);
    });
    return [...exact, ...(rest !== undefined && isNear ? [rest] : [])].map((text) => text.trim());
  }
}

/** How many letters of a word may be wrong. A short word with more of them wrong is another word. */
function slack(word: string, block: string): number {
  if (block.length <= 3) return 0;
  return word[0] === block[0] && block.length > 5 ? 2 : 1;
}
