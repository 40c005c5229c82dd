import type { Finding } from '../explanation.ts';
import { bodyContent } from '../match/body-content.ts';
import type { FieldPlace } from '../match/match.ts';
import { descriptionOf, walkBody } from '../match/walk-body.ts';
import type { SchemaIssue } from '../spec/check-value.ts';
import { complaintsAbout } from './complaints-about.ts';
import { documentSays } from './document-says.ts';
import { gravity } from './gravity.ts';
import { issuesOf } from './issues-of.ts';
import { knownAt } from './known-at.ts';
import { placeName } from './place-name.ts';
import type { Rule, RuleContext } from './rule.ts';
import { showValue } from './show-value.ts';
import { spokenName } from './spoken-name.ts';
import { told } from './told.ts';

/** A value is of another JSON type than its schema says. */
export const wrongType: Rule = {
  name: 'wrong-type',
  title: 'A value has another type',
  *find(context) {
    const { match, request } = context;
    for (const { place, issue, name, description } of issuesOf(context, 'type', 'items', 'false')) {
      const listed = match && knownAt(match, request, place.in, place.steps)?.shape.values;
      // Of the right type it would still be none of those that are listed.
      const advice = listed ? choice(listed, issue.sent, name) : cure(issue, spokenName(name));
      yield told('wrong-type', context, {
        severity: gravity(context.reply),
        where: { part: 'field', place },
        message: `${spokenName(name)} must be ${withArticle(issue.expected)}, and ${typeOf(issue.sent)} was sent.`,
        sent: showValue(issue.sent, name),
        right: advice?.right ?? issue.expected,
        evidence: [
          documentSays(issue.pointer, description ?? `Its type is ${issue.expected}.`),
          ...complaintsAbout(context, place),
        ],
        fix: advice?.fix ?? `Send ${spokenName(name)} as ${withArticle(issue.expected)}.`,
        sure: 0.95,
      });
    }
    yield* ofOtherBranches(context);
  },
};

/**
 * A value that passes only because another form of the object does not know its field and so takes anything there. That is valid
 * by the letter; it is told when the provider refused the request.
 */
function* ofOtherBranches(context: RuleContext): Iterable<Finding> {
  const { match, request, reply } = context;
  const shape = match && bodyContent(match.operation, request)?.shape();
  if (!shape || (reply?.status !== 400 && reply?.status !== 422)) return;
  if (request.body.kind !== 'json') return;
  for (const level of walkBody(request.body.value, shape).levels) {
    for (const [name, value] of Object.entries(level.value)) {
      const field = level.shape.fields.get(name);
      const types = field?.shape().types;
      if (!field || !types || types.size === 0 || isOf(value, types)) continue;
      const place: FieldPlace = { in: 'body', steps: [...level.steps, name] };
      const expected = [...types].join(' or ');
      const advice = cure({ sent: value, expected }, spokenName(placeName(place)));
      yield told('wrong-type', context, {
        severity: 'error',
        where: { part: 'field', place },
        message: `\`${placeName(place)}\` is ${withArticle(expected)} wherever the document knows it, and ${typeOf(value)} was sent.`,
        sent: showValue(value, name),
        right: advice?.right ?? expected,
        evidence: [documentSays(field.pointer, descriptionOf(field.shape()) ?? `Its type is ${expected}.`)],
        fix: advice?.fix ?? `Send ${spokenName(placeName(place))} as ${withArticle(expected)}.`,
        sure: 0.8,
      });
    }
  }
}

function isOf(value: unknown, types: ReadonlySet<string>): boolean {
  if (value === null) return types.has('null');
  if (Array.isArray(value)) return types.has('array');
  if (typeof value !== 'number') return types.has(typeof value);
  return types.has('number') || (Number.isInteger(value) && types.has('integer'));
}

function choice(listed: ReadonlySet<string>, sent: unknown, name: string): { right: string; fix: string } {
  const written = typeof sent === 'string' ? sent : JSON.stringify(String(sent));
  if (listed.has(written)) return { right: written, fix: `Send ${spokenName(name)} as ${written}.` };
  const shown = [...listed].slice(0, 10).join(', ');
  const right = listed.size === 1 ? shown : `one of ${shown}`;
  return { right, fix: `Send ${spokenName(name)} as ${right}.` };
}

/** The usual slips: quotes around a number, a list for one value, an object that was turned into text. */
function cure(
  { sent, expected }: Pick<SchemaIssue, 'sent' | 'expected'>,
  name: string,
): { right: string; fix: string } | undefined {
  const wants = (type: string) => expected.split(' or ').includes(type);
  if (typeof sent === 'string') {
    const text = sent.trim();
    if (/^-?\d{1,15}$/.test(text) && (wants('integer') || wants('number')))
      return { right: text, fix: `Send ${name} without quotes.` };
    if (/^-?\d{1,15}\.\d{1,15}$/.test(text) && wants('number'))
      return { right: text, fix: `Send ${name} without quotes.` };
    if (/^(?:true|false)$/i.test(text) && wants('boolean'))
      return { right: text.toLowerCase(), fix: `Send ${name} without quotes.` };
    if (wants('boolean') && /^(?:yes|no|on|off)$/i.test(text)) {
      const right = /^(?:yes|on)$/i.test(text) ? 'true' : 'false';
      return { right, fix: `Send ${name} as ${right}, without quotes.` };
    }
    if ((wants('object') && /^\{.*\}$/s.test(text)) || (wants('array') && /^\[.*\]$/s.test(text)))
      return {
        right: 'the same without quotes',
        fix: `Send ${name} as JSON, not as a text that holds JSON.`,
      };
  }
  if (Array.isArray(sent) && sent.length === 1 && !wants('array'))
    return { right: showValue(sent[0]), fix: `Send ${name} as the value itself, not as a list with it.` };
  if (wants('array') && sent !== null && typeof sent !== 'object')
    return { right: `[${showValue(sent)}]`, fix: `Send ${name} as a list, even for one value.` };
  if ((typeof sent === 'number' || typeof sent === 'boolean') && expected === 'string')
    return { right: JSON.stringify(String(sent)), fix: `Send ${name} in quotes.` };
  return undefined;
}

const articles: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'a boolean',
  array: 'a list',
  object: 'an object',
};

/** `integer or null` as it stands in a sentence. */
function withArticle(types: string): string {
  return types
    .split(' or ')
    .map((type) => (Object.hasOwn(articles, type) ? articles[type] : type))
    .join(' or ');
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'a number' : `a ${typeof value}`;
}
