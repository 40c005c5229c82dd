import { createHash } from 'node:crypto';
import { printable } from '../../kernel/printable.ts';
import type { Explanation, Finding } from '../explanation.ts';
import { placeName } from '../rules/place-name.ts';

/** One explained request and where it is written, if it is written in a file. Lines and columns count from 1, columns in UTF-16 units. */
export interface SarifEntry {
  readonly explanation: Explanation;
  readonly location?: SourceLocation;
  /** What mends all findings of the entry, where it is certain. Absent or empty: a person has to look. */
  readonly edits?: readonly SourceEdit[];
}

export interface SourceLocation {
  /** Relative to the folder that was looked at, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Text between two places of the entry's file, the second not included, and what takes its place. */
export interface SourceEdit {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/** What could not be read, and why: it goes into the log as a notification, so that silence is not taken for health. */
export interface UnreadPlace {
  readonly location: SourceLocation;
  readonly why: string;
}

export interface SarifOptions {
  /** Version of Donna. */
  readonly version: string;
  /** Names and titles of the rules; those that found nothing are left out of the log. */
  readonly rules: readonly { readonly name: string; readonly title: string }[];
  /** Address of the folder docs/rules/, with a slash at its end. SARIF wants `helpUri` absolute, so without it the page is named in `help` alone. */
  readonly rulePages?: string;
  readonly unread?: readonly UnreadPlace[];
}

const levels = { error: 'error', warning: 'warning', note: 'note' } as const;

/** A log of SARIF 2.1.0 (OASIS) with one run: a result a finding. The same findings have the same fingerprints wherever they move in a file. */
export function sarifLog(entries: readonly SarifEntry[], options: SarifOptions): object {
  const found = entries.flatMap((entry) => entry.explanation.findings.map((finding) => ({ entry, finding })));
  const ruleNames = [...new Set(found.map(({ finding }) => finding.rule))].sort();
  const seen = new Map<string, number>();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'donna',
            semanticVersion: options.version,
            rules: ruleNames.map((name) => rule(name, options)),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder that was looked at.' } } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: (options.unread ?? []).map(notification),
          },
        ],
        results: found.map(({ entry, finding }) => {
          const print = fingerprint(entry, finding);
          const count = (seen.get(print) ?? 0) + 1;
          seen.set(print, count);
          return result(entry, finding, ruleNames.indexOf(finding.rule), `${print}:${count}`);
        }),
      },
    ],
  };
}

function rule(name: string, { rules, rulePages }: SarifOptions): object {
  const title = rules.find((known) => known.name === name)?.title ?? name;
  const page = `docs/rules/${name}.md`;
  return {
    id: name,
    name: name
      .split('-')
      .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
      .join(''),
    shortDescription: { text: title },
    help: { text: `See ${page}.`, markdown: `See [${page}](${rulePages ?? 'docs/rules/'}${name}.md).` },
    ...(rulePages === undefined ? {} : { helpUri: `${rulePages}${name}.md` }),
  };
}

function result(entry: SarifEntry, finding: Finding, ruleIndex: number, print: string): object {
  const { explanation, location, edits } = entry;
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: messageText(finding.fix ? `${finding.message} ${finding.fix}` : finding.message) },
    locations: [
      {
        ...(location ? { physicalLocation: physicalLocation(location) } : {}),
        logicalLocations: [
          {
            fullyQualifiedName: `${explanation.request.method} ${explanation.request.path}`,
            kind: 'request',
          },
        ],
      },
    ],
    partialFingerprints: { 'donnaFinding/v1': print },
    ...(location && edits && edits.length > 0 && finding.severity !== 'note'
      ? { fixes: [fix(explanation, location.file, edits)] }
      : {}),
    properties: {
      confidence: finding.confidence,
      ...(finding.sent === undefined ? {} : { sent: finding.sent }),
      ...(finding.right === undefined ? {} : { right: finding.right }),
    },
  };
}

function fix({ operation }: Explanation, file: string, edits: readonly SourceEdit[]): object {
  return {
    description: {
      text: operation
        ? `Make it a request to ${operation.method} ${operation.fullPath}, as the document has it.`
        : 'Make the request as the document has it.',
    },
    artifactChanges: [
      {
        artifactLocation: artifactLocation(file),
        replacements: edits.map(({ line, column, endLine, endColumn, text }) => ({
          deletedRegion: { startLine: line, startColumn: column, endLine, endColumn },
          insertedContent: { text },
        })),
      },
    ],
  };
}

function notification({ location, why }: UnreadPlace): object {
  return {
    level: 'note',
    message: { text: messageText(why) },
    locations: [{ physicalLocation: physicalLocation(location) }],
  };
}

/** SARIF has links in messages, `[text](target)`: text of others must not make one. */
function messageText(text: string): string {
  return printable(text, 2000).replaceAll('](', '] (');
}

function physicalLocation({ file, line, column, endLine, endColumn }: SourceLocation): object {
  return {
    artifactLocation: artifactLocation(file),
    region: {
      startLine: line,
      startColumn: column,
      ...(endLine === undefined ? {} : { endLine }),
      ...(endColumn === undefined ? {} : { endColumn }),
    },
  };
}

function artifactLocation(file: string): object {
  const uri = file
    .toWellFormed()
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}

// Without lines and values: an edit elsewhere in the file, or another phone number, makes it no new finding.
function fingerprint({ explanation, location }: SarifEntry, { rule: name, where }: Finding): string {
  const place = where.part === 'field' ? placeName(where.place) : where.part;
  const route = explanation.operation?.path ?? explanation.request.path;
  const parts = [name, location?.file ?? '', explanation.request.method, route, place];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
