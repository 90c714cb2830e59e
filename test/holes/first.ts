import { block, type Hole, outline, RIGHT, scenario } from './hole';

/** Ways that Cucumber leaves open. */
export const FIRST: Readonly<Record<string, Hole>> = {
  'a mistyped tag': { args: ['--tags', '@tahn'] },
  'a mistyped name': { args: ['--name', 'A scenaro'] },
  'a mistyped path': { paths: ['b.feature'] },
  'a pattern that matches nothing': { paths: ['b*.feature'] },
  'a mistyped path beside a right one': { paths: ['a.feature', 'b.feature'] },
  'a pattern that matches nothing beside a right path': { paths: ['a.feature', 'b*.feature'] },
  'a file as a whole, and a line of it': {
    files: { 'a.feature': `${RIGHT}\n  Scenario: Wrong\n    Then the process ends here\n` },
    paths: ['a.feature', 'a.feature:3'],
  },
  'a line in which no scenario begins': { paths: ['a.feature:99'] },
  'a wrong line beside a right one': { paths: ['a.feature:3:99'] },
  'a shard that is not there': { args: ['--shard', '9/2'] },
  'a list of failed scenarios that is empty': { files: { '@rerun.txt': '' }, paths: ['@rerun.txt'] },
  'a mistyped ending of a file': { files: { 'a.feature': RIGHT, 'b.featur': RIGHT }, paths: ['.'] },
  'a second ending': { files: { 'a.feature': RIGHT, 'b.feature.txt': RIGHT }, paths: ['.'] },
  'an empty file': { files: { 'a.feature': '', 'b.feature': RIGHT } },
  'a feature without scenarios': { files: { 'a.feature': 'Feature: F\n', 'b.feature': RIGHT } },
  'a rule without scenarios': { files: { 'a.feature': `${RIGHT}  Rule: R\n` } },
  'a scenario without steps': { files: { 'a.feature': `${RIGHT}  Scenario: S\n` } },
  'a scenario without a Then': { files: { 'a.feature': scenario('Given all is well') } },
  'an outline without Examples': { files: { 'a.feature': outline('all is well', '') } },
  'Examples without rows': { files: { 'a.feature': outline('<n> is a number', 'Examples:\n      | n |') } },
  'a column that no step uses': {
    files: { 'a.feature': outline('1 is a number', 'Examples:\n      | n |\n      | 1 |') },
  },
  'two scenarios of one name': { files: { 'a.feature': `${RIGHT}\n  Scenario: A scenario\n    Then all is well\n` } },
  'two features of one name': { files: { 'a.feature': RIGHT, 'b.feature': RIGHT.replace('A scenario', 'Another') } },
  'Givn for Given': { files: { 'a.feature': scenario('Givn the leaves', 'Then all is well') } },
  'Scenaro for Scenario': { files: { 'a.feature': block('Scenaro: Lost'), 'b.feature': RIGHT } },
  'Rul for Rule': { files: { 'a.feature': `Feature: F\n\n  Rul: Lost\n\n${RIGHT.split('\n').slice(2).join('\n')}` } },
  'Scenario without a colon': { files: { 'a.feature': block('Scenario Lost'), 'b.feature': RIGHT } },
  'scenario in small letters': { files: { 'a.feature': block('scenario: Lost'), 'b.feature': RIGHT } },
  'the same with tabs': { files: { 'a.feature': block('Scenario Lost').replaceAll('  ', '\t'), 'b.feature': RIGHT } },
  'the same without indentation': {
    files: { 'a.feature': block('Scenario Lost').replaceAll(/^ +/gm, ''), 'b.feature': RIGHT },
  },
  'a Then in the Background alone': {
    files: {
      'a.feature': scenario('Given all is well').replace('  Sc', '  Background:\n    Then all is well\n\n  Sc'),
    },
  },
  'a skipped step': { files: { 'a.feature': scenario('Then this is skipped') } },
  'a hook that skips the scenario': { files: { 'a.feature': RIGHT.replace('  Scenario', '  @left\n  Scenario') } },
  'an undefined step, in a dry run': { files: { 'a.feature': scenario('Then what is this') }, args: ['--dry-run'] },
  'an ambiguous step, in a dry run': {
    files: { 'a.feature': scenario('Then two sentences match') },
    args: ['--dry-run'],
  },
  'a dry run': { args: ['--dry-run'] },
  'a pending step, if not strict': { files: { 'a.feature': scenario('Then this is pending') }, args: ['--no-strict'] },
  'a step that fails now and then, with --retry': {
    files: { 'a.feature': scenario('Then this works the second time') },
    args: ['--retry', '1'],
  },
  'process.exit(0) within a step': {
    files: { 'a.feature': scenario('Given the process ends here', 'Then all is well') },
  },
  'a step that never settles': { files: { 'a.feature': scenario('Given this never settles', 'Then all is well') } },
  'a failure after the last step, with --exit': {
    files: { 'a.feature': scenario('Given this fails when all is over', 'Then all is well') },
    args: ['--exit'],
  },
  'a failure after the last step, with --parallel': {
    files: { 'a.feature': scenario('Given this fails when all is over', 'Then all is well') },
    args: ['--parallel', '1'],
  },
};
