import type { SentRequest } from '../exchange/exchange.ts';
import type { Explanation, Finding } from '../explanation.ts';
import { placeName } from '../rules/place-name.ts';
import { type FindingsAbout, fieldRows, says } from './field-rows.ts';
import { nameKey } from './named-values.ts';
import { sides } from './sides.ts';
import { valueText } from './value-text.ts';

/** One thing as it was sent and as it is right. A side that is `undefined` does not exist there. */
export interface Difference {
  readonly what: 'endpoint' | 'host' | 'content type' | 'header' | 'field' | 'body' | 'other';
  readonly change: 'same' | 'changed' | 'added' | 'removed';
  readonly sent: string | undefined;
  readonly right: string | undefined;
  /** What was found about it, errors first. */
  readonly findings: readonly Finding[];
}

/** Longer lists help nobody, and a hostile request must not make one. */
const maxRows = 200;

// What clients add by themselves. A difference in them is no cause, and nobody sees them in his own code.
const transportHeaders =
  /^(?:host|connection|content-length|content-type|user-agent|accept(?:-.*)?|origin|referer|sec-.*|priority|dnt|te|cache-control|pragma|traceparent|tracestate)$/;

/**
 * The request as it was sent beside the right one, in the order of a request: endpoint, host, content type, headers, fields. Where
 * there is no corrected request, only what the findings say of both sides.
 */
export function differences(explanation: Explanation): readonly Difference[] {
  const { request, fix, findings, fieldMap } = explanation;
  const told = new Set<Finding>();
  const about: FindingsAbout = (...names) => {
    const keys = names.map(nameKey);
    const matching = findings.filter(({ where }) =>
      keys.includes(where.part === 'field' ? nameKey(placeName(where.place)) : `part ${where.part}`),
    );
    for (const finding of matching) told.add(finding);
    return matching;
  };
  const rows: Difference[] = [endpointRow(explanation, about)];
  if (fix) {
    const moving = new Set([...Object.keys(fieldMap), ...Object.values(fieldMap)].map(nameKey));
    rows.push(
      ...hostRow(request, fix.request, about),
      ...contentTypeRow(request, fix.request, about),
      ...headerRows(request, fix.request, moving, about),
      ...bodyRow(request, about),
      ...fieldRows(explanation, fix.request, about),
    );
  }
  for (const finding of findings) {
    if (told.has(finding) || (finding.sent === undefined && finding.right === undefined)) continue;
    // A body that was missing is there, field by field.
    if (finding.where.part === 'body' && request.body.kind === 'none' && fix?.request.body.kind === 'json')
      continue;
    rows.push(otherRow(finding));
  }
  return rows.slice(0, maxRows);
}

/** What no other row is about: a value that stays where it is, credentials that are missing. */
function otherRow(finding: Finding): Difference {
  const { where, sent, right } = finding;
  if (where.part !== 'field') return { ...sides(sent, right), what: 'other', findings: [finding] };
  const name = placeName(where.place);
  const named = (text: string | undefined) => (text === undefined ? undefined : says(name, text));
  return { ...sides(named(sent), named(right)), what: 'field', findings: [finding] };
}

function endpointRow({ request, fix, operation, verdict }: Explanation, about: FindingsAbout): Difference {
  const sent = `${request.method} ${request.path}`;
  let right: string | undefined;
  if (fix) right = `${fix.request.method} ${fix.request.path}`;
  else if (verdict === 'nothing-wrong') right = sent;
  else if (operation && verdict === 'wrong') right = `${operation.method} ${operation.fullPath}`;
  return { ...sides(sent, right), what: 'endpoint', findings: about('part path', 'part method') };
}

function hostRow(sent: SentRequest, right: SentRequest, about: FindingsAbout): Difference[] {
  if (sent.host === '' || right.host === '') return [];
  const row = sides(`${sent.scheme}://${sent.host}`, `${right.scheme}://${right.host}`);
  return row.change === 'same' ? [] : [{ ...row, what: 'host', findings: about('part host') }];
}

function contentTypeRow(sent: SentRequest, right: SentRequest, about: FindingsAbout): Difference[] {
  if (sent.contentType === right.contentType) return [];
  const text = (type: string | undefined) => (type === undefined ? undefined : `content-type: ${type}`);
  const row = sides(text(sent.contentType), text(right.contentType));
  return [{ ...row, what: 'content type', findings: about('part content-type') }];
}

function headerRows(
  sent: SentRequest,
  right: SentRequest,
  moving: ReadonlySet<string>,
  about: FindingsAbout,
): Difference[] {
  const wanted = shownHeaders(right, moving);
  // Where the sent headers are not known, nothing can be said of what they lack.
  const had = sent.headers ? shownHeaders(sent, moving) : wanted;
  return [...new Set([...had.keys(), ...wanted.keys()])].flatMap((name): Difference[] => {
    const row = sides(had.get(name), wanted.get(name));
    if (row.change === 'same') return [];
    return [{ ...row, what: 'header', findings: about(`header:${name}`, 'part auth') }];
  });
}

function shownHeaders({ headers }: SentRequest, moving: ReadonlySet<string>): ReadonlyMap<string, string> {
  const shown = new Map<string, string>();
  for (const [name, value] of headers ?? []) {
    const key = name.toLowerCase();
    if (!transportHeaders.test(key) && !moving.has(nameKey(`header:${name}`)))
      shown.set(key, `${name}: ${value}`);
  }
  return shown;
}

/** A body that is no fields has a row for itself. */
function bodyRow({ body }: SentRequest, about: FindingsAbout): Difference[] {
  if (body.kind !== 'text' && body.kind !== 'unread') return [];
  const sent =
    body.kind === 'text'
      ? `body: ${valueText(body.text, 120)}${body.problem ? ` (${body.problem})` : ''}`
      : `body: not read (${body.why})`;
  const findings = about('the body', 'part body');
  const right = findings.find((finding) => finding.right !== undefined)?.right;
  const change = body.kind === 'unread' ? 'same' : right === undefined ? 'removed' : 'changed';
  return [{ what: 'body', change, sent, right: body.kind === 'unread' ? sent : right, findings }];
}
