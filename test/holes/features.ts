import { type Hole, outline, RIGHT, scenario } from './hole';

/** Another feature in which nothing is wrong. */
const OTHER = RIGHT.replace('A feature', 'Another feature').replace('A scenario', 'Another scenario');

/** Ways for feature files, and for what stands in them, not to be run. */
export const FEATURES: Readonly<Record<string, Hole>> = {
  'a feature in a folder below what a pattern finds': { files: { 'a.feature': RIGHT, 'sub/b.feature': OTHER } },
  'a feature of which something is left behind its ending': {
    files: { 'a.feature': RIGHT, 'sub/b.feature~': OTHER },
    paths: ['.'],
  },
  'an ending in capital letters': { files: { 'a.feature': RIGHT, 'b.FEATURE': OTHER }, paths: ['.'] },
  'a feature under a name of another kind': { files: { 'a.feature': RIGHT, 'b.gherkin': OTHER }, paths: ['.'] },
  'a hidden feature': { files: { 'a.feature': RIGHT, '.b.feature': OTHER } },
  'a feature in a hidden folder': { files: { 'a.feature': RIGHT, '.sub/b.feature': OTHER }, paths: ['./'] },
  'a link behind a link': {
    files: { 'all/a.feature': RIGHT, 'third/b.feature': OTHER, 'more/notes.txt': '' },
    links: { 'all/more': '../more', 'more/again': '../third' },
    paths: ['all'],
  },
  'brackets in the name of a folder': {
    files: { 'all1/a.feature': RIGHT, 'all[1]/a.feature': OTHER },
    paths: ['all[1]/a.feature'],
  },
  'a step in the prose of a feature': { files: { 'a.feature': RIGHT.replace('\n', '\nThen all is well\n') } },
  'a step in a list': { files: { 'a.feature': RIGHT.replace('\n', '\n  1. all is well\n') } },
  'a mistyped step in the prose of a rule': {
    files: { 'a.feature': RIGHT.replace('\n\n', '\n\n  Rule: R\n    Thn all is well\n\n') },
  },
  'a step in the prose of Examples': {
    files: { 'a.feature': outline('<n> is a number', 'Examples:\n      And all is well\n\n      | n |\n      | 1 |') },
  },
  'two steps in a row that no sentence matches': {
    files: { 'a.feature': RIGHT.replace('\n', '\nGiven the leves\nThen y is thre\n') },
  },
  'Szenario for Scenario': {
    files: { 'a.feature': RIGHT.replace('\n\n', '\n\n  Szenario: Lost\n    Dann all is well\n\n') },
  },
  'a language that is mistyped': { files: { 'a.feature': `# langage: de\n${RIGHT}` } },
  'a text that does not end where it should': {
    files: {
      'a.feature': scenario('Then this is a text', '  """', '  ```', 'Then all is well', '', '  Scenario: S', '  """'),
    },
  },
  'a feature in Markdown': {
    files: { 'a.feature.md': '# Feature: F\n\n## Scenario: S\n\n* Then all is well\n\nThen 1 is a number\n' },
    paths: ['a.feature.md'],
  },
  'a tag without its @': { args: ['--tags', 'not left'] },
  'a column that the title alone uses': {
    files: { 'a.feature': outline('all is well', 'Examples:\n      | n |\n      | 1 |').replace('Many', 'With <n>') },
  },
  'a column that is there twice': {
    files: { 'a.feature': outline('<n> is a number', 'Examples:\n      | n | n |\n      | 1 | 2 |') },
  },
  'a row that is there twice': {
    files: { 'a.feature': outline('<n> is a number', 'Examples:\n      | n |\n      | 1 |\n      | 1 |') },
  },
  'a column twice in the table of a step': {
    files: { 'a.feature': scenario('Then this is a table', '  | a | a |', '  | 1 | 2 |') },
  },
  'a node twice in a table': {
    files: { 'a.feature': scenario('Then this is a table', '  | node | data |', '  | a | 1 |', '  | a | 1 |') },
  },
};
