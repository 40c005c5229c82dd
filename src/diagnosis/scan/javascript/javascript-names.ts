import type { SyntaxNode } from '@lezer/common';
import { type Addition, createScope, define, type Names, type Scope, scopeAt } from '../scopes.ts';
import { groupsOf, type Syntax, textOf } from '../syntax.ts';
import { stringText } from './javascript-strings.ts';

const functions = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunction',
  'MethodDeclaration',
  'Property',
]);
const loops = new Set(['ForStatement', 'WhileStatement', 'DoStatement']);

/** One pass over a file of JavaScript or TypeScript: what each name stands for, where. */
export function javascriptNames(syntax: Syntax): Names {
  const root = createScope('module', 0, syntax.text.length + 1);
  const additions = new Map<string, Addition[]>();
  const mentions = new Map<string, number>();
  const repeated: { from: number; to: number }[] = [];
  const assignments: SyntaxNode[] = [];
  let scope: Scope = root;
  const cursor = syntax.tree.cursor();
  do {
    while (scope.parent && cursor.from >= scope.to) scope = scope.parent;
    const { name, from, to } = cursor;
    if (
      name === 'VariableName' ||
      name === 'VariableDefinition' ||
      (name === 'PropertyDefinition' && isShorthand(cursor.node))
    ) {
      const text = syntax.text.slice(from, to);
      mentions.set(text, (mentions.get(text) ?? 0) + 1);
    }
    if (loops.has(name)) repeated.push({ from, to });
    if (functions.has(name)) {
      const list = cursor.node.getChild('ParamList');
      if (name !== 'Property' || list) {
        scope = createScope('function', from, to, scope);
        if (list) defineParameters(syntax, scope, list);
      }
    } else if (name === 'Block' || name === 'CatchClause' || name === 'ForStatement') {
      scope = createScope('block', from, to, scope);
    } else if (name === 'ClassBody') {
      scope = createScope('class', from, to, scope);
    } else if (name === 'VariableDeclaration') {
      defineVariables(syntax, scope, cursor.node);
    } else if (name === 'ImportDeclaration') {
      defineImports(syntax, scope, cursor.node);
    } else if (name === 'PropertyDeclaration') {
      defineMember(syntax, scope, cursor.node);
    } else if (name === 'AssignmentExpression') {
      assignments.push(cursor.node);
    }
  } while (cursor.next());
  for (const node of assignments) assign(syntax, root, additions, node);
  return { root, additions, mentions, loops: repeated };
}

function defineVariables(syntax: Syntax, scope: Scope, node: SyntaxNode): void {
  for (const group of groupsOf(node)) {
    const named = group.find((part) => part.name === 'VariableDefinition');
    if (named) {
      define(scope, {
        name: textOf(syntax, named),
        at: named.from,
        value: afterEquals(group),
        ...typeIn(syntax, group),
        block: scope,
      });
    } else {
      for (const part of group) defineAllIn(syntax, scope, part);
    }
  }
}

function defineParameters(syntax: Syntax, scope: Scope, list: SyntaxNode): void {
  for (const group of groupsOf(list)) {
    const named = group.find((part) => part.name === 'VariableDefinition');
    if (!named) {
      for (const part of group) defineAllIn(syntax, scope, part);
      continue;
    }
    const definition = {
      name: textOf(syntax, named),
      at: named.from,
      value: afterEquals(group),
      ...typeIn(syntax, group),
      block: scope,
    };
    define(scope, definition);
    // `constructor(private base = '…')` declares a member, too.
    const isMember = group.some((part) => part.name === 'Privacy' || part.name === 'readonly');
    const owner = classOf(scope);
    if (isMember && owner) define(owner, { ...definition, name: `this.${definition.name}`, block: owner });
  }
}

