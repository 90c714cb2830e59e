import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The smallest feature that checks something. */
const SMALLEST = `Feature: the smallest
  Scenario: one sum
    Given the leaves
      | a |
      | 2 |
    When this code runs
      """
      y = a + 3
      """
    Then y is 5
`;

/** Folders that a measurement needs for a while. */
export class Places {
  private readonly folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-bench-'));
  private count = 0;

  /** A project for Cucumber with one feature, in which there is nothing, and without steps. */
  readonly empty = this.made('empty');
  /** A feature of one scenario. */
  readonly smallest = join(this.folder, 'smallest.feature');
  /** Where compiled code and the like is kept between runs. */
  readonly kept = this.made('kept');
  /** Where reports go that nobody reads. */
  readonly report = join(this.folder, 'report.html');

  constructor() {
    writeFileSync(join(this.made('empty/features'), 'empty.feature'), 'Feature: empty\n');
    writeFileSync(this.smallest, SMALLEST);
  }

  /** A folder in which nothing is kept yet. */
  fresh(): string {
    this.count += 1;
    return this.made(`fresh-${this.count}`);
  }

  /** Removes all of them. */
  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private made(name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    return folder;
  }
}
