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
