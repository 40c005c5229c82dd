import type { ApiDocument } from '../../../diagnosis/spec/api-document.ts';

/**
 * What `donna spec` needs of the world: the document in a file or at a URL that the user typed, or the default provider's. Throws
 * AppError with what is wrong with it.
 */
export type LoadDocument = (source?: string) => Promise<ApiDocument>;
