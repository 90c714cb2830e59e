import { setWorldConstructor, World } from '@cucumber/cucumber';
import { bundledEngine } from '../src/engines/bundled';
import { Notebook } from '../src/notebook';
import { drawGraph } from '../src/pictures/graph';

/** What a scenario has: a notebook, on the engine under test. */
export class NotebookWorld extends World {
  /** The notebook of this scenario. */
  readonly notebook = new Notebook(bundledEngine());

  private lastPicture = '';

  /** Puts a picture of the graph, as it is now, into the report, unless it would be the last one again. */
  async picture(): Promise<void> {
    const nodes = await this.notebook.graph();
    if (nodes.every(({ operation }) => operation === 'leaf')) return;
    // Cucumber shows an SVG that comes as bytes; as a string it would show its source.
    const picture = await drawGraph(nodes);
    if (picture !== this.lastPicture)
      this.attach(Buffer.from(picture), { mediaType: 'image/svg+xml', fileName: 'The graph' });
    this.lastPicture = picture;
  }
}

setWorldConstructor(NotebookWorld);
