import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/errors.ts';
import { parseDocument } from './parse-document.ts';

async function refusal(source: string | Uint8Array): Promise<AppError> {
  const error = await parseDocument(source, 'api.yaml').then(
    () => new Error('was read'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error;
  expect(error.code).toBe('bad-input');
  expect(error.hint).toMatch(/\.$/);
  return error;
}

const message = async (source: string | Uint8Array) => (await refusal(source)).message;

describe('parseDocument', () => {
  it('reads JSON and YAML to the same value, from text and from bytes', async () => {
    const value = { openapi: '3.1.0', info: { title: 'Doors', version: '2024-01-31' }, paths: { '/a': {} } };
    const yaml = "openapi: 3.1.0\ninfo: {title: Doors, version: 2024-01-31}\npaths:\n  '/a': {}\n";
    const json = JSON.stringify(value);
    for (const text of [json, `\ufeff${json}`, `\n  ${json}`, yaml, `---\n# a comment\n${yaml}`]) {
      expect(await parseDocument(text, 'api')).toEqual(value);
      expect(await parseDocument(new TextEncoder().encode(text), 'api')).toEqual(value);
    }
    expect(await parseDocument(Buffer.from(`\ufeff${json}`, 'utf16le'), 'api')).toEqual(value);
  });

  it('reads status codes, merge keys, shared anchors and quoted keys of YAML', async () => {
    const yaml = [
      '"a": &a {type: string}',
      'b: {<<: *a, format: uuid}',
      'c: [*a, *a]',
      'responses: {200: ok}',
      '__proto__: {x: 1}',
    ].join('\n');
    const value = await parseDocument(yaml, 'api');
    const text = { type: 'string' };
    expect(value).toMatchObject({ a: text, b: { ...text, format: 'uuid' }, c: [text, text] });
    expect(value.responses).toEqual({ '200': 'ok' });
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('reads brackets that are YAML rather than JSON', async () => {
    expect(await parseDocument('{openapi: 3.1.0, paths: {},}', 'api')).toEqual({
      openapi: '3.1.0',
      paths: {},
    });
  });

  it('says where JSON or YAML is broken', async () => {
    expect(await message('{"a": 1,\n "b" 2}')).toBe(
      'api.yaml cannot be read as JSON: line 2, column 6: a colon is missing before "2".',
    );
    expect(await message('a: 1\nb: c: d')).toBe(
      'api.yaml cannot be read as YAML: line 2, column 5: bad indentation of a mapping entry.',
    );
  });

  it('tells what was given instead of a document', async () => {
    expect(await message('')).toContain('is empty');
    expect(await message(' \n\t')).toContain('is empty');
    expect(await message('# only a comment')).toContain('input is empty');
    expect(await message('Not found')).toContain('is plain text');
    expect(await message('42')).toContain('is a single value');
    expect(await message('[1]')).toContain('is a list');
    expect(await message('- a')).toContain('is a list');
    expect(await message('<!DOCTYPE html><html></html>')).toContain('is a web page');
    expect(await message('<?xml version="1.0"?>')).toContain('is XML');
    expect(await message(gzipSync('{}'))).toContain('is packed with gzip');
    expect(await message(new Uint8Array([0x50, 0x4b, 3, 4, 9]))).toContain('is packed with zip');
    expect(await message(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]))).toContain('is no text in UTF-8');
  });

  it('refuses what is too large before it is parsed', async () => {
    expect(await message(' '.repeat(64_000_001))).toContain('is larger than 64 MB');
    expect(await message(`a: ${'x'.repeat(16_000_000)}`)).toContain('is larger than 16 MB of YAML');
    expect(await message(`[${'{},'.repeat(2_000_000)}{}]`)).toContain('holds 4000002 values');
    expect(await message('- a\n'.repeat(800_001))).toContain('holds 800001 lines');
  });

  it('refuses what is nested too deep, in any form', async () => {
    const deep = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(await message(deep(100_000))).toContain('is nested 100001 deep');
    expect(await message('['.repeat(100_000))).toMatch(/nested|early|end/);
    expect(await message(`a: ${'['.repeat(100_000)}`)).toContain('nesting exceeded');
    expect(await parseDocument(deep(300), 'api')).toHaveProperty('a');
    const chain = ['x0: &a0 [x]', ...Array.from({ length: 600 }, (_, n) => `x${n + 1}: &a${n + 1} [*a${n}]`)];
    expect(await message(chain.join('\n'))).toContain('deep');
  });

  it('refuses aliases that multiply or hold themselves, and merges without end', async () => {
    const bomb = [
      'a0: &a0 [x]',
      ...Array.from({ length: 40 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`),
    ];
    expect(await message(bomb.join('\n'))).toContain('multiplies itself');
    expect(await message('a: &a [*a]')).toContain('holds itself');
    const merges = [
      'a0: &a0 {k: 1}',
      ...Array.from({ length: 500 }, (_, n) => `a${n + 1}: &a${n + 1} {<<: *a${n}, k${n}: 1}`),
    ];
    expect(await message(merges.join('\n'))).toContain('maxTotalMergeKeys');
    expect(await message(`a: &a x\nb:\n${'- *a\n'.repeat(10_001)}`)).toContain('maxAliases');
  });

  it('reads any text to an object, or refuses it', async () => {
    const yamlish = fc
      .array(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          ':',
          ',',
          '- ',
          '? ',
          '&a ',
          '*a',
          '<<: ',
          '!!str ',
          '"',
          "'",
          '|',
          '>',
          '\n',
          '  ',
          'a',
          '0',
          '#',
          '---',
          '\\',
          '\t',
          '\u0000',
          '__proto__',
        ),
      )
      .map((parts) => parts.join(''));
    const source = fc.oneof(fc.string({ unit: 'binary' }), yamlish, fc.uint8Array(), fc.json());
    await fc.assert(
      fc.asyncProperty(source, async (text) => {
        try {
          expect(await parseDocument(text, 'api')).toBeTypeOf('object');
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
