import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { operations } from '../../wire/operations.ts';
import { drift } from '../spec/drift.ts';
import { readDocument } from '../spec/read-document.ts';
import { readOperations } from '../spec/read-operations.ts';
import { knownAddition } from './known-additions.ts';

const newest = path.resolve(
  import.meta.dirname,
  '../../../../shared/specs-history/elevenlabs/2026-09-23.json',
);

describe.skipIf(!existsSync(newest))('the provider’s newest document (needs ../shared)', () => {
  const read = existsSync(newest) ? readDocument(JSON.parse(readFileSync(newest, 'utf8'))) : undefined;
  const ours = readOperations(operations.filter(({ provider }) => provider === 'elevenlabs'));

  it('shows no drift but for fields that are known from elsewhere', () => {
    if (read?.kind !== 'document') throw new Error('not a document');
    const findings = drift(ours, read.model);
    expect(findings.filter((finding) => !knownAddition(finding))).toEqual([]);
    // Each known addition is still one, so that the list does not outlive its reasons.
    expect(new Set(findings.map((finding) => knownAddition(finding)?.field)).size).toBe(4);
  });
});
