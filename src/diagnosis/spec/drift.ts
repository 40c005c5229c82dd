import { compareReply } from './compare-reply.ts';
import { compareFields, compareSent } from './compare-request.ts';
import type { DriftFinding, DriftWalk } from './drift-finding.ts';
import { pathPattern, type SpecModel, type SpecOperation } from './spec-model.ts';

/** Compares what a caller believes (`from`: our wire, or an older document) with what a provider says now (`to`). */
export function drift(from: SpecModel, to: SpecModel): DriftFinding[] {
  const theirs = new Map(to.operations.map((operation) => [matchKey(operation), operation]));
  return from.operations.flatMap((ours) => {
    const found = theirs.get(matchKey(ours));
    return found ? compare(ours, found) : [gone(ours, to)];
  });
}

function gone(ours: SpecOperation, to: SpecModel): DriftFinding {
  const others = to.operations
    .filter((one) => pathPattern(one.path) === pathPattern(ours.path))
    .map((one) => one.method);
  const successor = to.operations.find((one) => ours.operationId && one.operationId === ours.operationId);
  return {
    kind: 'endpoint-gone',
    severity: 'error',
    operation: nameOf(ours),
    where: 'endpoint',
    pointer: '#/paths',
    from: ours.pointer,
    message:
      others.length > 0
        ? `${to.title} has this path with ${others.join(', ')} only`
        : `${to.title} does not have this path`,
    ...(successor ? { successor: nameOf(successor) } : {}),
  };
}

function compare(ours: SpecOperation, theirs: SpecOperation): DriftFinding[] {
  const findings: DriftFinding[] = [];
  const operation = nameOf(ours);
  const report: DriftWalk['report'] = (finding) => findings.push({ ...finding, operation });
  if (theirs.deprecated && !ours.deprecated) {
    report({
      kind: 'endpoint-deprecated',
      severity: 'warning',
      where: 'endpoint',
      pointer: theirs.pointer,
      from: ours.pointer,
      message: 'the endpoint is deprecated',
    });
  }
  const asked = { fields: ours.query, rest: 'ignored' } as const;
  const known = { fields: theirs.query, rest: 'ignored', pointer: theirs.pointer } as const;
  compareFields(asked, known, 'query', '', { report, seen: new Set() });
  if (ours.request && theirs.request) {
    compareSent(ours.request, theirs.request, 'request', '', { report, seen: new Set() });
  } else if (ours.request) {
    report({
      kind: 'field-gone',
      severity: 'error',
      where: 'request',
      pointer: theirs.pointer,
      message: 'the endpoint takes no body any more',
    });
  } else if (theirs.request && theirs.bodyRequired) {
    report({
      kind: 'newly-required',
      severity: 'error',
      where: 'request',
      pointer: theirs.request.pointer,
      message: 'the endpoint needs a body now',
    });
  }
  if (ours.reply && theirs.reply) compareReply(ours.reply, theirs.reply, '', { report, seen: new Set() });
  return nearest(findings);
}

/** A shared schema is met in several places of one operation: its difference is told once, where it is nearest. */
function nearest(findings: readonly DriftFinding[]): DriftFinding[] {
  const told = new Map<string, DriftFinding>();
  for (const finding of findings) {
    const name = finding.field?.split('.').at(-1);
    const difference = JSON.stringify([finding.kind, finding.where, finding.pointer, name, finding.message]);
    const earlier = told.get(difference);
    if (!earlier || depth(finding) < depth(earlier)) told.set(difference, finding);
  }
  return [...told.values()];
}

function depth(finding: DriftFinding): number {
  return finding.field?.split('.').length ?? 0;
}

function nameOf(operation: SpecOperation): string {
  return `${operation.method} ${operation.path}`;
}

function matchKey(operation: SpecOperation): string {
  return `${operation.method} ${pathPattern(operation.path)}`;
}
