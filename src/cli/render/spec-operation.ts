import type { ParameterFacts } from '../../diagnosis/explanation.ts';
import type { OperationDescription } from '../../diagnosis/spec/describe-operation.ts';
import { printable } from '../../kernel/printable.ts';
import type { Styles } from './styles.ts';
import { tableLines } from './table.ts';

const LONGEST_DESCRIPTION = 600;

/** An operation for a person: what it is, where and how it is called, and what it takes. */
export function operationLines(operation: OperationDescription, style: Styles): string[] {
  const { summary, operationId, description, successor } = operation;
  const titles = [summary, operationId].filter((one) => one !== undefined).map((one) => printable(one, 120));
  return [
    style.bold(printable(`${operation.method} ${operation.fullPath}`)),
    ...(titles.length > 0 ? [titles.join(' · ')] : []),
    ...(operation.deprecated ? [style.warn('deprecated')] : []),
    ...(successor ? [`${style.dim('→')} ${printable(successor.operation ?? successor.sentence)}`] : []),
    ...(description === undefined ? [] : ['', printable(description, LONGEST_DESCRIPTION)]),
    '',
    ...operation.servers.slice(0, 5).map((server) => `server  ${printable(server)}`),
    `key     ${printable(operation.security.join(', or ') || 'none is declared')}`,
    ...bodyLines(operation),
    ...parameterLines('required', operation.required, style),
    ...parameterLines('optional', operation.optional, style),
  ];
}

function bodyLines({ contentTypes, bodyRequired }: OperationDescription): string[] {
  if (contentTypes.length === 0) return [];
  return [`body    ${printable(contentTypes.join(', or '))}${bodyRequired ? '' : ' (may be left out)'}`];
}

function parameterLines(title: string, parameters: readonly ParameterFacts[], style: Styles): string[] {
  if (parameters.length === 0) return [];
  const rows = parameters.map(({ name, type, description }) => [name, type, description]);
  return ['', ...tableLines([title, 'type', 'what it is'], rows, style)];
}
