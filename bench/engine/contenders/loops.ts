import type { Contender } from '../contender';
import { BATCHES, DECAY, LAYERS, LEAVES, type Link, RATE } from '../workloads';

/*
 * The workloads without any engine: loops over numbers, with the derivatives written out by hand. Nothing that works
 * them out by itself is faster.
 */

const answer = new Float64Array(5);

function example(): Float64Array {
  const a = LEAVES[0];
  const b = LEAVES[1];
  const c = LEAVES[2];
  const f = LEAVES[3];
  const e = a * b + c;
  answer[0] = e * f;
  answer[1] = f * b;
  answer[2] = f * a;
  answer[3] = f;
  answer[4] = e;
  return answer;
}

function chain(operations: number, { times, plus }: Link): readonly number[] {
  let end = 1;
  for (let i = 0; i < operations; i += 2) end = end * times + plus;
  let slope = 1;
  for (let i = 0; i < operations; i += 2) slope *= times;
  return [end, slope];
}

/** A layer with its weights, their gradients, and what flows through it for one point. */
interface Dense {
  readonly inputs: number;
  readonly outputs: number;
  /** Shape [inputs, outputs], as are their gradients. */
  readonly weights: Float64Array;
  readonly weightGradients: Float64Array;
  readonly biases: Float64Array;
  readonly biasGradients: Float64Array;
  readonly out: Float64Array;
  readonly outGradients: Float64Array;
}

const dense = LAYERS.map(
  ({ inputs, outputs }): Dense => ({
    inputs,
    outputs,
    weights: new Float64Array(inputs * outputs),
    weightGradients: new Float64Array(inputs * outputs),
    biases: new Float64Array(outputs),
    biasGradients: new Float64Array(outputs),
    out: new Float64Array(outputs),
    outGradients: new Float64Array(outputs),
  }),
);
const [input, inputGradients] = [new Float64Array(2), new Float64Array(2)];
const last = dense[dense.length - 1] as Dense;

function forward({ inputs, outputs, weights, biases, out }: Dense, from: Float64Array, isBent: boolean): void {
  for (let j = 0; j < outputs; j++) out[j] = biases[j] as number;
  for (let i = 0; i < inputs; i++) {
    const x = from[i] as number;
    for (let j = 0; j < outputs; j++) (out[j] as number) += x * (weights[i * outputs + j] as number);
  }
  if (isBent) for (let j = 0; j < outputs; j++) if ((out[j] as number) < 0) out[j] = 0;
}

function backward(layer: Dense, from: Float64Array, fromGradients: Float64Array, isBent: boolean): void {
  const { inputs, outputs, weights, weightGradients, biasGradients, out, outGradients } = layer;
  for (let j = 0; j < outputs; j++) {
    if (isBent && !((out[j] as number) > 0)) outGradients[j] = 0;
    (biasGradients[j] as number) += outGradients[j] as number;
  }
  for (let i = 0; i < inputs; i++) {
    const x = from[i] as number;
    let gradient = 0;
    for (let j = 0; j < outputs; j++) {
      const at = i * outputs + j;
      const share = outGradients[j] as number;
      (weightGradients[at] as number) += x * share;
      gradient += (weights[at] as number) * share;
    }
    fromGradients[i] = gradient;
  }
}

function step(points: (typeof BATCHES)[number]): number {
  let loss = 0;
  for (const { weightGradients, biasGradients } of dense) {
    weightGradients.fill(0);
    biasGradients.fill(0);
  }
  for (const { x, y, label } of points) {
    input[0] = x;
    input[1] = y;
    let signal: Float64Array = input;
    for (const layer of dense) {
      forward(layer, signal, layer !== last);
      signal = layer.out;
    }
    const margin = 1 - label * (signal[0] as number);
    if (!(margin > 0)) continue;
    loss += margin / points.length;
    last.outGradients[0] = -label / points.length;
    for (let i = dense.length - 1; i >= 0; i--) {
      const before = dense[i - 1];
      const layer = dense[i] as Dense;
      backward(layer, before?.out ?? input, before?.outGradients ?? inputGradients, layer !== last);
    }
  }
  for (const { weights, weightGradients, biases, biasGradients } of dense) {
    loss += descend(weights, weightGradients) + descend(biases, biasGradients);
  }
  return loss;
}

/** Moves some parameters, and gives what their squares add to the loss. */
function descend(parameters: Float64Array, gradients: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i] as number;
    squares += parameter * parameter;
    parameters[i] = parameter - RATE * ((gradients[i] as number) + 2 * DECAY * parameter);
  }
  return DECAY * squares;
}

function training(): readonly number[] {
  for (const [i, { weights, biases }] of LAYERS.entries()) {
    dense[i]?.weights.set(weights);
    dense[i]?.biases.set(biases);
  }
  return BATCHES.map(step);
}

/** How it takes part. */
export const contender: Contender = { example, chain, training };
