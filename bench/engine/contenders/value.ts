import { Value } from '../../../src/index';
import { scalars } from '../scalar';

/** The project's own engine, as a program uses it. */
export const contender = scalars<Value>({ leaf: (data) => new Value(data), madeFrom: ({ a, b }) => [a, b] });
