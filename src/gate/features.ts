import type {
  Background,
  FeatureChild,
  GherkinDocument,
  Pickle,
  PickleStep,
  RuleChild,
  Scenario,
} from '@cucumber/messages';
import { faultsOfLanguage, faultsOfProse, faultsOfText, type Reader } from './prose';
import type { Reads } from './sentences';
import { faultsOfExamples, faultsOfTables } from './tables';
import { Words } from './words';

/** Where something stands: a file and a line. */
type Where = (line: number) => string;

/**
 * What is wrong with feature files that Cucumber runs without a word: whatever they mean to check is not checked.
 *
 * @param documents - the files, parsed
 * @param reads - which texts are sentences of the steps
 * @returns a sentence for each fault, which begins with its file and line
 */
export function faultsOfFeatures(documents: readonly GherkinDocument[], reads: Reads = () => false): string[] {
  const seen = new Map<string, string>();
  const once = (kind: string, name: string, at: string) => {
    const first = seen.get(`${kind} ${name}`);
    seen.set(`${kind} ${name}`, first ?? at);
    return first === undefined ? [] : [`${at}: there is a ${kind} "${name}" already, in ${first}`];
  };
  return documents.flatMap(({ uri = '?', feature, comments }) => {
    if (uri.toLowerCase().endsWith('.md')) return [`${uri}: ${MARKDOWN}`];
    if (feature === undefined) return [`${uri}: there is nothing in this file`];
    const at: Where = (line) => `${uri}:${line}`;
    const { line } = feature.location;
    const reader: Reader = { words: new Words(feature.language), reads };
    const scenarios = scenariosOf(feature.children);
    return [
      ...once('Feature', feature.name, at(line)),
      ...(scenarios.length === 0 ? [`${at(line)}: this feature has no scenario`] : []),
      ...faultsOfProse(feature.description, at(line), reader),
      ...faultsOfLanguage(comments, feature.language, at),
      ...feature.children.flatMap((child) => faultsOfChild(child, at, reader)),
      ...scenarios.flatMap(({ name, location }) => once('Scenario', name, at(location.line))),
    ];
  });
}

/** Cucumber runs such a file without a word for what in it is neither a heading nor an entry of a list. */
const MARKDOWN = 'a feature in Markdown is not read whole, so nobody knows what in it is not run: write it as .feature';

/**
 * The scenarios that check nothing. A Then in their Background does not count: it is the same for all of them.
 *
 * @param pickles - the scenarios, as they are run
 * @param documents - the files that they stand in
 * @returns a sentence for each
 */
export function faultsOfPickles(pickles: readonly Pickle[], documents: readonly GherkinDocument[]): string[] {
  const ofBackgrounds = new Set(documents.flatMap(({ feature }) => backgroundSteps(feature?.children ?? [])));
  const checks = ({ type, astNodeIds }: PickleStep) =>
    (type === 'Outcome' || type === 'Unknown') && !astNodeIds.some((id) => ofBackgrounds.has(id));
  return pickles
    .filter(({ steps }) => steps.length > 0 && !steps.some(checks))
    .map(({ name, uri }) => `${uri}: the scenario "${name}" checks nothing: it has no Then`);
}

/**
 * The ids of the steps in the backgrounds of a feature.
 *
 * @param children - of the feature
 */
export function backgroundSteps(children: readonly (FeatureChild | RuleChild)[]): string[] {
  return children.flatMap((child) => {
    if ('rule' in child && child.rule) return backgroundSteps(child.rule.children);
    return child.background?.steps.map(({ id }) => id) ?? [];
  });
}

function scenariosOf(children: readonly (FeatureChild | RuleChild)[]): Scenario[] {
  return children.flatMap((child) => {
    if ('rule' in child && child.rule) return scenariosOf(child.rule.children);
    return child.scenario ? [child.scenario] : [];
  });
}

function faultsOfChild(child: FeatureChild | RuleChild, at: Where, reader: Reader): string[] {
  const { background, scenario } = child;
  const part = background ?? scenario;
  if (part) {
    const examples = scenario ? faultsOfOutline(scenario, at, reader) : [];
    return [...faultsOfSteps(part, at), ...faultsOfText(part, at, reader), ...faultsOfTables(part, at), ...examples];
  }
  const rule = 'rule' in child ? child.rule : undefined;
  if (!rule) return [];
  const line = at(rule.location.line);
  const isEmpty = scenariosOf(rule.children).length === 0;
  return [
    ...(isEmpty ? [`${line}: the rule "${rule.name}" has no scenario`] : []),
    ...faultsOfProse(rule.description, line, reader),
    ...rule.children.flatMap((inner) => faultsOfChild(inner, at, reader)),
  ];
}

/** Text between the title of a scenario and its first step is most likely a step whose first word is mistyped. */
function faultsOfSteps({ keyword, name, description, steps, location }: Scenario | Background, at: Where): string[] {
  const title = `${keyword.trim()}${name === '' ? '' : ` "${name}"`}`;
  const stray = linesOf(description).map(
    (line) => `${at(location.line)}: in the ${title}, "${line.trim()}" is no step: none begins so`,
  );
  return steps.length > 0 ? stray : [...stray, `${at(location.line)}: the ${title} has no step`];
}

function faultsOfOutline(scenario: Scenario, at: Where, reader: Reader): string[] {
  const { keyword, name, examples, location } = scenario;
  if (examples.length === 0 && reader.words.isOutline(keyword)) {
    return [`${at(location.line)}: "${name}" has no Examples, and is never run`];
  }
  return [
    ...examples.flatMap(({ description, location: { line } }) => faultsOfProse(description, at(line), reader, true)),
    ...faultsOfExamples(scenario, at),
  ];
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
