import { type AnyNode, type Node, parse } from 'acorn';

// The quota of a CloudFront function, comments included.
const mostBytes = 10_240;

/**
 * Says by name what keeps a text from running as a function of the runtime cloudfront-js-2.0, each with its line; nothing
 * for a text that runs there. The runtime is ES 5.1 in strict mode with the later features that AWS lists for it
 * (const, let, async functions, arrow functions, rest parameters, template literals, `**`). What is not listed is
 * refused, also where some version of the engine is known to take it: publishing a function does not compile it, and
 * every request would be answered 503.
 */
export function edgeSyntaxFaults(code: string): readonly string[] {
  const faults = [...sizeFaults(code), ...asciiFaults(code)];
  const program = parseStrict(code);
  return typeof program === 'string' ? [...faults, program] : [...faults, ...nodeFaults(program)];
}

function sizeFaults(code: string): readonly string[] {
  const bytes = Buffer.byteLength(code);
  return bytes > mostBytes ? [`${bytes} bytes, of ${mostBytes} that a function may have`] : [];
}

function asciiFaults(code: string): readonly string[] {
  return code.split('\n').flatMap((line, at) => {
    const other = /[^\t\r\x20-\x7e]/.exec(line)?.[0];
    return other === undefined ? [] : [`line ${at + 1}: a character that is not ASCII (${other})`];
  });
}

function parseStrict(code: string): Node | string {
  try {
    return parse(`'use strict';${code}`, {
      ecmaVersion: 'latest',
      sourceType: usesModules(code) ? 'module' : 'script',
      allowAwaitOutsideFunction: false,
      locations: true,
    });
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}`;
  }
}

// Only a module that imports or exports can be distinguished from a broken script.
function usesModules(code: string): boolean {
  return /^\s*(?:import|export)\b(?!\s*\()/m.test(code);
}

function nodeFaults(program: Node): readonly string[] {
  const faults: string[] = [];
  const visit = (node: AnyNode, parent: AnyNode | undefined): void => {
    const name = refusedAs(node, parent);
    if (name !== undefined) {
      faults.push(`line ${node.loc?.start.line ?? 0}: ${name}`);
    }
    for (const child of childrenOf(node)) {
      visit(child, node);
    }
  };
  visit(program as AnyNode, undefined);
  return faults;
}

function childrenOf(node: AnyNode): readonly AnyNode[] {
  return Object.values(node).flatMap((value: unknown) =>
    (Array.isArray(value) ? value : [value]).filter(isNode),
  );
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

// Whatever needs no second look, and is of the language that the runtime has.
const known: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'AwaitExpression',
  'BinaryExpression',
  'BlockStatement',
  'BreakStatement',
  'CallExpression',
  'ConditionalExpression',
  'ContinueStatement',
  'DebuggerStatement',
  'DoWhileStatement',
  'EmptyStatement',
  'ExpressionStatement',
  'ForInStatement',
  'ForStatement',
  'Identifier',
  'IfStatement',
  'LabeledStatement',
  'MemberExpression',
  'NewExpression',
  'ObjectExpression',
  'Program',
  'ReturnStatement',
  'SequenceExpression',
  'SwitchCase',
  'SwitchStatement',
  'TemplateElement',
  'TemplateLiteral',
  'ThisExpression',
  'ThrowStatement',
  'TryStatement',
  'UnaryExpression',
  'UpdateExpression',
  'VariableDeclarator',
  'WhileStatement',
]);

// Nodes that the runtime does not have at all, by the name that people know them by.
const refused: Readonly<Record<string, string>> = {
  ArrayPattern: 'destructuring of an array',
  AssignmentPattern: 'a default value',
  ChainExpression: 'optional chaining (?.)',
  ClassDeclaration: 'a class',
  ClassExpression: 'a class',
  ExportAllDeclaration: 'export',
  ExportDefaultDeclaration: 'export',
  ExportNamedDeclaration: 'export',
  ForOfStatement: 'for-of',
  ImportDeclaration: 'import',
  ImportExpression: 'import()',
  MetaProperty: 'import.meta or new.target',
  ObjectPattern: 'destructuring of an object',
  SpreadElement: 'spread (...)',
  TaggedTemplateExpression: 'a tagged template',
  YieldExpression: 'yield',
};

const operators: Readonly<Record<string, string>> = {
  '??': 'nullish coalescing (??)',
  '??=': 'logical assignment (??=)',
  '||=': 'logical assignment (||=)',
  '&&=': 'logical assignment (&&=)',
};

/** By what name a node is refused; undefined for one that runs. */
function refusedAs(node: AnyNode, parent: AnyNode | undefined): string | undefined {
  switch (node.type) {
    case 'CatchClause':
      return node.param ? undefined : 'catch without a variable';
    case 'LogicalExpression':
    case 'AssignmentExpression':
      return operators[node.operator];
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return functionRefusedAs(node, parent);
    case 'RestElement':
      return parent && 'params' in parent ? undefined : 'rest in a pattern';
    case 'Property':
      return propertyRefusedAs(node);
    case 'Literal':
      return literalRefusedAs(node);
    case 'VariableDeclaration':
      return node.kind.endsWith('using') ? node.kind : undefined;
    default:
      return known.has(node.type) ? undefined : (refused[node.type] ?? node.type);
  }
}

function functionRefusedAs(
  node: { readonly generator: boolean; readonly async: boolean; readonly type: string },
  parent: AnyNode | undefined,
): string | undefined {
  if (node.generator) {
    return 'a generator';
  }
  const isDeclared = node.type === 'FunctionDeclaration' && parent?.type === 'Program';
  return node.async && !isDeclared ? 'an async function inside another or as a value' : undefined;
}

function propertyRefusedAs(node: AnyNode & { readonly type: 'Property' }): string | undefined {
  if (node.kind !== 'init') {
    return 'a getter or setter';
  }
  if (node.computed) {
    return 'a computed property name';
  }
  return node.shorthand || node.method ? 'a shorthand property or method' : undefined;
}

// ES 5.1 has these three flags; named groups are the one later feature of regular expressions that AWS lists.
const flags = /^[gim]*$/;

function literalRefusedAs(node: AnyNode & { readonly type: 'Literal' }): string | undefined {
  const { raw = '', regex, bigint } = node;
  if (regex) {
    const isLater = /\(\?<[=!]|\\p\{/.test(regex.pattern);
    return flags.test(regex.flags) && !isLater ? undefined : `the regular expression ${raw}`;
  }
  if (bigint) {
    return 'a BigInt';
  }
  const isLater = typeof node.value === 'number' && /^0[bo]|_/i.test(raw);
  return isLater ? `the number ${raw}` : undefined;
}
