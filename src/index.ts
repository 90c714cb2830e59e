export { type Activation, Layer, MLP, type NetworkNode, type NetworkOptions, Neuron } from './micrograd/network';
export { type Operand, Value } from './micrograd/value';
