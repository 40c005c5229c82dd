import type { SchemaIssue } from '../spec/check-value.ts';
import { complaintsAbout } from './complaints-about.ts';
import { documentSays } from './document-says.ts';
import { gravity } from './gravity.ts';
import { issuesOf } from './issues-of.ts';
import type { Rule } from './rule.ts';
import { showValue } from './show-value.ts';
import { told } from './told.ts';

/** A value is of another JSON type than its schema says. */
export const wrongType: Rule = {
  name: 'wrong-type',
  title: 'A value has another type',
  *find(context) {
    for (const { place, issue, name, description } of issuesOf(context, 'type', 'items', 'false')) {
      const advice = cure(issue);
      yield told('wrong-type', context, {
        severity: gravity(context.reply),
        where: { part: 'field', place },
        message: `\`${name}\` must be ${issue.expected}, and ${typeOf(issue.sent)} was sent.`,
        sent: showValue(issue.sent, name),
        right: advice?.right ?? issue.expected,
        evidence: [
          documentSays(issue.pointer, description ?? `Its type is ${issue.expected}.`),
          ...complaintsAbout(context, place),
        ],
        fix: advice?.fix ?? `Send \`${name}\` as ${issue.expected}.`,
        sure: 0.95,
      });
    }
  },
};

/** The usual slips: quotes around a number, a list for one value, an object that was turned into text. */
function cure({ sent, expected }: SchemaIssue): { right: string; fix: string } | undefined {
  const wants = (type: string) => expected.split(' or ').includes(type);
  if (typeof sent === 'string') {
    const text = sent.trim();
    if (/^-?\d{1,15}$/.test(text) && (wants('integer') || wants('number')))
      return { right: text, fix: 'Send it without quotes.' };
    if (/^-?\d{1,15}\.\d{1,15}$/.test(text) && wants('number'))
      return { right: text, fix: 'Send it without quotes.' };
    if (/^(?:true|false)$/i.test(text) && wants('boolean'))
      return { right: text.toLowerCase(), fix: 'Send it without quotes.' };
    if (wants('boolean') && /^(?:yes|no|on|off)$/i.test(text)) {
      const right = /^(?:yes|on)$/i.test(text) ? 'true' : 'false';
      return { right, fix: `Send ${right} without quotes.` };
    }
    if ((wants('object') && /^\{.*\}$/s.test(text)) || (wants('array') && /^\[.*\]$/s.test(text)))
      return { right: 'the same without quotes', fix: 'Send it as JSON, not as a text that holds JSON.' };
  }
  if (Array.isArray(sent) && sent.length === 1 && !wants('array'))
    return { right: showValue(sent[0]), fix: 'Send the value itself, not a list with it.' };
  if (wants('array') && sent !== null && typeof sent !== 'object')
    return { right: `[${showValue(sent)}]`, fix: 'Send a list, even for one value.' };
  if ((typeof sent === 'number' || typeof sent === 'boolean') && expected === 'string')
    return { right: JSON.stringify(String(sent)), fix: 'Send it in quotes.' };
  return undefined;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'a number' : `a ${typeof value}`;
}
