import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { list, SpecError } from '../errors';
import { ROOT } from '../node/place';

/** What is written for a language. */
interface Template {
  /** What is copied from the examples of this project, and where to. */
  readonly copies: readonly (readonly [from: string, to: string])[];
  /** How the engine is named on a command line. */
  readonly engine: string;
  /** What is done before that, in a workflow and by hand. */
  readonly build?: string;
  /** What is to be filled in. */
  readonly next: string;
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
    copies: [['examples/javascript/engine.mjs', 'engine.mjs']],
    engine: `--engine ./${FOLDER}/engine.mjs#Value`,
    next: `export your own class in ${FOLDER}/engine.mjs`,
  },
  python: {
    copies: [
      ['examples/python/adapter.py', 'adapter.py'],
      ['examples/python/engine.py', 'engine.py'],
    ],
    engine: `--engine-command "python3 ${FOLDER}/adapter.py"`,
    next: `put your engine in the place of ${FOLDER}/engine.py, and in adapter.py what it is called there`,
  },
  cpp: {
    copies: [
      ['examples/cpp/adapter.cpp', 'adapter.cpp'],
      ['examples/cpp/engine.hpp', 'engine.hpp'],
    ],
    build: `c++ -O2 -o ${FOLDER}/adapter ${FOLDER}/adapter.cpp`,
    engine: `--engine-command ./${FOLDER}/adapter`,
    next: `put your engine in the place of ${FOLDER}/engine.hpp, and in adapter.cpp what it is called there`,
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
  const template = TEMPLATES[language];
  if (template === undefined) {
    throw new SpecError(
      `there is nothing to begin with for "${language}", but for ${list(LANGUAGES)}; in any other language, write an adapter: see docs/engine-protocol.md`,
    );
  }
  const { copies, engine, build, next } = template;
  const files = new Map<string, { readonly copy: string } | { readonly text: string }>([
    ...copies.map(([from, to]) => [join(FOLDER, to), { copy: join(ROOT, from) }] as const),
    [EXPECTED, { text: ABOUT_EXPECTED }],
    [WORKFLOW, { text: workflow(engine, build) }],
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

function workflow(engine: string, build: string | undefined): string {
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
      # as long as the package is not on npm, install it from a clone before: see its README
${build === undefined ? '' : `      - run: ${build}\n`}      - run: npx --yes micrograd-spec ${engine} --expected ${EXPECTED} --html report/spec.html --junit report/spec.xml
      - uses: actions/upload-artifact@v4
        if: always()
        with: { name: report, path: report }
`;
}
