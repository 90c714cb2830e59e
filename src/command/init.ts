import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { list, SpecError } from '../errors';
import { ROOT } from '../node/place';

/** What is written for a language. */
interface Template {
  /** What is copied from the examples of this project: an engine, to be replaced, and what speaks to it. */
  readonly files: readonly string[];
  /** How the engine is named on a command line. */
  readonly engine: string;
  /** What is done before that, in a workflow and by hand. */
  readonly build?: string;
  /** What a workflow has to install, where the machine does not have it. */
  readonly install?: string;
  /** What is to be filled in; if it is not said, the first file is the adapter, and the second the engine. */
  readonly next?: string;
}

const FOLDER = 'micrograd-spec';
/** Scenarios that are known to fail. */
const EXPECTED = join(FOLDER, 'expected-failures.txt');
const ABOUT_EXPECTED = `# What is known to fail, one a line: the id that a failure prints # why. One that passes is an error.
#
#   7.both-sides-of-one-sum # assigns, where it should add: https://example.org/issues/12
#   5.the-curve/2 # the second row of an outline, until 2027-01-31: from the next day on it fails
#   15.random-expressions-forward # crashes: it may refuse, stop or never answer, and not only be wrong
`;
const WORKFLOW = join('.github', 'workflows', 'micrograd-spec.yml');

const TEMPLATES: Readonly<Record<string, Template>> = {
  javascript: {
    files: ['engine.mjs'],
    engine: `--engine ./${FOLDER}/engine.mjs#Value`,
    next: `export your own class in ${FOLDER}/engine.mjs`,
  },
  python: {
    files: ['adapter.py', 'engine.py'],
    engine: `--engine-command "python3 ${FOLDER}/adapter.py"`,
  },
  cpp: {
    files: ['adapter.cpp', 'engine.hpp'],
    build: `c++ -O2 -o ${FOLDER}/adapter ${FOLDER}/adapter.cpp`,
    engine: `--engine-command ./${FOLDER}/adapter`,
  },
  rust: {
    files: ['adapter.rs', 'engine.rs', 'json.rs'],
    build: `rustc --edition 2021 -O -o ${FOLDER}/adapter ${FOLDER}/adapter.rs`,
    engine: `--engine-command ./${FOLDER}/adapter`,
  },
  go: {
    files: ['adapter.go', 'engine.go'],
    build: `go build -o ${FOLDER}/adapter ${FOLDER}/adapter.go ${FOLDER}/engine.go`,
    engine: `--engine-command ./${FOLDER}/adapter`,
  },
  java: {
    files: ['Adapter.java', 'Value.java', 'Json.java'],
    build: `javac -d ${FOLDER}/classes -sourcepath ${FOLDER} ${FOLDER}/Adapter.java`,
    engine: `--engine-command "java -cp ${FOLDER}/classes Adapter"`,
  },
  ruby: {
    files: ['adapter.rb', 'engine.rb'],
    engine: `--engine-command "ruby ${FOLDER}/adapter.rb"`,
  },
  lua: {
    files: ['adapter.lua', 'engine.lua', 'json.lua'],
    engine: `--engine-command "lua ${FOLDER}/adapter.lua"`,
    install: 'sudo apt-get update && sudo apt-get install -y lua5.4',
  },
};

/** The languages for which there is something to begin with. */
export const LANGUAGES: readonly string[] = Object.keys(TEMPLATES);

/**
 * Writes what an author begins with: an adapter, a list of failures that are expected, and a workflow.
 *
 * @param language - one of {@link LANGUAGES}
 * @param folder - of the author's project
 * @returns what to tell the author
 * @throws SpecError if there is nothing for the language, or a file is there already: then nothing is written
 */
export function init(language: string, folder: string): string {
  const template = Object.hasOwn(TEMPLATES, language) ? TEMPLATES[language] : undefined;
  if (template === undefined) {
    throw new SpecError(
      `there is nothing to begin with for "${language}", but for ${list(LANGUAGES)}; in any other language, write an adapter: see docs/engine-protocol.md`,
    );
  }
  const { files: names, engine, build } = template;
  const [adapter, own] = names;
  const { next = `put your engine in the place of ${FOLDER}/${own}, and in ${adapter} what it is called there` } =
    template;
  const files = new Map<string, { readonly copy: string } | { readonly text: string }>([
    ...names.map((name) => [join(FOLDER, name), { copy: join(ROOT, 'examples', language, name) }] as const),
    [EXPECTED, { text: ABOUT_EXPECTED }],
    [WORKFLOW, { text: workflow(template, isDependency(folder)) }],
  ]);
  const there = [...files.keys()].filter((file) => existsSync(join(folder, file)));
  if (there.length > 0) throw new SpecError(`there is already ${list(there)}: nothing was written`);
  for (const [file, content] of files) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    if ('copy' in content) copyFileSync(content.copy, path);
    else writeFileSync(path, content.text);
  }
  const steps = [
    ...(build === undefined ? [] : [build]),
    `npx micrograd-spec check ${engine}`,
    `npx micrograd-spec ${engine}`,
  ];
  return [
    ...[...files.keys()].map((file) => `wrote  ${file}`),
    '',
    `Now ${next}.`,
    'With the engine that stands there, all of this runs already:',
    '',
    ...steps.map((step) => `  ${step}`),
  ].join('\n');
}

/** Whether the author's project has micrograd-spec among its dependencies. */
function isDependency(folder: string): boolean {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return false;
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(file, 'utf8'));
    return Object.hasOwn({ ...dependencies, ...devDependencies }, 'micrograd-spec');
  } catch (error) {
    throw new SpecError(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

function workflow({ engine, build, install }: Template, isInstalled: boolean): string {
  const own = isInstalled
    ? '      - run: npm ci\n'
    : '      # as long as the package is not on npm, install it from a clone before: see its README\n';
  const before = [install, build].map((step) => (step === undefined ? '' : `      - run: ${step}\n`)).join('');
  return `name: micrograd-spec
on: [push, pull_request]
permissions:
  contents: read
jobs:
  spec:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 24 }
${own}${before}      - run: npx --yes micrograd-spec ${engine} --expected ${EXPECTED} --html report/spec.html --junit report/spec.xml
      - uses: actions/upload-artifact@v4
        if: always()
        with: { name: report, path: report }
`;
}
