import type { ApiDocument, ApiOperation } from '../../diagnosis/spec/api-document.ts';
import { operationName } from '../../diagnosis/spec/full-path.ts';
import { operationParameters } from '../../diagnosis/spec/operation-parameters.ts';
import { printable } from '../../kernel/printable.ts';
import type { Styles } from './styles.ts';

const WIDEST = 160;

/** An operation in two lines: its name with its title, and what it needs. */
export function foundLines(document: ApiDocument, operation: ApiOperation, style: Styles): string[] {
  const { required } = operationParameters(document, operation);
  const title = printable(operation.summary ?? operation.description ?? '', 80);
  const name = style.bold(printable(operationName(operation), WIDEST));
  const deprecated = operation.deprecated ? style.warn('  deprecated') : '';
  const names = required.map(({ name }) => name).join(', ');
  return [
    `${name}${deprecated}${title === '' ? '' : `  ${title}`}`,
    style.dim(`  ${printable(names === '' ? 'needs nothing' : `needs ${names}`, WIDEST)}`),
  ];
}
