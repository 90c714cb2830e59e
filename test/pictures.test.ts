import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import { layOut } from '../src/node/layouts';
import { Notebook } from '../src/notebook/notebook';
import { dot, drawGraph, drawPicture, MOST } from '../src/pictures/drawing';
import { drawBoundary, drawCurve, grid } from '../src/pictures/learning';
import { graphPicture, inWords } from '../src/pictures/picture';
import { cucumber, ROOT, run } from './run-spec';

describe('a picture of a graph', () => {
  it('shows the data and the gradient of each node, before and after a step', async () => {
    const notebook = new Notebook(bundledEngine());
    notebook.leaf('a', 2);
    await notebook.express('y = a * 3 - 1');
    notebook.backward('y');
    const before = await drawGraph(await notebook.graph(MOST), layOut);
    for (const text of ['>a<', '>data 2<', '>grad 3<', '>data 5<', '>a * 3<', '>-<', '>3<']) {
      expect(before).toContain(text);
    }
    await notebook.run('a.data = -0.5');
    const after = await drawGraph(await notebook.graph(MOST), layOut);
    expect(after).toContain('>data −0.5<');
    expect(after).toContain('>data 5<');
    // the numbers differ, and nothing else: the layout is that of before
    expect(after.replaceAll(/>data [^<]*/g, '')).toBe(before.replaceAll(/>data [^<]*/g, ''));
  });

  it('says so where a graph is too large to be drawn', async () => {
    const notebook = new Notebook(bundledEngine());
    notebook.leaf('a', 2);
    await notebook.run('a = a + 1', 100);
    expect(await drawGraph(await notebook.graph(MOST), layOut)).toContain(
      'A graph of more than 30 nodes: too many to draw.',
    );
  });

  it('shows what a network is given and gives, and not its parameters', async () => {
    const notebook = new Notebook(bundledEngine());
    notebook.leaf('x', 2);
    notebook.network('N', { activation: 'tanh', inputs: 1, layers: [2, 1], seed: 1 });
    await notebook.express('y = N(x) + 1');
    const drawn = await drawGraph(await notebook.graph(MOST), layOut);
    expect(drawn.match(/>data [^<]*/g)).toHaveLength(3);
    expect(drawn).toContain('>N<');
    // but for those that something else uses
    await notebook.expressSquares('Q', 'N');
    expect((await drawGraph(await notebook.graph(MOST), layOut)).match(/>N\.\w+/g)?.length).toBeGreaterThan(3);
  });

  it('gives no number to a node whose name another has taken, and tells apart nodes of one name', async () => {
    const notebook = new Notebook(bundledEngine());
    notebook.leaf('a', 2);
    await notebook.express('c = a + 1\nc = c * 2');
    const before = graphPicture(await notebook.graph(MOST));
    expect(inWords(before)).toBe(
      'a: data 2, gradient 0; c, made by + of a and 1; c, made by * of c and 2: data 6, gradient 0.',
    );
    notebook.backward('c');
    const after = graphPicture(await notebook.graph(MOST));
    expect(inWords(after, before)).toMatch(/ Changed: gradient of a is 2; gradient of c is 1\.$/);
    expect(await drawPicture(after, layOut, before)).not.toMatch(/\?|undefined/);
  });

  it('takes a name for text, whatever it contains', async () => {
    const evil = '"]; x [URL="javascript:alert(1)"]; <script>\\';
    const nodes = [{ index: 0, name: evil, operation: 'leaf' as const, operands: [] }];
    expect(dot(nodes).source).toContain('label="\\"]; x [URL=\\"javascript');
    for (const name of [evil, '<script>', '&lt;a']) {
      const svg = await drawGraph([{ index: 0, name, operation: 'leaf' as const, operands: [] }], layOut);
      expect(svg).not.toMatch(/<script|<a |[^;]&lt;a/);
    }
  });
});

