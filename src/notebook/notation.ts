import { type Expression as JsExpression, type Node, parse as parseJs } from 'acorn';
import { SpecError } from '../errors';
import { isOperation, NAMES, OPERATIONS, type Operation } from '../protocol/operations';
import { double } from './numbers';

/*
 * The notation of the notes: `e = a * b`, `a.data += 0.01 * a.grad`, `n.tanh()`.
 *
 * It is a small part of what JavaScript and Python both write, so a JavaScript parser reads it. What is read becomes
 * plain data; nothing of it is ever evaluated as code.
 */

/** Where in its cell something stands, as an offset. */
type Position = number;

/** A part of a node that can be read and written: `a.data`, `a.grad`. */
export type Field = 'data' | 'grad';

/** The right-hand side of a statement. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly at: Position }
  | { readonly kind: 'name'; readonly name: string; readonly at: Position }
  | { readonly kind: 'field'; readonly name: string; readonly field: Field; readonly at: Position }
  | { readonly kind: 'leaf'; readonly data: Expression; readonly at: Position }
  | {
      /** A network, called by its name: `N(x, y)`. */
      readonly kind: 'call';
      readonly network: string;
      readonly operands: readonly Expression[];
      readonly at: Position;
    }
  | {
      readonly kind: 'operation';
      readonly operation: Operation;
      readonly operands: readonly Expression[];
      readonly at: Position;
    };

/** One line of a cell. */
export type Statement =
  | { readonly kind: 'bind'; readonly name: string; readonly value: Expression; readonly at: Position }
  | {
      readonly kind: 'assign';
      readonly name: string;
      readonly field: Field;
      readonly value: Expression;
      readonly at: Position;
    }
  | { readonly kind: 'backward'; readonly name: string; readonly at: Position };

/** A piece of the notes' code, read but not yet run. */
export interface Cell {
  readonly source: string;
  readonly statements: readonly Statement[];
  /** Whether any statement needs an answer from the engine, see {@link readsNodes}. */
  readonly readsNodes: boolean;
  /** Whether it does nothing but make nodes and numbers and name them, whatever nodes hold. */
  readonly isSteady: boolean;
}

/** The operations that stand between their operands, by their signs. */
const SIGNS = new Map(
  NAMES.flatMap((name): [string, Operation][] => {
    const { sign, operands } = OPERATIONS[name];
    return sign !== null && operands === 2 ? [[sign, name]] : [];
  }),
);
/** The operations that are written as functions, for messages: `exp(x)`, `max(x, y)`. */
export const FUNCTIONS: readonly string[] = NAMES.filter((name) => OPERATIONS[name].sign === null).map((name) =>
  OPERATIONS[name].operands === 1 ? `${name}(x)` : `${name}(x, y)`,
);

/**
 * Reads a cell of the notes' code.
 *
 * @param source - statements, one a line; from a `#` on, a line is a comment
 * @returns the statements, in order
 * @throws SpecError, which quotes the line and points at the column, where a part is not in the notation
 * @example
 * ```ts
 * parse('e = a * b').statements[0]; // { kind: 'bind', name: 'e', value: { kind: 'operation', … } }
 * ```
 */
