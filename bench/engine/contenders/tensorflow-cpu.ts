import { tensorflow } from './tensorflow';

/** TensorFlow.js, computing in JavaScript. */
export const contender = tensorflow('cpu');
