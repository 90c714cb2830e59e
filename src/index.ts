export { type Activation, Layer, MLP, type NetworkNode, type NetworkOptions, Neuron } from './network';
export { type Operand, Value } from './value';
