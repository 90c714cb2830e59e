/*
 * GitHub Actions carries out lines of output that look like commands: those that begin with two colons, whatever space is
 * before them, and those with ##[ anywhere. What an engine prints, or says where it fails, ends up in the output, and must
 * not be carried out.
 */

/**
 * Whether what is printed is read by GitHub Actions.
 *
 * @param env - the environment
 */
export function isOnGitHub(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.GITHUB_ACTIONS === 'true';
}

/** Text as it comes, with a space in the middle of whatever would be carried out. */
export class Harmless {
  /** What stands in the line already, as far as it may be the beginning of a command. */
  private before = '';

  /**
   * @param text - the next piece of text; a line may come in several
   * @returns the piece, without commands
   */
  take(text: string): string {
    const pieces = text.split(/(\r|\n)/);
    return pieces.map((piece) => this.piece(piece)).join('');
  }

  private piece(piece: string): string {
    const isEnd = piece === '\r' || piece === '\n';
    const line = this.before + piece;
    // what was printed before had no whole command in it, so a space that is put in is always in this piece
    const safe = line.replace(COMMAND, '$& ').slice(this.before.length);
    this.before = isEnd ? '' : BLANK.test(line) ? line : `-${line.slice(-2)}`;
    return safe;
  }
}

/** All but the last letter of what begins a command. .NET, which reads it, takes U+0085 for space as well. */
const COMMAND = /^[\s\u0085]*:(?=:)|##(?=\[)/g;
/** What may still become a command. */
const BLANK = /^[\s\u0085]*:?$/;

const guarded = new Map<NodeJS.WriteStream, NodeJS.WriteStream['write']>();

/**
 * Sees to it that nothing which is written to a stream is carried out.
 *
 * @param stream - where output is written to
 */
export function guard(stream: NodeJS.WriteStream): void {
  if (guarded.has(stream)) return;
  const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
  guarded.set(stream, write as NodeJS.WriteStream['write']);
  const harmless = new Harmless();
  stream.write = (...[chunk, ...rest]: unknown[]) => {
    if (typeof chunk === 'string') return write(harmless.take(chunk), ...rest);
    // bytes stay the bytes that they are
    return write(Buffer.from(harmless.take(Buffer.from(chunk as Uint8Array).toString('latin1')), 'latin1'), ...rest);
  };
}

/**
 * Has GitHub Actions carry out a command.
 *
 * @param line - see {@link commandLine}
 */
export function carryOut(line: string): void {
  const write = guarded.get(process.stdout) ?? process.stdout.write.bind(process.stdout);
  write(`\n${line}\n`);
}

/**
 * A command as GitHub Actions reads it.
 *
 * @param name - `error`
 * @param properties - `file`, `line`, `title`
 * @param message - what is said
 * @see https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
 */
export function commandLine(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const given = Object.entries(properties).map(
    ([key, value]) => `${key}=${escaped(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
  );
  return `::${name} ${given.join(',')}::${escaped(message)}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
