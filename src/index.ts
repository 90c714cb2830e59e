export { type Conformity, type ConformOptions, conform } from './command/conform';
export type { End } from './gate/gather';
export type { About, FindingResult, Results, ScenarioResult } from './gate/results';
export type { Counts } from './gate/verdict';
export * from './micrograd/micrograd';
