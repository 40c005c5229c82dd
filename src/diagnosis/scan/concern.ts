import type { SentRequest } from '../exchange/exchange.ts';
import { segmentsOf, type TemplateStep, templateSteps } from '../match/template.ts';
import type { ApiDocument } from '../spec/api-document.ts';
import { holdsUnknown } from './unknown-value.ts';

/** Whether a request goes to one of the documents' APIs, and how that is known. */
export interface Concern {
  /** `host`: by its host; `path`: the host is not known, and the path is one of the API; `likeness`: its path only begins like one. */
  readonly by: 'host' | 'path' | 'likeness';
  /** What stands in front of the path by the documents, where the base URL is not known. */
  readonly ahead: string;
}

export interface FindConcern {
  of(request: SentRequest, hostUnknown: boolean): Concern | undefined;
  /** Whether a host is one of the documents', or a sibling of one. */
  knowsHost(host: string): boolean;
  /** Whether the text has one of those hosts in it. */
  isNamedIn(text: string): boolean;
}

interface Known {
  readonly steps: readonly TemplateStep[];
  /** Its document does not say where it is served. */
  readonly hostless: boolean;
}

/** Knows the hosts and paths of the documents. A document without a host is known by its paths alone. */
export function createConcern(documents: readonly ApiDocument[]): FindConcern {
  const hosts = new Set<string>();
  const known: Known[] = [];
  const beginnings = new Set<string>();
  const hostless = new Set<string>();
  for (const { operations } of documents) {
    for (const { servers, path } of operations) {
      for (const basePath of new Set(servers.map((server) => server.basePath))) {
        const steps = templateSteps(basePath, path);
        known.push({ steps, hostless: servers.some(({ host }) => host === undefined) });
        const beginning = beginningOf(steps);
        if (beginning) beginnings.add(beginning);
        if (beginning && servers.some(({ host }) => host === undefined)) hostless.add(beginning);
      }
      for (const { host } of servers) if (host !== undefined) hosts.add(host);
    }
  }
  const related = new Set([...hosts].map(domainOf));

  const knowsHost = (host: string) => hosts.has(host) || related.has(domainOf(host));
  const hostlessLike = (sent: readonly string[]) => hostless.has(sent.slice(0, 2).join('/'));
  return {
    knowsHost,
    isNamedIn: (text) => [...related].some((domain) => text.includes(domain)),
    of(request, hostUnknown) {
      if (hosts.has(request.host)) return { by: 'host', ahead: '' };
      const sent = segmentsOf(request.path);
      const fitting = known.filter(({ steps }) => fits(sent, steps));
      if (!hostUnknown && request.host !== '') {
        if (fitting.some(({ hostless }) => hostless)) return { by: 'path', ahead: '' };
        if (!knowsHost(request.host)) return hostlessLike(sent) ? { by: 'likeness', ahead: '' } : undefined;
        return fitting.length > 0 ? { by: 'host', ahead: '' } : undefined;
      }
      if (fitting.some(({ steps }) => literals(steps) > 1)) return { by: 'path', ahead: '' };
      const ahead = aheadOf(sent, known);
      if (ahead !== undefined) return { by: 'path', ahead };
      if (fitting.length > 0 || beginnings.has(sent.slice(0, 2).join('/')))
        return { by: 'likeness', ahead: '' };
      return undefined;
    },
  };
}

/** A base URL that is not known often ends with the version: then the path is one of the API without its first steps. */
function aheadOf(sent: readonly string[], known: readonly Known[]): string | undefined {
  if (sent.filter((segment) => !holdsUnknown(segment)).length < 2) return undefined;
  const found = new Set<string>();
  for (const { steps } of known) {
    const left = steps.length - sent.length;
    const front = steps.slice(0, Math.max(left, 0));
    if (left < 1 || left > 3 || front.some(({ kind }) => kind !== 'literal')) continue;
    const rest = steps.slice(left);
    if (fits(sent, rest) && literals(rest) > 1) found.add(`/${front.map(({ text }) => text).join('/')}`);
  }
  return found.size === 1 ? [...found][0] : undefined;
}

function fits(sent: readonly string[], steps: readonly TemplateStep[]): boolean {
  return (
    sent.length === steps.length &&
    steps.every((step, index) => {
      const segment = sent[index] ?? '';
      return step.kind === 'literal' ? step.text === segment : step.read(segment) !== undefined;
    })
  );
}

function literals(steps: readonly TemplateStep[]): number {
  return steps.filter(({ kind }) => kind === 'literal').length;
}

function beginningOf(steps: readonly TemplateStep[]): string | undefined {
  const [first, second] = steps;
  return first?.kind === 'literal' && second?.kind === 'literal' ? `${first.text}/${second.text}` : undefined;
}

/** The part of a host that one owner has: the last two labels, three where the last two are as short as `co.uk`. */
function domainOf(host: string): string {
  const labels = host.replace(/:\d+$/, '').split('.');
  const short = labels.slice(-2).every((label) => label.length <= 3);
  return labels.slice(short ? -3 : -2).join('.');
}
