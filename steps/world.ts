import { setWorldConstructor, World } from '@cucumber/cucumber';
import { bundledEngine } from '../src/engines/bundled';
import { type Example, Notebook } from '../src/notebook';
import { drawGraph, MOST } from '../src/pictures/graph';

/** What a scenario has: a notebook, on the engine under test. */
export class NotebookWorld extends World {
  /** The engine under test. */
  readonly engine = bundledEngine();
  /** The notebook of this scenario. */
  readonly notebook = new Notebook(this.engine);
  /** What a network is to learn from. */
  examples: readonly Example[] = [];
  /** The notes' code for one of these. */
  exampleCode = '';
  private changed = false;

  /** Says that the graph has changed; a picture of it is due, once somebody looks. */
  change(): void {
    this.changed = true;
  }

  /** Puts a picture of the graph as it is now into the report, if it has changed since the last one. */
  async picture(): Promise<void> {
    if (!this.changed) return;
    this.changed = false;
    const nodes = await this.notebook.graph(MOST);
    if (nodes.some(({ operation }) => operation !== 'leaf')) this.show(await drawGraph(nodes), 'The graph');
  }

  /**
   * Puts a picture into the report.
   *
   * @param svg - the picture
   * @param title - what it shows
   */
  show(svg: string, title: string): void {
    // Cucumber shows an SVG that comes as bytes; as a string it would show its source.
    this.attach(Buffer.from(svg), { mediaType: 'image/svg+xml', fileName: title });
  }
}

setWorldConstructor(NotebookWorld);
