import type { SyntaxNode } from '@lezer/common';
import type { Evaluator } from './evaluate.ts';
import type { FoundCall, Reading, UnreadCall } from './found-call.ts';

type ReadCall = (evaluator: Evaluator, node: SyntaxNode) => FoundCall | UnreadCall | undefined;

/** Reads each expression of a file that may be a call, by the names that its grammar gives them. */
export function collectCalls(evaluator: Evaluator, names: readonly string[], readCall: ReadCall): Reading {
  const calls: FoundCall[] = [];
  const unread: UnreadCall[] = [];
  const cursor = evaluator.syntax.tree.cursor();
  do {
    if (!names.includes(cursor.name)) continue;
    const found = readCall(evaluator, cursor.node);
    if (!found) continue;
    if ('why' in found) unread.push(found);
    else calls.push(found);
  } while (cursor.next());
  return { calls, unread };
}