describe('the pictures of a run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
  const kept = () => readdirSync(folder).filter((name) => name.startsWith('layouts-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Changes what is kept, each layout with a digest that is right again. */
  function change(to: (picture: string) => string): void {
    const name = kept()[0] as string;
    const layouts = Object.entries<string>(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    const changed = layouts.map(([source, layout]) => {
      const picture = to(layout.slice(layout.indexOf(' ') + 1));
      const digest = createHash('sha256').update([name, source, picture].join('\0')).digest('hex').slice(0, 32);
      return [source, `${digest} ${picture}`];
    });
    writeFileSync(join(folder, name), JSON.stringify(Object.fromEntries(changed)));
  }

  /** The pictures of a scenario, each with the step that it stands below. */
  async function pictures(): Promise<[step: string, svg: string][]> {
    const file = join(folder, 'messages.ndjson');
    const scenario = ['features/05*', '--name', 'L rises from', '-f', `message:${file}`];
    const { code, output } = await cucumber(scenario, { MICROGRAD_SPEC_CACHE: folder });
    expect(code, output).toBe(0);
    const messages = readFileSync(file, 'utf8').trim().split('\n');
    const texts = new Map<string, string>();
    const steps = new Map<string, string>();
    const seen: [string, string][] = [];
    for (const { pickle, testCase, attachment } of messages.map((line) => JSON.parse(line))) {
      for (const { id, text } of pickle?.steps ?? []) texts.set(id, text);
      for (const { id, pickleStepId } of testCase?.testSteps ?? []) steps.set(id, texts.get(pickleStepId) ?? '');
      if (attachment?.mediaType !== 'image/svg+xml') continue;
      seen.push([steps.get(attachment.testStepId) ?? '', Buffer.from(attachment.body, 'base64').toString()]);
    }
    return seen;
  }

  it('show the graph as the step above them leaves it, and are laid out once', async () => {
    const first = await pictures();
    const numbers = ['grad −4', 'data −3.04', 'data −8', 'data −7.286496'];
    expect(first.map(([step, svg]) => [step, ...numbers.filter((text) => svg.includes(`>${text}<`))])).toEqual([
      ['the expressions', 'data −8'],
      ['the backward pass runs from L', 'grad −4', 'data −8'],
      ['this code runs', 'grad −4', 'data −3.04', 'data −8'],
      ['the expressions run again', 'grad −4', 'data −3.04', 'data −7.286496'],
    ]);
    // what was kept is what the next run uses
    expect(kept()).toHaveLength(1);
    change((picture) => picture.replace('<svg', '<svg data-kept="yes"'));
    expect(await pictures()).toEqual(first.map(([step, svg]) => [step, svg.replace('<svg', '<svg data-kept="yes"')]));
  }, 60_000);

  it.each(['{"digraph', 'null', '3', ''])(
    'are laid out anew where %s was kept',
    async (text) => {
      const graph = 'digraph { a -> b }';
      const script = `require('./src/node/layouts.ts').layOut('${graph}').then(console.log)`;
      const layOutThere = () =>
        run(process.execPath, ['-r', './steps/typescript.cjs', '-e', script], ROOT, { MICROGRAD_SPEC_CACHE: folder });
      const good = await layOutThere();
      expect(good.output).toMatch(/^<svg.*>a<.*>b<.*<\/svg>\s*$/s);
      const file = join(folder, kept()[0] as string);
      writeFileSync(file, text);
      expect(await layOutThere()).toEqual(good);
      expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toEqual([graph]);
    },
    60_000,
  );
});

describe('a layout that was kept and then changed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const [graph, other] = ['digraph { a -> b }', 'digraph { a -> c }'];
  const layOutThere = (source: string) =>
    run(
      process.execPath,
      ['-r', './steps/typescript.cjs', '-e', `require('./src/node/layouts.ts').layOut('${source}').then(console.log)`],
      ROOT,
      { MICROGRAD_SPEC_CACHE: folder },
    );
  const file = () => join(folder, readdirSync(folder).find((name) => name.startsWith('layouts-')) as string);
  const evil = '<svg><script>alert(1)</script></svg>';
  const sealed = (picture: string) => {
    const text = [basename(file()), graph, picture].join('\0');
    return `${createHash('sha256').update(text).digest('hex').slice(0, 32)} ${picture}`;
  };

  it.each<[string, (layouts: Record<string, string>) => unknown]>([
    ['to a number', () => 3],
    ['to a list', () => ['<svg></svg>']],
    ['to an object', () => ({ toString: 'x' })],
    ['to nothing', () => ''],
    ['to another picture', () => '<svg></svg>'],
    ['to another picture, with its digest', (layouts) => layouts[graph]?.replace('>a<', '>x<')],
    ['to the layout of another graph', (layouts) => layouts[other]],
    ['so that its end is missing', (layouts) => layouts[graph]?.slice(0, -10)],
    ['to a script, with a digest that is right', () => sealed(evil)],
    ['to an event, with a digest that is right', () => sealed('<svg onload="alert(1)"></svg>')],
    ['to a link, with a digest that is right', () => sealed('<svg><a href="javascript:alert(1)"></a></svg>')],
    ['to a frame, with a digest that is right', () => sealed('<svg><foreignObject></foreignObject></svg>')],
    ['to half a script, with a digest that is right', () => sealed('<svg></svg><script')],
  ])('%s, is made anew', async (_, change) => {
    const good = await layOutThere(graph);
    expect(good.output).toMatch(/^<svg.*>a<.*>b<.*<\/svg>\s*$/s);
    await layOutThere(other);
    const layouts = JSON.parse(readFileSync(file(), 'utf8'));
    writeFileSync(file(), JSON.stringify({ ...layouts, [graph]: change(layouts) }));
    expect(await layOutThere(graph)).toEqual(good);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(layouts);
  });
});

describe('pictures of learning', () => {
  it('show where the loss begins and where it ends', () => {
    const svg = drawCurve([1.5, 2, 0.25]);
    expect(svg).toContain('loss, up to 2<');
    expect(svg).toContain('1.5 at first<');
    expect(svg).toContain('0.25<');
    expect(svg).toContain('after 2 steps');
    expect(svg.match(/points="([^"]*)"/)?.[1]?.split(' ')).toHaveLength(3);
  });

  it('show each point and each part of the plane', () => {
    const points = [
      { x: 0, y: 0, side: 1 },
      { x: 1, y: 1, side: -1 },
    ];
    const cells = grid(points).map((cell) => ({ ...cell, side: cell.x - 0.5 }));
    const svg = drawBoundary(points, cells);
    expect(svg.match(/<circle/g)).toHaveLength(2 + 2); // and two in the legend
    expect(svg.match(/<rect/g)).toHaveLength(cells.length);
    expect(Math.min(...cells.map(({ x }) => x))).toBeLessThan(0);
    expect(Math.max(...cells.map(({ y }) => y))).toBeGreaterThan(1);
  });
});
