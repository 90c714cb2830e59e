import type { Envelope } from '@cucumber/messages';

/** Whether a text is a sentence that some step is defined by. */
export type Reads = (text: string) => boolean;

/**
 * Collects the sentences that the steps of a run are defined by, from its messages.
 */
export class Sentences {
  private readonly types: NonNullable<Envelope['parameterType']>[] = [];
  private readonly patterns: NonNullable<Envelope['stepDefinition']>['pattern'][] = [];
  private readers: Reads[] | undefined;

  /** @param message - one message of the run; they come in order */
  take({ parameterType, stepDefinition }: Envelope): void {
    if (parameterType) this.types.push(parameterType);
    if (stepDefinition) this.patterns.push(stepDefinition.pattern);
    if (parameterType || stepDefinition) this.readers = undefined;
  }

  /**
   * Whether a text is one of the sentences, from its beginning to its end.
   *
   * @param text - without the keyword
   */
  read(text: string): boolean {
    this.readers ??= this.compile();
    return this.readers.some((reads) => reads(text));
  }

  private compile(): Reads[] {
    const { CucumberExpression, ParameterType, ParameterTypeRegistry, RegularExpression } =
      require('@cucumber/cucumber-expressions') as typeof import('@cucumber/cucumber-expressions');
    const registry = new ParameterTypeRegistry();
    // a merge has them once for each part
    const types = new Map(this.types.map((type) => [type.name, type]));
    for (const { name, regularExpressions } of types.values()) {
      registry.defineParameterType(new ParameterType(name, [...regularExpressions], null, String, false, false));
    }
    return this.patterns.flatMap(({ source, type }): Reads[] => {
      try {
        const isText = type === 'CUCUMBER_EXPRESSION';
        const expression = isText
          ? new CucumberExpression(source, registry)
          : new RegularExpression(regularExpression(source), registry);
        return [(text) => expression.match(text) !== null];
      } catch {
        return []; // Cucumber itself could not read it either, and has said so
      }
    });
  }
}

/** A regular expression as the messages have it: with flags between slashes, without them bare. */
function regularExpression(source: string): RegExp {
  const [, inner = source, flags = ''] = /^\/(.*)\/([a-z]+)$/s.exec(source) ?? [];
  return new RegExp(inner, flags.replace(/[gy]/g, ''));
}
