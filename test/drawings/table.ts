import { bundledEngine } from '../../src/engines/bundled';
import { type Expression, parse } from '../../src/notebook/notation';
import { Notebook } from '../../src/notebook/notebook';
import { NAMES, OPERATIONS, type Operation } from '../../src/protocol/operations';
import { local } from './local';

/*
 * Reads the table of all operations, and compares its formulas with the engine's gradients:
 *
 *     z           ∂z/∂x                 ∂z/∂y    why
 *     ──────────────────────────────────────────────────────────────
 *     x * y       y                     x        ...
 *     relu(x)     1 if x > 0, else 0             ...
 *
 * A formula is one of the notes' code, of x, y and the result z. What is above a column is where the column begins.
 */

/** Where the formulas are tried: on either side of 0, and of one another. */
const POINTS = [
  [2, 3],
  [0.5, 1.75],
  [3, 0.25],
  [-1.25, 2],
  [-2, -0.75],
  [1.5, -3],
] as const;
/** In this many of them at least, a formula must have been compared: not every operation is defined in all. */
const FEWEST = 3;

interface Row {
  readonly result: string;
  readonly derivatives: readonly string[];
}

/**
 * Compares a table of operations with the engine.
 *
 * @param table - its lines
 * @returns a sentence for each difference, and for each operation that is missing
 */
export async function faultsOfTable(table: string): Promise<string[]> {
  const rows = rowsOf(table);
  const found = rows.map(({ result }) => operationOf(result));
  const faults = NAMES.filter((name) => found.filter((each) => each === name).length !== 1).map(
    (name) => `${name} is expected once`,
  );
  for (const [i, row] of rows.entries()) {
    const operation = found[i];
    if (operation === undefined) faults.push(`"${row.result}" is no operation on x, or on x and y`);
    else faults.push(...(await faultsOfRow(row, operation)));
  }
  return faults;
}

function rowsOf(table: string): Row[] {
  const [head = '', , ...lines] = table.split('\n');
  const starts = ['z', '∂z/∂x', '∂z/∂y', 'why'].map((title) => head.indexOf(title));
  return lines.map((line) => {
    const [result = '', ...derivatives] = starts.slice(0, 3).map((start, i) => line.slice(start, starts[i + 1]).trim());
    return { result, derivatives: derivatives.filter((each) => each !== '') };
  });
}

/** The operation of a line such as `x * y`. */
function operationOf(result: string): Operation | undefined {
  const [statement] = parse(`z = ${result}`).statements;
  if (statement?.kind !== 'bind' || statement.value.kind !== 'operation') return undefined;
  const { operation, operands } = statement.value;
  const names = operands.map((each: Expression) => (each.kind === 'name' ? each.name : '?'));
  return `${names}` === (OPERATIONS[operation].operands === 1 ? 'x' : 'x,y') ? operation : undefined;
}

async function faultsOfRow({ result, derivatives }: Row, operation: Operation): Promise<string[]> {
  if (derivatives.length !== OPERATIONS[operation].operands) return [`${result} has not one formula for each operand`];
  const faults: string[] = [];
  for (const [i, formula] of derivatives.entries()) {
    let compared = 0;
    for (const [x, y] of POINTS) {
      const { data: z, derivatives: slopes } = local(operation, [x, y]);
      const slope = slopes[i]!;
      // outside the domain there is nothing to compare
      if (!Number.isFinite(z) || !Number.isFinite(slope)) continue;
      compared++;
      const value = await evaluated(formula, { x, y, z });
      if (!(Math.abs(value - slope) <= 1e-12 * Math.max(1, Math.abs(slope)))) {
        faults.push(
          `${result} by ${'xy'[i]}: at x = ${x}, y = ${y}, ${formula} is ${value}, and the engine's is ${slope}`,
        );
      }
    }
    if (compared < FEWEST) faults.push(`${formula} was compared in ${compared} points only`);
  }
  return faults;
}

/** What a formula of plain numbers gives: `-x/y**2`, or `1 if x > y, else 0`. */
async function evaluated(formula: string, numbers: Readonly<Record<string, number>>): Promise<number> {
  const [, then, left, sign, right, other] = /^(.*) if (.*) ([<>]) (.*), else (.*)$/.exec(formula) ?? [];
  if (then === undefined) return plain(formula, numbers);
  const [a, b] = [await plain(left!, numbers), await plain(right!, numbers)];
  return plain((sign === '<' ? a < b : a > b) ? then : other!, numbers);
}

async function plain(formula: string, numbers: Readonly<Record<string, number>>): Promise<number> {
  const notebook = new Notebook(bundledEngine());
  const given = Object.entries(numbers).map(([name, value]) => `${name} = ${value}`);
  await notebook.run([...given, `value = ${formula}`].join('\n'));
  return (await notebook.quantity('value')).number!.value;
}
