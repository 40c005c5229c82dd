import { AppError } from '../../../kernel/errors.ts';
import { readChoice } from '../../read-choice.ts';

/** As commander gives them. */
export interface ScanOptions {
  readonly spec?: readonly string[];
  readonly offline?: boolean;
  readonly history?: string;
  readonly write?: boolean;
  readonly dryRun?: boolean;
  readonly format?: string;
  readonly json?: boolean;
  readonly sarif?: boolean;
}

const formats = ['text', 'json', 'sarif'] as const;
export type ScanFormat = (typeof formats)[number];

/** Throws AppError `bad-input` for a format that is none, and for two that contradict each other. */
export function readScanFormat({ format, json, sarif, dryRun }: ScanOptions): ScanFormat {
  const named = [
    ...(format === undefined ? [] : [readChoice('--format', format, formats)]),
    ...(json ? (['json'] as const) : []),
    ...(sarif ? (['sarif'] as const) : []),
  ];
  const [first = 'text', ...others] = new Set(named);
  if (others.length > 0) {
    throw new AppError(
      'bad-input',
      `The formats ${[first, ...others].join(' and ')} contradict each other.`,
      {
        hint: 'Give one of them.',
      },
    );
  }
  if (dryRun && first !== 'text') {
    throw new AppError('bad-input', `--dry-run prints a diff, and no ${first}.`, {
      hint: 'Give one of them.',
    });
  }
  return first;
}
