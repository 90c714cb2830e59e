import type {
  Background,
  Examples,
  FeatureChild,
  GherkinDocument,
  Pickle,
  PickleStep,
  RuleChild,
  Scenario,
} from '@cucumber/messages';
import { distance } from 'fastest-levenshtein';

/** Where something stands: a file and a line. */
type Where = (line: number) => string;

const BLOCKS = ['feature', 'background', 'scenario', 'scenario outline', 'scenario template', 'example', 'examples'];
/** Words that look like `Rule`, and are not. */
const NOT_RULE = ['rate', 'role', 'rules', 'ruler', 'mule', 'rude'];

/**
 * What is wrong with feature files that Cucumber runs without a word: whatever they mean to check is not checked.
 *
 * @param documents - the files, parsed
 * @returns a sentence for each fault, which begins with its file and line
 */
export function faultsOfFeatures(documents: readonly GherkinDocument[]): string[] {
  const seen = new Map<string, string>();
  const once = (kind: string, name: string, at: string) => {
    const first = seen.get(`${kind} ${name}`);
    seen.set(`${kind} ${name}`, first ?? at);
    return first === undefined ? [] : [`${at}: there is a ${kind} "${name}" already, in ${first}`];
  };
  return documents.flatMap(({ uri = '?', feature }) => {
    if (feature === undefined) return [`${uri}: there is nothing in this file`];
    const at: Where = (line) => `${uri}:${line}`;
    const { line } = feature.location;
    const scenarios = scenariosOf(feature.children);
    return [
      ...once('Feature', feature.name, at(line)),
      ...(scenarios.length === 0 ? [`${at(line)}: this feature has no scenario`] : []),
      ...faultsOfProse(feature.description, at(line)),
      ...feature.children.flatMap((child) => faultsOfChild(child, at)),
      ...scenarios.flatMap(({ name, location }) => once('Scenario', name, at(location.line))),
    ];
  });
}

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

function faultsOfChild(child: FeatureChild | RuleChild, at: Where): string[] {
  const { background, scenario } = child;
  if (background) return faultsOfSteps(background, at);
  if (scenario) return [...faultsOfSteps(scenario, at), ...faultsOfExamples(scenario, at)];
  const rule = 'rule' in child ? child.rule : undefined;
  if (!rule) return [];
  const line = at(rule.location.line);
  const isEmpty = scenariosOf(rule.children).length === 0;
  return [
    ...(isEmpty ? [`${line}: the rule "${rule.name}" has no scenario`] : []),
    ...faultsOfProse(rule.description, line),
    ...rule.children.flatMap((inner) => faultsOfChild(inner, at)),
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

function faultsOfExamples({ keyword, name, steps, examples, location }: Scenario, at: Where): string[] {
  const isOutline = /outline|template/i.test(keyword);
  if (examples.length === 0 && isOutline) return [`${at(location.line)}: "${name}" has no Examples, and is never run`];
  const text = JSON.stringify([name, steps]);
  return examples.flatMap(({ tableHeader, tableBody, location: { line } }: Examples) => {
    if (tableBody.length === 0) return [`${at(line)}: these Examples have no rows`];
    const unused = tableHeader?.cells.filter(({ value }) => !text.includes(JSON.stringify(`<${value}>`).slice(1, -1)));
    return (unused ?? []).map(({ value }) => `${at(line)}: no step uses the column <${value}> of these Examples`);
  });
}

/** In prose, a line that looks like a part of Gherkin is one with a typing error, and what is below it is not run. */
function faultsOfProse(description: string, at: string): string[] {
  const strange = linesOf(description).filter((line) => {
    const word = /^\W*([\p{L} ]{3,20})[\W\d]*:/u.exec(line)?.[1]?.trim().toLowerCase() ?? '';
    const isBlock = word !== '' && BLOCKS.some((block) => distance(word, block) <= (word[0] === block[0] ? 2 : 1));
    const isRule = distance(word, 'rule') <= 1 && !NOT_RULE.includes(word);
    const isStep = /^(\s{4,}|\s*\t\s*)((Given|When|Then|And|But) |\||""")/.test(line);
    return isBlock || isRule || isStep || /^\W*(Scenario|Background)\b/i.test(line);
  });
  const first = strange[0]?.trim();
  return first === undefined ? [] : [`${at}: "${first}" stands in the prose below this line, and so is not run`];
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
