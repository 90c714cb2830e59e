import { type Hole, RIGHT } from './hole';

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
};
