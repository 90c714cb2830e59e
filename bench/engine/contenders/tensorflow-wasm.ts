import { tensorflow } from './tensorflow';

/** TensorFlow.js, computing in WebAssembly. */
export const contender = tensorflow('wasm');
