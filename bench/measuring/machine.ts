import { cpus } from 'node:os';

/** What something was measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  /** The day, as in 2025-01-31. */
  readonly date: string;
}

/** The machine that this runs on, today. Its name is nobody's business. */
export function thisMachine(): Machine {
  const all = cpus();
  return {
    processor: all[0]?.model.trim() || 'unknown processor',
    cores: all.length,
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
  };
}