export function parse(source: string): Cell {
  const withoutComments = source.replace(/#.*/g, (comment) => ' '.repeat(comment.length));
  try {
    const { body } = parseJs(withoutComments, { ecmaVersion: 2022 });
    const statements = body.map(statement);
    return cellOf(source, statements);
  } catch (error) {
    if (error instanceof Misread) throw complaint(source, error.at, error.message);
    // acorn says in these words that it ran out of stack, which our own reading of its tree may do too
    if (error instanceof RangeError || (error instanceof SyntaxError && error.message.startsWith('Not enough stack'))) {
      throw new SpecError('this code is nested too deeply to be read');
    }
    if (error instanceof SyntaxError && 'pos' in error) {
      throw complaint(source, Number(error.pos), unexpected(withoutComments.slice(Number(error.pos))));
    }
    throw error;
  }
}

function cellOf(source: string, statements: readonly Statement[]): Cell {
  const reads = statements.some(readsNodes);
  return { source, statements, readsNodes: reads, isSteady: !reads && statements.every(({ kind }) => kind === 'bind') };
}

/**
 * An error that quotes a line of a cell and points at a column.
 *
 * @param source - the cell
 * @param at - the offset in it
 * @param message - what is wrong there
 */
export function complaint(source: string, at: Position, message: string): SpecError {
  const before = source.slice(0, at).split('\n');
  const line = source.split('\n')[before.length - 1] ?? '';
  const column = (before.at(-1) ?? '').length;
  const from = Math.max(0, column - 60);
  const quoted = line.slice(from, column + 60);
  const pointer = `${' '.repeat(column - from)}^ line ${before.length}, column ${column + 1} of this code`;
  return new SpecError(`${message}\n    ${quoted}\n    ${pointer}`);
}

/**
 * Writes an expression in the notation, spaced as the notes space it, with no parentheses but those it needs.
 *
 * @param expression - what to write
 */
export function write(expression: Expression): string {
  return written(expression, 0);
}

function written(expression: Expression, tightness: number): string {
  switch (expression.kind) {
    case 'number':
      return expression.value < 0 && tightness > 1 ? `(${expression.value})` : String(expression.value);
    case 'name':
      return expression.name;
    case 'field':
      return `${expression.name}.${expression.field}`;
    case 'leaf':
      return `Value(${write(expression.data)})`;
    case 'call':
      return `${expression.network}(${expression.operands.map(write).join(', ')})`;
    case 'operation': {
      const { operation, operands } = expression;
      const { sign, tightness: own } = OPERATIONS[operation];
      const [x, y] = operands;
      if (sign === null || x === undefined) return `${operation}(${operands.map(write).join(', ')})`;
      // a - (b - c) and a / (b / c) need theirs; ** binds to the right
      const [left, right] = operation === 'pow' ? [own + 1, own] : [own, own + 1];
      const text = y === undefined ? `${sign}${written(x, own)}` : `${written(x, left)} ${sign} ${written(y, right)}`;
      return own < tightness ? `(${text})` : text;
    }
  }
}

/** Thrown while a tree is read; {@link parse} adds the line that it points into. */
class Misread extends Error {
  readonly at: Position;
  constructor(node: Node, message: string) {
    super(message);
    this.at = node.start;
  }
}

function unexpected(rest: string): string {
  const token = /^(\*\*|[\w.]+|\S)/.exec(rest.trimStart())?.[0];
  if (token === '**') return 'a power of a negative needs parentheses: write (-x) ** 2 or -(x ** 2)';
  return token === undefined ? 'this ends too early' : `I do not understand "${token}" here`;
}

function statement(node: Node): Statement {
  const expression = (node as { expression?: JsExpression }).expression;
  if (node.type === 'ExpressionStatement' && expression?.type === 'AssignmentExpression') {
    return assignment(expression);
  }
  if (node.type === 'ExpressionStatement' && expression?.type === 'CallExpression') {
    const { callee } = expression;
    if (
      callee.type === 'MemberExpression' &&
      callee.object.type === 'Identifier' &&
      member(callee) === 'backward' &&
      expression.arguments.length === 0
    ) {
      return { kind: 'backward', name: callee.object.name, at: callee.object.start };
    }
  }
  throw new Misread(
    node,
    'each line either names something, as in e = a * b, changes a node, as in a.data += 0.1, or is L.backward()',
  );
}

function assignment(node: Extract<JsExpression, { type: 'AssignmentExpression' }>): Statement {
  const { left, right, operator } = node;
  const target = left.type === 'Identifier' || left.type === 'MemberExpression' ? read(left) : undefined;
  if (target?.kind !== 'name' && target?.kind !== 'field') {
    throw new Misread(left, 'left of = stands a name, x.data or x.grad');
  }
  const { at, name } = target;
  let value = read(right);
  if (operator !== '=') {
    const operation = SIGNS.get(operator.slice(0, -1));
    if (operation === undefined) throw new Misread(node, `I do not understand "${operator}" here`);
    value = { kind: 'operation', operation, operands: [target, value], at };
  }
  if (target.kind === 'name') return { kind: 'bind', name, value, at };
  return { kind: 'assign', name, field: target.field, value, at };
}

function read(node: Node): Expression {
  const js = node as JsExpression;
  const at = js.start;
  switch (js.type) {
    case 'Literal':
      if (typeof js.value === 'number') return { kind: 'number', value: literal(js, js.value, js.raw ?? ''), at };
      break;
    case 'Identifier':
      return { kind: 'name', name: js.name, at };
    case 'ParenthesizedExpression':
      return read(js.expression);
    case 'MemberExpression': {
      const field = member(js);
      if (js.object.type === 'Identifier' && (field === 'data' || field === 'grad')) {
        return { kind: 'field', name: js.object.name, field, at };
      }
      throw new Misread(js.property, 'of a node there are .data and .grad');
    }
    case 'UnaryExpression': {
      if (js.operator !== '-') break;
      const operand = read(js.argument);
      if (operand.kind === 'number') return { kind: 'number', value: -operand.value, at };
      return { kind: 'operation', operation: 'neg', operands: [operand], at };
    }
    case 'BinaryExpression': {
      const operation = SIGNS.get(js.operator);
      if (operation === undefined) break;
      return { kind: 'operation', operation, operands: [read(js.left), read(js.right)], at };
    }
    case 'CallExpression':
      return call(js);
  }
  throw new Misread(
    node,
    `I do not understand this; there are names, numbers, + - * / **, ${FUNCTIONS.join(', ')}, x.data and x.grad`,
  );
}

/** The number of a literal, if it is the one that is written. */
function literal(node: Node, value: number, raw: string): number {
  try {
    // JavaScript once took 010 for 8
    if (double(raw) !== value) throw new SpecError(`${raw} would be read as ${value}`);
    return value;
  } catch (error) {
    throw error instanceof SpecError ? new Misread(node, error.message) : error;
  }
}

/** `tanh(n)`, `n.tanh()`, `Value(2)`, or a network's `N(x, y)`. */
function call(node: Extract<JsExpression, { type: 'CallExpression' }>): Expression {
  const { callee } = node;
  const method = callee.type === 'MemberExpression';
  const name = method ? member(callee) : callee.type === 'Identifier' ? callee.name : undefined;
  const given = method ? [callee.object, ...node.arguments] : node.arguments;
  const at = node.start;
  const expect = (count: 1 | 2) => {
    if (given.length === count) return given.map(read);
    throw new Misread(node, `${name} takes ${count === 1 ? 'one operand' : 'two operands'}, not ${given.length}`);
  };
  if (name !== undefined && isOperation(name) && OPERATIONS[name].sign === null) {
    return { kind: 'operation', operation: name, operands: expect(OPERATIONS[name].operands), at };
  }
  if (!method && name === 'Value') {
    const [data] = expect(1);
    if (data !== undefined) return { kind: 'leaf', data, at };
  }
  if (!method && name !== undefined) return { kind: 'call', network: name, operands: given.map(read), at };
  throw new Misread(
    method ? callee.property : callee,
    `there is no such function here; there are ${FUNCTIONS.join(', ')}`,
  );
}

function member(node: Extract<JsExpression, { type: 'MemberExpression' }>): string | undefined {
  return !node.computed && !node.optional && node.property.type === 'Identifier' ? node.property.name : undefined;
}

/**
 * Whether a statement reads what a node holds, `x.data` or `x.grad`, and so needs an answer from the engine.
 *
 * @param statement - the statement
 */
export function readsNodes(statement: Statement): boolean {
  return statement.kind !== 'backward' && hasField(statement.value);
}

function hasField(expression: Expression): boolean {
  if (expression.kind === 'operation' || expression.kind === 'call') return expression.operands.some(hasField);
  return expression.kind === 'field' || (expression.kind === 'leaf' && hasField(expression.data));
}

/**
 * The part of a cell that says what a name stands for at its end.
 *
 * @param cell - the cell
 * @param name - the name
 * @returns its statements up to the last that gives the name; all of them if none does
 */
export function upTo({ source, statements }: Cell, name: string): Cell {
  const gives = (each: Statement) => each.kind === 'bind' && each.name === name;
  const last = statements.map(gives).lastIndexOf(true);
  return cellOf(source, last < 0 ? statements : statements.slice(0, last + 1));
}

/**
 * The names that a cell hands to networks as they are, and uses nowhere else.
 *
 * @param cell - the cell
 */
export function networkInputs({ statements }: Cell): string[] {
  const inputs = new Set<string>();
  const others = new Set<string>();
  const visit = (expression: Expression, isInput = false): void => {
    if (expression.kind === 'name') (isInput ? inputs : others).add(expression.name);
    else if (expression.kind === 'field') others.add(expression.name);
    else if (expression.kind === 'leaf') visit(expression.data);
    else if (expression.kind !== 'number') {
      for (const operand of expression.operands) visit(operand, expression.kind === 'call');
    }
  };
  for (const statement of statements) {
    others.add(statement.name);
    if (statement.kind !== 'backward') visit(statement.value);
  }
  return [...inputs].filter((name) => !others.has(name));
}
