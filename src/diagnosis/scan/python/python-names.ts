import type { SyntaxNode } from '@lezer/common';
import { type Addition, createScope, define, type Names, type Scope, scopeAt } from '../scopes.ts';
import { groupsOf, partsOf, type Syntax, textOf } from '../syntax.ts';
import { pythonString } from './python-strings.ts';

const loops = new Set(['ForStatement', 'WhileStatement']);
const filling = new Set(['update', 'setdefault', 'append', 'pop', 'extend', 'clear']);

/** One pass over a Python file: what each name stands for, where. */
export function pythonNames(syntax: Syntax): Names {
  const root = createScope('module', 0, syntax.text.length + 1);
  const additions = new Map<string, Addition[]>();
  const mentions = new Map<string, number>();
  const repeated: { from: number; to: number }[] = [];
  const statements: SyntaxNode[] = [];
  let scope: Scope = root;
  const cursor = syntax.tree.cursor();
  do {
    while (scope.parent && cursor.from >= scope.to) scope = scope.parent;
    const { name, from, to } = cursor;
    if (name === 'VariableName') {
      const text = syntax.text.slice(from, to);
      if (!isKeyword(cursor.node)) mentions.set(text, (mentions.get(text) ?? 0) + 1);
    }
    if (loops.has(name)) repeated.push({ from, to });
    if (name === 'FunctionDefinition' || name === 'LambdaExpression') {
      scope = createScope('function', from, to, scope);
      const list = cursor.node.getChild('ParamList');
      if (list) defineParameters(syntax, scope, list);
    } else if (name === 'ClassDefinition') {
      scope = createScope('class', from, to, scope);
    } else if (name === 'ImportStatement') {
      defineImports(syntax, scope, cursor.node);
    } else if (/^(?:Assign|Update|With|For|Delete)Statement$|^NamedExpression$|^CallExpression$/.test(name)) {
      statements.push(cursor.node);
    }
  } while (cursor.next());
  for (const node of statements) readStatement(syntax, scopeAt(root, node.from), additions, node);
  return { root, additions, mentions, loops: repeated };
}

/** The name of an argument (`json=…`) is no variable. */
function isKeyword(node: SyntaxNode): boolean {
  return node.parent?.name === 'ArgList' && node.nextSibling?.name === 'AssignOp';
}

function readStatement(
  syntax: Syntax,
  scope: Scope,
  additions: Map<string, Addition[]>,
  node: SyntaxNode,
): void {
  if (node.name === 'WithStatement') {
    defineResources(syntax, scope, node);
    return;
  }
  if (node.name === 'CallExpression') {
    noteFilling(syntax, additions, node);
    return;
  }
  const parts = partsOf(node).filter((part) => part.name !== 'TypeDef');
  const sign = parts.findIndex((part) => /^(?:Assign|Update)Op$|^in$/.test(part.name));
  const targets = parts.slice(0, sign < 0 ? undefined : sign).filter((part) => part.name !== 'for');
  const plain = node.name === 'AssignStatement' || node.name === 'NamedExpression';
  const isOnly = targets.length === 1 && parts.length === sign + 2;
  const value = plain && isOnly ? parts[sign + 1] : undefined;
  for (const target of targets) assign(syntax, scope, additions, target, value, node);
}

function assign(
  syntax: Syntax,
  scope: Scope,
  additions: Map<string, Addition[]>,
  target: SyntaxNode,
  value: SyntaxNode | undefined,
  statement: SyntaxNode,
): void {
  const block = statement.parent?.name === 'Body' ? statement.parent : { from: scope.from, to: scope.to };
  if (target.name === 'VariableName') {
    const name = textOf(syntax, target);
    define(scope, { name, at: target.from, value, block });
    const owner = scope.kind === 'class' ? scope : undefined;
    if (owner) define(owner, { name: `self.${name}`, at: target.from, value, block: owner });
    return;
  }
  const object = target.firstChild;
  const last = target.lastChild;
  if (target.name !== 'MemberExpression' || object?.name !== 'VariableName' || !last) return;
  const name = textOf(syntax, object);
  if (name === 'self' || name === 'cls') {
    const owner = classOf(scope);
    if (owner && last.name === 'PropertyName') {
      define(owner, { name: `self.${textOf(syntax, last)}`, at: target.from, value, block: owner });
    }
    return;
  }
  const key = last.name === ']' ? last.prevSibling : undefined;
  if (!key) return;
  add(additions, name, {
    at: statement.from,
    name: key.name === 'String' ? plainText(textOf(syntax, key)) : undefined,
    key,
    value,
  });
}

/** `payload.update(…)`: more may be in it than is written. */
function noteFilling(syntax: Syntax, additions: Map<string, Addition[]>, node: SyntaxNode): void {
  const callee = node.firstChild;
  const object = callee?.firstChild;
  const method = callee?.lastChild;
  if (callee?.name !== 'MemberExpression' || object?.name !== 'VariableName' || !method) return;
  if (!filling.has(textOf(syntax, method))) return;
  add(additions, textOf(syntax, object), { at: node.from, name: undefined, key: method, value: undefined });
}

function add(additions: Map<string, Addition[]>, name: string, addition: Addition): void {
  const list = additions.get(name);
  if (list) list.push(addition);
  else additions.set(name, [addition]);
}

/** `with httpx.Client(…) as client`. */
function defineResources(syntax: Syntax, scope: Scope, node: SyntaxNode): void {
  for (const group of groupsOf(node)) {
    const as = group.findIndex((part) => part.name === 'as');
    const target = group[as + 1];
    const value = group[as - 1];
    if (as < 1 || target?.name !== 'VariableName' || !value) continue;
    define(scope, { name: textOf(syntax, target), at: target.from, value, block: node });
  }
}

function defineParameters(syntax: Syntax, scope: Scope, list: SyntaxNode): void {
  for (const group of groupsOf(list)) {
    const [first] = group;
    if (first?.name !== 'VariableName') {
      const named = group.find((part) => part.name === 'VariableName');
      if (named)
        define(scope, { name: textOf(syntax, named), at: named.from, value: undefined, block: scope });
      continue;
    }
    const sign = group.findIndex((part) => part.name === 'AssignOp');
    define(scope, {
      name: textOf(syntax, first),
      at: first.from,
      value: sign < 0 ? undefined : group[sign + 1],
      block: scope,
    });
  }
}

function defineImports(syntax: Syntax, scope: Scope, node: SyntaxNode): void {
  const groups = groupsOf(node);
  const leading = groups[0] ?? [];
  const split = leading.findIndex((part) => part.name === 'import');
  const isFrom = leading[0]?.name === 'from';
  const source = isFrom ? leading[1] : undefined;
  const module = source && syntax.text.slice(source.from, leading[split - 1]?.to ?? source.to);
  const named = [leading.slice(split + 1), ...groups.slice(1)];
  for (const parts of named) {
    const [original] = parts;
    const as = parts.findIndex((part) => part.name === 'as');
    const target = as < 0 ? original : parts[as + 1];
    if (!original || !target) continue;
    const name = textOf(syntax, original);
    define(scope, {
      name: textOf(syntax, target),
      at: target.from,
      value: undefined,
      from: module === undefined ? { module: name, member: undefined } : { module, member: name },
      block: scope,
    });
  }
}

function plainText(literal: string): string | undefined {
  const parts = pythonString(literal);
  return parts ? literal.slice(parts.before, literal.length - parts.behind) : undefined;
}

function classOf(scope: Scope): Scope | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) if (at.kind === 'class') return at;
  return undefined;
}
