import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SpecError } from '../src/errors';

const { dependencies } = JSON.parse(readFileSync(join(__dirname, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

/** The versions of the packages that the project is compared with, as bench/package.json has them. */
export const PEERS: Readonly<Record<string, string>> = dependencies;

/**
 * Sees to it that the packages that the project is compared with are there, each in its version. Nothing is installed here.
 *
 * @throws SpecError that says how they are installed
 */
export function requirePeers(): void {
  const missing = Object.entries(PEERS).filter(([name, version]) => installed(name) !== version);
  if (missing.length === 0) return;
  throw new SpecError(
    [
      `The engines that this is compared with are not installed: ${missing.map((each) => each.join(' ')).join(', ')}.`,
      'Install them, in bench/ alone:  npm ci --prefix bench',
      'Or measure without them:        npm run bench -- --without-peers',
    ].join('\n'),
  );
}

function installed(name: string): string | undefined {
  const file = join(__dirname, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
