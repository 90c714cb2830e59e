import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whether the project runs from its sources, and not as an installed package. */
export const IS_SOURCE = __filename.endsWith('.ts');
/** The project's own folder. */
export const ROOT = join(dirname(__dirname), IS_SOURCE ? '..' : '../..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
/** The project's version. */
export const VERSION = version;
/** The folder of packages from which those come that the project needs. */
export function packages(): string {
  const viz = require.resolve('@viz-js/viz');
  return viz.slice(0, viz.lastIndexOf('node_modules') + 'node_modules'.length);
}

/** The folder in which is kept what the next run can use. */
export function cache(): string {
  return process.env.MICROGRAD_SPEC_CACHE ?? join(packages(), '.cache', 'micrograd-spec');
}

/** What a run is run by: `micrograd-spec 0.1.0 on Node.js 20.0.0`. */
export const VERSIONS = `micrograd-spec ${version} on Node.js ${process.versions.node}`;
