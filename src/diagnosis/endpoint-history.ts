import table from './endpoint-history.generated.json' with { type: 'json' };

/** What dated documents of the provider say about one endpoint. Days are those of documents, as `YYYY-MM-DD`. */
interface EndpointFacts {
  /** `POST /v1/convai/twilio/outbound-call`, with the provider's names of path parameters. */
  readonly endpoint: string;
  readonly firstSeen: string;
  /** `undefined` while it is in the newest document. */
  readonly lastSeen?: string;
  /** The first document without it. */
  readonly goneBy?: string;
  readonly deprecatedSince?: string;
  readonly successor?: string;
}

export interface EndpointHistory {
  /** What was ever known under this method and path; the path may be a template or a real one. */
  find(method: string, path: string): EndpointFacts | undefined;
  /** The methods with which a path is in the newest document. */
  livingMethods(path: string): readonly string[];
  readonly oldest: string;
  readonly newest: string;
}

interface Row {
  readonly first: number;
  readonly last?: number;
  readonly deprecated?: number;
  readonly next?: string;
}

/** Reads a table as scripts/endpoint-history.ts makes it. */
export function createEndpointHistory(source: {
  readonly dates: readonly string[];
  readonly endpoints: Readonly<Record<string, Row>>;
}): EndpointHistory {
  const { dates } = source;
  const day = (index: number) => dates[index] ?? '';
  const rows = Object.entries(source.endpoints).map(([endpoint, row]) => {
    const [method = '', path = ''] = endpoint.split(' ');
    return { endpoint, method, row, path, steps: path.split('/') };
  });
  // A path without parameters wins over a template that fits too, as in the provider's router.
  const matching = (path: string) =>
    rows
      .filter(({ steps }) => fits(steps, path.split('/')))
      .sort((a, b) => parameters(a.path) - parameters(b.path));

  return {
    find(method, path) {
      const found = matching(path).find((candidate) => candidate.method === method);
      if (!found) return undefined;
      const { first, last, deprecated, next } = found.row;
      return {
        endpoint: found.endpoint,
        firstSeen: day(first),
        ...(last === undefined ? {} : { lastSeen: day(last), goneBy: day(last + 1) }),
        ...(deprecated === undefined ? {} : { deprecatedSince: day(deprecated) }),
        ...(next === undefined ? {} : { successor: next }),
      };
    },
    livingMethods: (path) =>
      matching(path)
        .filter(({ row }) => row.last === undefined)
        .map(({ method }) => method),
    oldest: day(0),
    newest: day(dates.length - 1),
  };
}

/** The history that Donna ships: /v1/convai, /v1/user and /v1/workspace. */
export const endpointHistory = createEndpointHistory(table);

function fits(template: readonly string[], path: readonly string[]): boolean {
  return (
    template.length === path.length &&
    template.every((step, index) => step === path[index] || (/^\{.*\}$/.test(step) && path[index] !== ''))
  );
}

function parameters(path: string): number {
  return path.split('{').length - 1;
}
