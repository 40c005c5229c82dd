import type { Route } from '../api/route.ts';
import { Refused } from './refused.ts';

/** What is said of a request that no route takes: the wrong method for a path, or no such path. */
export function createKnownPaths(routes: readonly Route[]) {
  const known = routes.map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  }));
  return (path: string): Refused => {
    const methods = known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    if (methods.length === 0) {
      return new Refused('not-found', 'There is no such path.', {
        hint: 'GET /openapi.json has all of them.',
      });
    }
    const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
    return new Refused('method-not-allowed', `This path takes ${allowed.join(', ')}.`, {
      headers: { Allow: allowed.join(', ') },
    });
  };
}
