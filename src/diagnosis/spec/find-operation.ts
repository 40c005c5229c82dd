import type { ApiDocument, ApiOperation } from './api-document.ts';
import { fullPath } from './full-path.ts';
import { pathFits } from './path-fits.ts';
import { pathPattern } from './spec-model.ts';

/**
 * The operation of a method and a path, which may be the template or a path as it was sent, with the base path or without. Of several
 * that fit, the one with the fewest parameters.
 * @param method in any case.
 */
export function findOperation(document: ApiDocument, method: string, path: string): ApiOperation | undefined {
  const own = document.operations.filter((one) => one.method === method.toUpperCase());
  const wanted = pathPattern(path);
  return (
    own.find((one) => pathPattern(fullPath(one)) === wanted || pathPattern(one.path) === wanted) ??
    own
      .filter((one) => pathFits(fullPath(one), path) || pathFits(one.path, path))
      .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0]
  );
}
