import { layOut } from '../node/layouts';
import { drawPicture, placesIn } from '../pictures/drawing';
import { changes, type GraphPicture, inWords } from '../pictures/picture';
import { escaped } from './markdown';
import type { Seen } from './model';

/**
 * Draws the pictures of one page. The layouts stay in it, so that it can draw them again with other numbers: across, as in the
 * first picture that was drawn so, with the places of its texts; and down, as a phone wants it, whole. They stand at the end: the
 * graphs before and after a step, side by side, travel for little more than one.
 */
export class Drawer {
  /** The sources, in Graphviz's language, each with the number of its layout. */
  private readonly known = new Map<string, number>();

  /** The layouts, in the order of their numbers: HTML for the end of the page. */
  layouts = '';

  /**
   * A picture, to be shown and hidden.
   *
   * @param seen - the picture
   * @param isOpen - whether it is shown at first
   */
  async html({ picture, title, before }: Seen, isOpen: boolean): Promise<string> {
    const used: number[] = [];
    const keep = async (source: string) => {
      const layout = await layOut(source);
      const number = this.known.get(source) ?? this.known.size;
      if (number === this.known.size) {
        this.layouts += script(source, used.length === 0 ? placesIn(layout).join(' ') : layout);
        this.known.set(source, number);
      }
      used.push(number);
      return layout;
    };
    const svg = await drawPicture(picture, keep, before);
    if (picture.kind === 'graph') await drawPicture(picture, keep, before, false);
    const layouts = used.length === 0 ? '' : ` data-layouts="${used.join(' ')}"`;
    const changed = picture.kind === 'graph' ? whatChanged(picture, before) : '';
    return `<details class="picture"${isOpen ? ' open' : ''}${layouts}><summary>${escaped(title)}${changed}</summary>
<div class="scroll" tabindex="0">${accessible(svg, inWords(picture, before))}</div></details>`;
  }
}

/** A layout, where the page finds it. */
function script(source: string, layout: string): string {
  if (/<\/script|<!--/i.test(source)) throw new Error(`a layout cannot be written into a page: ${source}`);
  return `\n<script type="text/plain" class="layout">${source}\n\n${layout}</script>`;
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
