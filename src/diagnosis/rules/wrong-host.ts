import type { Finding } from '../explanation.ts';
import { spellingLikeness } from '../match/likeness.ts';
import type { ApiServer } from '../spec/api-document.ts';
import { gravity } from './gravity.ts';
import { isLocalHost } from './is-local-host.ts';
import type { Rule, RuleContext } from './rule.ts';
import { servesHost } from './serves-host.ts';
import { told } from './told.ts';

/** Another provider, region or environment, or the right one without TLS. */
export const wrongHost: Rule = {
  name: 'wrong-host',
  title: 'The host is none of the servers in the document',
  *find(context) {
    const { request, match, documents } = context;
    if (request.host === '') return;
    const fits = match
      ? servesHost(match.document, match.operation, request.host)
      : documents.some((one) => servesHost(one, undefined, request.host));
    if (fits) {
      if (match) yield* scheme(context, match.operation.servers);
      return;
    }
    const servers = match ? match.operation.servers : documents.flatMap((one) => one.servers);
    const right = nearest(request.host, match?.server, servers);
    if (right?.host === undefined) return;
    const local = isLocalHost(request.host);
    yield told('wrong-host', context, {
      severity: local ? 'note' : match ? gravity(context.reply) : 'warning',
      where: { part: 'host' },
      message: local
        ? `\`${request.host}\` is on this machine or its network; the document speaks of \`${right.host}\`.`
        : `\`${request.host}\` is not a server of this API; ${relation(request.host, right.host)}`,
      sent: request.host,
      right: right.host,
      evidence: [serverEvidence(servers)],
      fix: local ? undefined : `Send the request to \`${right.scheme}://${right.host}\`.`,
      sure: local ? 0.5 : match ? 0.95 : 0.6,
    });
  },
};

function* scheme(context: RuleContext, servers: readonly ApiServer[]): Iterable<Finding> {
  const { request, reply } = context;
  const here = servers.filter((one) => one.host === request.host);
  if (request.scheme !== 'http' || here.length === 0 || here.some((one) => one.scheme === 'http')) return;
  yield told('wrong-host', context, {
    severity: gravity(reply),
    where: { part: 'host' },
    message: `\`${request.host}\` is served over https only: over http the key travels readable, and a redirect may turn a POST into a GET.`,
    sent: `http://${request.host}`,
    right: `https://${request.host}`,
    evidence: [serverEvidence(here)],
    fix: 'Write https:// in front of the host.',
    sure: 0.9,
  });
}

function nearest(
  host: string,
  matched: ApiServer | undefined,
  servers: readonly ApiServer[],
): ApiServer | undefined {
  const named = servers.filter((one) => one.host !== undefined);
  const start = matched?.host === undefined ? named[0] : matched;
  return named.reduce(
    (best, one) =>
      spellingLikeness(host, one.host ?? '') > spellingLikeness(host, best?.host ?? '') ? one : best,
    start,
  );
}

function relation(sent: string, right: string): string {
  const domain = (host: string) => host.replace(/:\d+$/, '').split('.').slice(-2).join('.');
  if (domain(sent) === domain(right)) return `the same provider serves it at \`${right}\`.`;
  return spellingLikeness(sent, right) >= 0.8
    ? `it is spelt \`${right}\`.`
    : `the document names \`${right}\`.`;
}

function serverEvidence(servers: readonly ApiServer[]) {
  const urls = [...new Set(servers.map((one) => one.url))];
  const more = urls.length > 3 ? ` and ${urls.length - 3} more` : '';
  return {
    source: 'document' as const,
    text: `Its servers are ${urls.slice(0, 3).join(', ')}${more}.`,
    pointer: '#/servers',
  };
}
