import type { SyntaxNode, Tree } from '@lezer/common';
import type { Span } from './source-value.ts';

/** A parsed piece of a file. Nodes count from the start of the piece, spans from the start of the file. */
export interface Syntax {
  readonly tree: Tree;
  readonly text: string;
  readonly offset: number;
}

export function spanOf(syntax: Syntax, node: { readonly from: number; readonly to: number }): Span {
  return { from: syntax.offset + node.from, to: syntax.offset + node.to };
}

export function textOf(syntax: Syntax, node: { readonly from: number; readonly to: number }): string {
  return syntax.text.slice(node.from, node.to);
}

/** The text of a span of the file. */
export function textAt(syntax: Syntax, span: Span): string {
  return syntax.text.slice(span.from - syntax.offset, span.to - syntax.offset);
}

const punctuation = new Set(['(', ')', '[', ']', '{', '}', ',', ';', ':', '?.', '.']);

/** Children without brackets, commas and comments. */
export function partsOf(node: SyntaxNode): SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!punctuation.has(child.name) && !isComment(child)) parts.push(child);
  }
  return parts;
}

/** What stands between commas, each as its list of nodes; empty ones are left out. */
export function groupsOf(node: SyntaxNode): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === ',') groups.push([]);
    else if (!isBracket(child.name) && !isComment(child)) groups.at(-1)?.push(child);
  }
  return groups.filter((group) => group.length > 0);
}

function isComment(node: SyntaxNode): boolean {
  return node.name === 'LineComment' || node.name === 'BlockComment' || node.name === 'Comment';
}

function isBracket(name: string): boolean {
  return name.length === 1 && '()[]{}'.includes(name);
}
