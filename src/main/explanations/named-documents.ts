import { readFile, stat } from 'node:fs/promises';
import type { ExplainRequest } from '../../api/explain.ts';
import type { ApiDocument } from '../../diagnosis/spec/api-document.ts';
import { parseDocument } from '../../diagnosis/spec/parse-document.ts';
import { readApiDocument } from '../../diagnosis/spec/read-api-document.ts';
import { wireDocument } from '../../diagnosis/spec/wire-document.ts';
import { AppError } from '../../kernel/errors.ts';
import { nearest } from '../../kernel/nearest.ts';
import { printable } from '../../kernel/printable.ts';
import type { Explained } from '../../server/deps.ts';
import { providersOfHost, publicAddresses } from '../documents/provider-of-host.ts';

type Refused = Extract<Explained, { kind: 'refused' }>;
type Found = { readonly kind: 'found'; readonly documents: readonly ApiDocument[] } | Refused;

export interface NamedDocuments {
  /** Those that a request gives or names; without any, the built-in ones of its host. Nothing is fetched. */
  of(asked: ExplainRequest['documents'], host: string): Promise<Found>;
}

const builtIn = ['elevenlabs', 'twilio'] as const;
type BuiltIn = (typeof builtIn)[number];
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** `files`: documents by the names under which they are configured; read once, and again when they have changed. */
export function createNamedDocuments(files: ReadonlyMap<string, string>): NamedDocuments {
  const names = [...new Set([...files.keys(), ...builtIn])];
  const made = new Map<BuiltIn, ApiDocument>();
  const kept = new Map<string, { readonly mark: string; readonly document: ApiDocument }>();

  function ofWire(provider: BuiltIn): ApiDocument {
    const document =
      made.get(provider) ?? readApiDocument(wireDocument(provider), { kind: 'wire', name: 'src/wire' });
    made.set(provider, document);
    return document;
  }

  async function ofFile(name: string, file: string): Promise<ApiDocument | Refused> {
    try {
      const { size, mtimeMs } = await stat(file);
      const mark = `${size} ${mtimeMs}`;
      const known = kept.get(name);
      if (known?.mark === mark) return known.document;
      if (size > MAX_FILE_BYTES) throw new AppError('bad-input', 'it is too large');
      const document = readApiDocument(await parseDocument(await readFile(file), name), {
        kind: 'file',
        name,
      });
      kept.set(name, { mark, document });
      return document;
    } catch (error) {
      const why = error instanceof AppError ? error.message : ((error as NodeJS.ErrnoException).code ?? '');
      return {
        kind: 'refused',
        code: 'bad-config',
        detail: `The document "${name}" of this server cannot be read: ${printable(why, 200)}.`,
        hint: 'Whoever runs the server looks at DONNA_EXPLAIN_DOCUMENTS.',
      };
    }
  }

  async function one(given: string | object, index: number): Promise<ApiDocument | Refused> {
    if (typeof given !== 'string') return ofObject(given, index);
    const file = files.get(given);
    if (file !== undefined) return ofFile(given, file);
    const provider = builtIn.find((name) => name === given);
    return provider ? ofWire(provider) : unknown(given, names);
  }

  return {
    async of(asked, host) {
      if (asked === undefined) {
        const providers = host === '' ? [] : providersOfHost(host, publicAddresses);
        if (providers.length > 0) return { kind: 'found', documents: providers.map(ofWire) };
        const detail = `No document of the API at "${printable(host, 100)}" is known here.`;
        return {
          kind: 'refused',
          code: 'no-document',
          detail,
          hint: `Give its OpenAPI document in documents, or one of these names: ${names.join(', ')}.`,
        };
      }
      const documents: ApiDocument[] = [];
      for (const [index, given] of asked.entries()) {
        const document = await one(given, index);
        if ('kind' in document) return document;
        documents.push(document);
      }
      return { kind: 'found', documents };
    },
  };
}

function ofObject(given: object, index: number): ApiDocument | Refused {
  try {
    return readApiDocument(given, { kind: 'given', name: `documents/${index}` });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: 'refused', code: 'no-document', detail: `/documents/${index}: ${error.message}` };
  }
}

function unknown(given: string, names: readonly string[]): Refused {
  const known = `Known here: ${names.join(', ')}. Or give the document itself, as an object.`;
  if (/^[a-z][a-z0-9+.-]*:|\//i.test(given)) {
    const detail = `"${printable(given, 100)}" is an address: the server fetches and opens nothing that a request names.`;
    return { kind: 'refused', code: 'no-document', detail, hint: known };
  }
  const meant = given.length <= 64 ? nearest(given, names) : undefined;
  const detail = `No document "${printable(given, 100)}" is known here.${meant ? ` Is ${meant} meant?` : ''}`;
  return { kind: 'refused', code: 'no-document', detail, hint: known };
}
