import type { Examples, Scenario, Step, TableRow } from '@cucumber/messages';

/*
 * Tables in which a column or a row says nothing, or is not heeded because another one says the same.
 */

/** Gives a line its place. */
type Where = (line: number) => string;

/**
 * What is wrong with the Examples of an outline, other than what stands in their prose.
 *
 * @param scenario - the outline
 * @param at - gives a line its place
 * @returns a sentence for each fault
 */
export function faultsOfExamples({ steps, examples }: Pick<Scenario, 'steps' | 'examples'>, at: Where): string[] {
  const used = steps.flatMap(textsOf).join('\n');
  const seen = new Map<string, string>();
  return examples.flatMap(({ tableHeader, tableBody, location }: Examples) => {
    const place = at(location.line);
    if (tableHeader === undefined || tableBody.length === 0) return [`${place}: these Examples have no rows`];
    const names = tableHeader.cells.map(({ value }) => value);
    const idle = [...new Set(names)].filter((name) => !used.includes(`<${name}>`));
    return [
      ...idle.map((name) => `${place}: no step uses the column <${name}> of these Examples`),
      ...twice(names).map((name) => `${at(tableHeader.location.line)}: the column <${name}> is there twice`),
      ...tableBody.flatMap((row) => {
        // columns may stand in another order in other Examples
        const key = names.map((name, i) => JSON.stringify([name, row.cells[i]?.value])).sort();
        return again(seen, key.join(), at(row.location.line), 'this row of Examples');
      }),
    ];
  });
}

/**
 * What is wrong with the tables below steps: the same title twice, or the same node.
 *
 * @param part - a scenario, or a background
 * @param at - gives a line its place
 * @returns a sentence for each fault
 */
export function faultsOfTables({ steps }: Pick<Scenario, 'steps'>, at: Where): string[] {
  return steps.flatMap(({ dataTable }) => {
    const [header, ...rows] = dataTable?.rows ?? [];
    if (header === undefined) return [];
    const titles = header.cells.map(({ value }) => value);
    const seen = new Map<string, string>();
    const named = (row: TableRow) => row.cells[titles.indexOf('node')]?.value;
    return [
      ...twice(titles).map((title) => `${at(header.location.line)}: the column "${title}" is there twice`),
      ...rows.flatMap((row) => {
        const node = named(row);
        return node === undefined ? [] : again(seen, node, at(row.location.line), `a row for the node "${node}"`);
      }),
    ];
  });
}

/** What a step says to whoever runs it: comments in code are not for them. */
function textsOf({ text, docString, dataTable }: Step): string[] {
  const cells = dataTable?.rows.flatMap((row) => row.cells.map(({ value }) => value)) ?? [];
  return [text, docString?.content.replace(/#.*/g, '') ?? '', ...cells];
}

/** Those that are there more than once, each once. */
function twice(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}

function again(seen: Map<string, string>, key: string, place: string, what: string): string[] {
  const first = seen.get(key);
  seen.set(key, first ?? place);
  return first === undefined ? [] : [`${place}: ${what} is there already, in ${first}`];
}
