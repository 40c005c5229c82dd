import { type Anomaly, type AnomalyKind, anomalyKinds, type Ledger } from '../../calls/ledger/index.ts';
import { printable } from '../../kernel/printable.ts';
import { type CostFacts, ledgerFacts, ledgerRow } from './ledger-facts.ts';
import type { Styles } from './styles.ts';

interface Words {
  readonly one: string;
  readonly many: string;
  readonly advice: string;
}

const words: Readonly<Record<AnomalyKind, Words>> = {
  'duplicate-dial': {
    one: 'duplicate dial',
    many: 'duplicate dials',
    advice: 'Find what sends the request twice: the official SDK does on a 503, unless maxRetries is 0.',
  },
  'unasked-call': {
    one: 'carrier call that nobody asked for',
    many: 'carrier calls that nobody asked for',
    advice: 'Find who else has the Twilio credentials. A conversation that was deleted leaves its call, too.',
  },
  'false-success': {
    one: '"done, success" that never connected',
    many: '"done, success" that never connected',
    advice: 'Do not count call_successful; the command below says why each failed.',
  },
  'billed-failure': {
    one: 'billed failure',
    many: 'billed failures',
    advice: 'Mend the cause; with the ids below the provider or the carrier can be asked for a credit.',
  },
  'placed-after-all': {
    one: 'attempt that was placed after all',
    many: 'attempts that were placed after all',
    advice: 'Do not dial again: a phone rang. The command below adopts an open one.',
  },
  'no-conversation': {
    one: 'call without a conversation',
    many: 'calls without a conversation',
    advice: 'It was deleted or lost: look who deletes conversations, and how long the agent keeps them.',
  },
};

const WIDTH = 80;

/** The ledger for a person, in 80 columns: totals, each kind with its findings, what was not checked. */
export function ledgerLines(ledger: Ledger, world: { sandbox: boolean }, style: Styles): string[] {
  const { totals, notChecked, anomalies } = ledger;
  const { cost, anomalyCost } = ledgerFacts(ledger, world).totals;
  const books = [
    counted(totals.conversations, 'conversation'),
    counted(totals.carrierCalls, 'carrier call'),
    `${counted(totals.attempts, 'attempt')} of ours`,
  ];
  return [
    style.bold(`Since ${minute(ledger.since.toISOString())} UTC`),
    books.join(', '),
    `Cost: ${costText(cost) || 'nothing'}`,
    ...(totals.openAttempts > 0
      ? [
          `${style.warn('?')} ${counted(totals.openAttempts, 'open attempt')} of which neither side knows anything`,
        ]
      : []),
    ...anomalyKinds.flatMap((kind) =>
      kindLines(
        kind,
        anomalies.filter((one) => one.kind === kind),
        world,
        style,
      ),
    ),
    '',
    anomalies.length === 0
      ? `${style.good('✓')} Nothing is wrong in what was checked.`
      : style.bold(
          `${counted(anomalies.length, 'finding')}, on calls that cost ${costText(anomalyCost) || 'nothing'}`,
        ),
    ...notChecked.flatMap((text) =>
      wrapped(`${style.warn('!')} not checked: ${printable(text)}`, WIDTH, '  '),
    ),
  ];
}

function kindLines(
  kind: AnomalyKind,
  found: readonly Anomaly[],
  world: { sandbox: boolean },
  style: Styles,
): string[] {
  const [first] = found;
  if (!first) return [];
  const { one, many, advice } = words[kind];
  const title = `${found.length} ${found.length === 1 ? one : many}`;
  return [
    '',
    `${style.bad('✗')} ${style.bold(title)}`,
    ...wrapped(`${style.dim('→')} ${advice}`, WIDTH - 2, '  ').map((line) => `  ${line}`),
    `  ${style.dim('→')} ${ledgerRow(first, world).next}`,
    ...found.flatMap((anomaly) => findingLines(anomaly, world, style)),
  ];
}

function findingLines(anomaly: Anomaly, world: { sandbox: boolean }, style: Styles): string[] {
  const { at, to, conversationId, callSid, attempt, evidence, cost } = ledgerRow(anomaly, world);
  const { conversation, carrierCall } = anomaly.entry;
  const id = conversation || !carrierCall ? (conversationId ?? attempt ?? callSid) : callSid;
  // What a failure was billed is the evidence itself.
  const price = anomaly.kind === 'billed-failure' ? '' : costText(cost);
  const text = `${printable(evidence)}${price ? ` (${price})` : ''}`;
  return [
    `  ${at === undefined ? '–'.padEnd(16) : minute(at)}  ${printable(to, 16).padEnd(12)}  ${printable(id ?? '', 44)}`,
    ...wrapped(text, WIDTH - 4, '').map((line) => `    ${style.dim(line)}`),
  ];
}

function costText({ credits, dollars, carrier }: CostFacts): string {
  return [
    ...(credits > 0 ? [`${credits} credits`] : []),
    ...(Number(dollars ?? 0) > 0 ? [`$${dollars}`] : []),
    ...carrier.map(({ amount, currency }) => `carrier ${amount} ${printable(currency, 8)}`),
  ].join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function minute(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}

/** Broken at spaces; a word that is longer than the width stays whole, so that it can be copied. */
function wrapped(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : indent + word);
  }
  return lines;
}
