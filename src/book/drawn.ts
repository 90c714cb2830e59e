import { layOut } from '../node/layouts';
import { drawPicture } from '../pictures/drawing';
import { changes, type GraphPicture, inWords } from '../pictures/picture';
import { escaped } from './markdown';
import type { Seen } from './model';

/** Draws the pictures of one page, and keeps the layouts, so that the page can draw them again with other numbers. */
export class Drawer {
  /** The layouts, by their source in Graphviz's language. */
  readonly layouts: Record<string, string> = {};

  private readonly layOut = async (source: string): Promise<string> => {
    // a tenth of a point is nothing that anybody sees, and the digits behind it are a third of a page
    const layout = (await layOut(source)).replace(/<[^>]*>/g, (tag) => tag.replace(/(\d\.\d)\d+/g, '$1'));
    this.layouts[source] = layout;
    return layout;
  };

  /**
   * A picture, to be shown and hidden.
   *
   * @param seen - the picture
   * @param isOpen - whether it is shown at first
   */
  async html({ picture, title, before }: Seen, isOpen: boolean): Promise<string> {
    const used: string[] = [];
    const layOut = (source: string) => {
      used.push(source);
      return this.layOut(source);
    };
    const svg = await drawPicture(picture, layOut, before);
    // a phone has room for what runs down the page: the page will want that layout as well
    if (picture.kind === 'graph') await drawPicture(picture, layOut, before, false);
    const sources = Object.keys(this.layouts);
    const layouts = used.length === 0 ? '' : ` data-layouts="${used.map((each) => sources.indexOf(each)).join(' ')}"`;
    const changed = picture.kind === 'graph' ? whatChanged(picture, before) : '';
    return `<details class="picture"${isOpen ? ' open' : ''}${layouts}><summary>${escaped(title)}${changed}</summary>
<div class="scroll" tabindex="0">${accessible(svg, inWords(picture, before))}</div></details>`;
  }
}

/** The names of the nodes that have changed. */
function whatChanged(picture: GraphPicture, before: GraphPicture | undefined): string {
  const names = changes(picture, before).flatMap((fields, i) =>
    fields.length === 0 ? [] : [picture.nodes[i]?.name ?? ''],
  );
  return names.length === 0 ? '' : ` <small>changed: ${escaped(names.slice(0, 8).join(', '))}</small>`;
}

function accessible(svg: string, words: string): string {
  return svg.replace('<svg', `<svg role="img" aria-label="${escaped(words)}"`);
}
