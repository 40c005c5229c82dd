import type { Shape } from './shape.ts';

export type Json = Readonly<Record<string, unknown>>;

/** An OpenAPI 3 document, indexed for questions about one request. Everything below the operation is read when it is asked for. */
export interface ApiDocument {
  readonly title: string;
  /** `info.version`. */
  readonly version: string | undefined;
  readonly origin: DocumentOrigin;
  readonly root: Json;
  /** Of the whole document; one without host and base path where it names none. */
  readonly servers: readonly ApiServer[];
  /** In the order of the document. */
  readonly operations: readonly ApiOperation[];
  /** What lies at the pointers, as one shape (their union). A remote reference is anything. */
  readonly shapeAt: (pointers: readonly string[]) => Shape;
}

/** Where a document is from; every answer names it. */
export interface DocumentOrigin {
  /** `file`: the user's; `live`: fetched now; `cache`: fetched on `date`; `wire`: made from Donna's own schemas; `given`: by a caller. */
  readonly kind: 'file' | 'live' | 'cache' | 'wire' | 'given';
  /** File name or URL, for people. */
  readonly name: string;
  /** Day of the document, `YYYY-MM-DD`, where it is known. */
  readonly date?: string;
}

export interface ApiServer {
  /** With variables replaced by their defaults; as written otherwise. */
  readonly url: string;
  /** Lower case, with port; `undefined` where the URL is relative. */
  readonly host: string | undefined;
  readonly scheme: 'http' | 'https';
  /** Whether a host (lower case) is this server, with any value that a variable in its URL may have. Without a host it is every one. */
  readonly serves: (host: string) => boolean;
  /** `''` or `/v2`: never with a slash at its end. */
  readonly basePath: string;
  readonly description: string | undefined;
}

export interface ApiOperation {
  /** Its place in `operations`. */
  readonly index: number;
  /** In capitals. */
  readonly method: string;
  /** As in the document's `paths`, without the base path. */
  readonly path: string;
  readonly operationId: string | undefined;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  /** JSON pointer of the operation. */
  readonly pointer: string;
  /** Those of the operation, else of its path, else of the document. */
  readonly servers: readonly ApiServer[];
  /** Path parameters in the order of the path first. The operation's own win over the path's. */
  readonly parameters: () => readonly ApiParameter[];
  readonly body: () => ApiBody | undefined;
  /** Alternatives, each a list of schemes that go together. Empty: none is asked for, or none is declared. */
  readonly security: () => readonly (readonly SecurityScheme[])[];
}

export interface ApiParameter {
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly name: string;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description: string | undefined;
  readonly pointer: string;
  readonly schemaPointer: string;
  readonly shape: () => Shape;
}

export interface ApiBody {
  readonly required: boolean;
  readonly pointer: string;
  /** In the document's order. */
  readonly contents: readonly ApiContent[];
}

export interface ApiContent {
  /** Lower case, without parameters. */
  readonly type: string;
  readonly schemaPointer: string;
  readonly shape: () => Shape;
}

export interface SecurityScheme {
  readonly name: string;
  readonly kind: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS' | 'unknown';
  /** Of an apiKey: where it goes and under which name. */
  readonly in?: 'header' | 'query' | 'cookie';
  readonly key?: string;
  /** Of http: `bearer`, `basic`. */
  readonly scheme?: string;
}
