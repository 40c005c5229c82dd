import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/diagnosis/exchange/exchange.ts';
import { readCurl } from '../../src/diagnosis/exchange/read-curl.ts';
import { readRequestFile } from '../../src/diagnosis/exchange/read-request-file.ts';
import { explain } from '../../src/diagnosis/explain.ts';
import type { Explanation, Finding } from '../../src/diagnosis/explanation.ts';
import { rules } from '../../src/diagnosis/rules/index.ts';
import { placeName } from '../../src/diagnosis/rules/place-name.ts';
import type { ApiDocument } from '../../src/diagnosis/spec/api-document.ts';
import { parseDocument } from '../../src/diagnosis/spec/parse-document.ts';
import { readApiDocument } from '../../src/diagnosis/spec/read-api-document.ts';

/**
 * Each folder is a case of the rule whose name its parent has: `request.curl` or `request.json`, the reply in `response.json` where it is
 * known, and `expected.json`. The document is `document.yaml` in the folder, or the one of `documents/` that `expected.json` names.
 */
interface Expected {
  readonly document?: string;
  /** `METHOD /path` as in the document; null: none was meant. */
  readonly operation: string | null;
  /** All findings, in any order: `severity rule place`. */
  readonly findings: readonly string[];
  /** None where it is left out. */
  readonly fieldMap?: Readonly<Record<string, string>>;
  /** Parts of the fixed request. */
  readonly fix?: { readonly body?: unknown } & Readonly<Record<string, unknown>>;
}

const here = import.meta.dirname;
const pages = join(here, '..', '..', 'docs', 'rules');
const folders = foldersIn(here).filter((name) => name !== 'documents');

describe('the cases of explain', () => {
  it('has a page and at least three cases for each rule, one of them silent', () => {
    expect(folders).toEqual(rules.map(({ name }) => name).sort());
    for (const rule of folders) {
      const cases = foldersIn(join(here, rule)).map((name) => expectedOf(join(here, rule, name)).findings);
      const speaking = cases.filter((findings) => findings.some((one) => one.split(' ')[1] === rule));
      expect(cases.length, rule).toBeGreaterThanOrEqual(3);
      expect(speaking.length, rule).toBeGreaterThanOrEqual(2);
      expect(speaking.length, rule).toBeLessThan(cases.length);
      expect(existsSync(join(pages, `${rule}.md`)), rule).toBe(true);
    }
  });

  it('lists each rule in the index of the pages, in the order in which they speak', () => {
    const listed = [
      ...readFileSync(join(pages, 'README.md'), 'utf8').matchAll(/^\| \[(.*?)\]\(\1\.md\) \| (.*?) \|$/gm),
    ];
    expect(listed.map(([, name, title]) => ({ name, title }))).toEqual(
      rules.map(({ name, title }) => ({ name, title })),
    );
  });

  for (const rule of folders) {
    describe(rule, () => {
      for (const name of foldersIn(join(here, rule))) {
        it(name.replaceAll('-', ' '), async () => {
          const folder = join(here, rule, name);
          const expected = expectedOf(folder);
          const explanation = explain(exchangeOf(folder), [await documentOf(folder, expected)]);
          expect(told(explanation)).toEqual({
            operation: expected.operation,
            findings: [...expected.findings].sort(),
            fieldMap: expected.fieldMap ?? {},
          });
          const request = explanation.fix?.request;
          const { body, ...parts } = expected.fix ?? {};
          if (expected.fix) expect(request).toMatchObject(parts);
          if (body !== undefined) expect(request?.body).toEqual({ kind: 'json', value: body });
          for (const finding of explanation.findings) expectWhole(finding);
        });
      }
    });
  }

  function told({ operation, findings, fieldMap }: Explanation) {
    return {
      operation: operation ? `${operation.method} ${operation.path}` : null,
      findings: findings.map(lineOf).sort(),
      fieldMap,
    };
  }
});

/** One sentence, and columns that are short; evidence from the document says where. */
function expectWhole({ message, sent = '', right = '', evidence }: Finding): void {
  expect(message).toMatch(/^\S.*[.…]$/);
  expect(sent.length + right.length).toBeLessThan(400);
  for (const one of evidence) {
    expect(one.text).not.toBe('');
    if (one.source === 'document') expect(one.pointer).toMatch(/^#/);
  }
}

function lineOf({ severity, rule, where }: Finding): string {
  return `${severity} ${rule} ${where.part === 'field' ? placeName(where.place) : where.part}`;
}

function foldersIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

function expectedOf(folder: string): Expected {
  return JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
}

function exchangeOf(folder: string): Exchange {
  const curl = join(folder, 'request.curl');
  if (!existsSync(curl)) return readRequestFile(readFileSync(join(folder, 'request.json'), 'utf8'));
  const { request } = readCurl(readFileSync(curl, 'utf8'));
  const reply = join(folder, 'response.json');
  if (!existsSync(reply)) return { request };
  const { headers = {}, ...rest } = JSON.parse(readFileSync(reply, 'utf8'));
  return { request, reply: { ...rest, headers: Object.entries(headers) } };
}

const documents = new Map<string, Promise<ApiDocument>>();

function documentOf(folder: string, { document }: Expected): Promise<ApiDocument> {
  const own = join(folder, 'document.yaml');
  const file = document === undefined ? own : join(here, 'documents', `${document}.yaml`);
  const known = documents.get(file);
  if (known) return known;
  const made = parseDocument(readFileSync(file), file).then((root) =>
    readApiDocument(root, { kind: 'file', name: 'document.yaml' }),
  );
  documents.set(file, made);
  return made;
}
