export { Batch, type BatchOptions } from './micrograd/batch';
export {
  type Activation,
  Layer,
  MLP,
  Network,
  type NetworkNode,
  type NetworkOptions,
  Neuron,
} from './micrograd/network';
export { type Recording, record } from './micrograd/record';
export { type Operand, Value } from './micrograd/value';
