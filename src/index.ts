export {
  type Activation,
  Layer,
  MLP,
  Network,
  type NetworkNode,
  type NetworkOptions,
  Neuron,
} from './micrograd/network';
export { type Operand, Value } from './micrograd/value';