/** Names taken out of a pattern: they have a value, but not one that is written. */
function defineAllIn(syntax: Syntax, scope: Scope, node: SyntaxNode): void {
  if (node.name !== 'ObjectPattern' && node.name !== 'ArrayPattern') return;
  node.cursor().iterate((part) => {
    if (part.name !== 'VariableDefinition') return;
    const text = syntax.text.slice(part.from, part.to);
    define(scope, { name: text, at: part.from, value: undefined, block: scope });
  });
}

function defineImports(syntax: Syntax, scope: Scope, node: SyntaxNode): void {
  const source = node.getChild('String');
  if (!source) return;
  const module = stringText(textOf(syntax, source)).replace(/^node:/, '');
  const add = (named: SyntaxNode, member: string | undefined) =>
    define(scope, {
      name: textOf(syntax, named),
      at: named.from,
      value: undefined,
      from: { module, member },
      block: scope,
    });
  for (const named of node.getChildren('VariableDefinition')) add(named, undefined);
  const group = node.getChild('ImportGroup');
  if (!group) return;
  for (const parts of groupsOf(group)) {
    const named = parts.findLast((part) => part.name === 'VariableDefinition');
    const original = parts.find((part) => part.name === 'VariableName') ?? named;
    if (named && original) add(named, memberOf(textOf(syntax, original)));
  }
}

function memberOf(name: string): string | undefined {
  return name === 'default' ? undefined : name;
}

function defineMember(syntax: Syntax, scope: Scope, node: SyntaxNode): void {
  const named = node.getChild('PropertyDefinition') ?? node.getChild('PrivatePropertyDefinition');
  const owner = classOf(scope);
  if (!named || !owner) return;
  const parts: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) parts.push(child);
  const value = afterEquals(parts);
  // A declaration without a value is filled in elsewhere.
  if (!value) return;
  define(owner, { name: `this.${textOf(syntax, named)}`, at: named.from, value, block: owner });
}

function assign(syntax: Syntax, root: Scope, additions: Map<string, Addition[]>, node: SyntaxNode): void {
  const left = node.firstChild;
  const value = node.lastChild ?? undefined;
  const plain = node.getChild('Equals') !== null;
  if (!left) return;
  const here = scopeAt(root, node.from);
  if (left.name === 'VariableName') {
    const name = textOf(syntax, left);
    const owner = declaring(here, name) ?? root;
    define(owner, { name, at: left.from, value: plain ? value : undefined, block: here });
    return;
  }
  if (left.name !== 'MemberExpression') return;
  const object = left.firstChild;
  const last = left.lastChild;
  if (!object || !last) return;
  if (object.name === 'this') {
    const owner = classOf(here);
    const name = `this.${textOf(syntax, last)}`;
    if (owner) define(owner, { name, at: left.from, value: plain ? value : undefined, block: owner });
    return;
  }
  if (object.name !== 'VariableName') return;
  const inner = last.name === ']' ? last.prevSibling : last;
  const known = inner && (inner.name === 'PropertyName' || inner.name === 'String') ? inner : undefined;
  const list = additions.get(textOf(syntax, object)) ?? [];
  additions.set(textOf(syntax, object), list);
  list.push({
    at: node.from,
    name:
      known &&
      (known.name === 'String' ? stringText(textOf(syntax, known)) : syntax.text.slice(known.from, known.to)),
    key: known ?? left,
    value,
  });
}

function isShorthand(node: SyntaxNode): boolean {
  return node.nextSibling === null && node.prevSibling === null;
}

function afterEquals(group: readonly SyntaxNode[]): SyntaxNode | undefined {
  const index = group.findIndex((part) => part.name === 'Equals');
  return index < 0 ? undefined : group[index + 1];
}

function typeIn(syntax: Syntax, group: readonly SyntaxNode[]): { type?: string } {
  const annotation = group.find((part) => part.name === 'TypeAnnotation');
  return annotation ? { type: textOf(syntax, annotation).replace(/^:\s*/, '') } : {};
}

function classOf(scope: Scope): Scope | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) if (at.kind === 'class') return at;
  return undefined;
}

function declaring(scope: Scope, name: string): Scope | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) if (at.names.has(name)) return at;
  return undefined;
}
