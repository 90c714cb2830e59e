/*
 * The engine. A `Value` is a node; a network is made of them. A recording keeps a graph to compute it again, a batch does so
 * for many examples, and a kernel is the code that is made for a batch.
 *
 *     value.ts ──▶ network.ts
 *        └──▶ rules.ts ──▶ record.ts ──▶ code.ts ──▶ kernel.ts ──▶ batch.ts
 */

export { Batch, type BatchOptions } from './batch';
export {
  type Activation,
  Layer,
  MLP,
  Network,
  type NetworkNode,
  type NetworkOptions,
  Neuron,
} from './network';
export { type Recording, record } from './record';
export { type Operand, Value } from './value';
