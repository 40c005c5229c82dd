import type { Explanation, Hypothesis, ParameterFacts } from '../explanation.ts';
import { type Proof, proofLines } from '../proof.ts';
import { spokenName } from '../rules/spoken-name.ts';
import { certainty, confidenceWords } from './confidence-words.ts';
import { diagnosisSteps } from './diagnosis-steps.ts';
import { type Difference, differences } from './differences.ts';
import { documentWords } from './document-words.ts';
import { codeNames, fixCode } from './fix-code.ts';
import { replyText, requestMessage } from './http-message.ts';
import { cellCode, codeBlock, pageCode, pageSentence, pageText, table } from './markdown-text.ts';

/** Parameters beyond these are many only in documents that nobody reads in a table. */
const maxOptional = 40;

/** The root cause document: a page of Markdown (CommonMark with GitHub's tables) to put into an issue or a wiki. No secret is in it. */
export function markdownPage(explanation: Explanation, proof?: Proof): string {
  return `${[
    `# ${title(explanation)}`,
    ...summary(explanation),
    ...diagnosisSteps(explanation),
    ...theFix(explanation),
    ...keyDifferences(explanation),
    ...parameters(explanation),
    ...verification(explanation, proof),
    ...uncertain(explanation),
    ...documents(explanation),
  ].join('\n')}\n`;
}

function title({ verdict, request, reply }: Explanation): string {
  const endpoint = pageCode(`${request.method} ${request.path}`, 200);
  const status = reply?.status === undefined ? '' : ` answers ${reply.status}`;
  if (verdict === 'nothing-wrong') return `${endpoint}${status}: nothing is wrong with the request`;
  if (verdict === 'cannot-tell') return `${endpoint}${status}: no cause found`;
  return status === '' ? `Root cause: ${endpoint} is wrong` : `Root cause: ${endpoint}${status}`;
}

function summary({ verdict, request, reply, answer, findings, operation, fix }: Explanation): string[] {
  const [first = '', ...rest] = answer.map((line) => pageSentence(line));
  const address = requestMessage({ ...request, headers: [], contentType: undefined, body: { kind: 'none' } });
  const answered = reply ? replyText(reply) : '';
  const problem =
    answered === '' ? 'is to be looked at; its answer is not known' : `answers ${pageCode(answered)}`;
  const wrong = verdict === 'wrong';
  // The answer begins with the message of the first of them.
  const causes = wrong
    ? findings.filter(({ severity, message }) => severity !== 'note' && !answer[0]?.includes(message))
    : [];
  const fallback = operation ? [`${pageCode(`${operation.method} ${operation.fullPath}`, 200)}.`] : [];
  const seeFix = fix ? ['See [the fix](#the-fix).'] : [];
  const mends = findings.flatMap(({ fix }) => (fix ? [pageSentence(fix)] : []));
  return [
    '',
    '## Summary',
    '',
    `- **Problem**: ${pageCode(address)} ${problem}.`,
    `- **Cause**: ${wrong ? first : [first, ...rest].join(' ')}`,
    ...causes.map(({ message }) => `  - ${pageSentence(message)}`),
    ...(wrong ? [`- **Solution**: ${[...(rest.length > 0 ? rest : fallback), ...seeFix].join(' ')}`] : []),
    ...(verdict === 'nothing-wrong' && mends.length > 0 ? [`- **Solution**: ${mends.join(' ')}`] : []),
  ];
}

function theFix({ request, fix, verdict }: Explanation): string[] {
  if (!fix || verdict !== 'wrong') return [];
  return [
    '',
    '## The fix',
    '',
    'Before:',
    '',
    ...codeBlock('http', requestMessage(request)),
    '',
    'After:',
    '',
    ...codeBlock('http', requestMessage(fix.request)),
    ...(fix.holes.length > 0 ? ['', 'To be filled in:', ''] : []),
    ...fix.holes.map(
      ({ name, expects, example }) =>
        `- ${pageCode(`<${name}>`)}: ${pageText(expects)}${example === undefined ? '' : `, for example ${pageCode(example, 120)}`}`,
    ),
    ...(fix.dropped.length > 0
      ? [
          '',
          `Left out, as the operation does not know ${fix.dropped.length === 1 ? 'it' : 'them'}: ${fix.dropped.map((name) => pageCode(spokenName(name, ''), 100)).join(', ')}.`,
        ]
      : []),
    ...(['curl', 'ts', 'python'] as const).flatMap((language) => [
      '',
      `### ${codeNames[language]}`,
      '',
      ...codeBlock({ curl: 'sh', ts: 'ts', python: 'python' }[language], fixCode(fix, language)),
    ]),
  ];
}

const changeNames = { same: 'as it was', changed: 'changed', added: 'new', removed: 'gone' } as const;

function keyDifferences(explanation: Explanation): string[] {
  if (explanation.verdict !== 'wrong') return [];
  const rows = differences(explanation).filter(
    ({ change, findings }) => change !== 'same' || findings.length > 0,
  );
  if (rows.length === 0) return [];
  return [
    '',
    '## Key differences',
    '',
    ...table(
      ['what', 'old', 'new', 'notes'],
      rows.map((row) => [row.what, cellCode(row.sent ?? ''), cellCode(row.right ?? ''), notes(row)]),
    ),
  ];
}

function notes({ findings, change }: Difference): string {
  if (findings.length === 0) return changeNames[change];
  return findings
    .slice(0, 3)
    .map(({ message, rule }) => `${pageSentence(message, 300)} (${pageText(rule, 60)})`)
    .join(' ');
}

function parameters({ operation, verdict }: Explanation): string[] {
  if (!operation || verdict === 'cannot-tell') return [];
  const { method, fullPath, summary: about, required, optional } = operation;
  const list = (facts: readonly ParameterFacts[]) =>
    table(
      ['name', 'type', 'meaning'],
      facts.map(({ name, type, description }) => [
        cellCode(name, 120),
        pageText(type, 200),
        pageText(description ?? '', 300),
      ]),
    );
  const left = optional.length - maxOptional;
  return [
    '',
    `## Parameters of ${pageCode(`${method} ${fullPath}`, 200)}`,
    ...(about ? ['', `${pageText(about)}.`] : []),
    '',
    '### Required',
    '',
    ...(required.length > 0 ? list(required) : ['None.']),
    '',
    '### Optional',
    '',
    ...(optional.length > 0 ? list(optional.slice(0, maxOptional)) : ['None.']),
    ...(left > 0 ? ['', `And ${left} more, in the document.`] : []),
  ];
}

const proofMarks = { shown: '✓', against: '✗', open: '·' } as const;

function verification({ operation, verdict }: Explanation, proof: Proof | undefined): string[] {
  const known =
    verdict === 'wrong'
      ? proofLines(proof).map(({ state, text }) => `- ${proofMarks[state]} ${pageSentence(text)}`)
      : [];
  if (!operation && known.length === 0) return [];
  return [
    '',
    '## How to verify',
    ...(operation
      ? ['', 'This changes nothing at the provider:', '', ...codeBlock('sh', operation.confirm)]
      : []),
    ...(known.length > 0 ? ['', 'What is known of the fix so far:', '', ...known] : []),
  ];
}

function uncertain({ operation, alternatives, verdict }: Explanation): string[] {
  const meant = (one: Hypothesis) =>
    `- ${pageCode(`${one.method} ${one.fullPath}`, 200)}${one.summary ? ` (${pageText(one.summary, 120)})` : ''}: ${confidenceWords(one.confidence)}.${reasons(one)}`;
  if (!operation && alternatives.length === 0) {
    return [
      '',
      '## What is not certain',
      '',
      'Nothing in the document fits the request, so nothing is guessed.',
    ];
  }
  return [
    '',
    '## What is not certain',
    '',
    ...(operation
      ? [
          `That ${pageCode(`${operation.method} ${operation.fullPath}`, 200)} ${verdict === 'wrong' ? 'was meant' : 'is meant'} is ${certainty(operation)}.${reasons(operation)}`,
        ]
      : ['No operation fits well enough to be named as the right one.']),
    ...(alternatives.length > 0
      ? ['', operation ? 'It could also be:' : 'The nearest are:', '', ...alternatives.slice(0, 5).map(meant)]
      : []),
  ];
}

function reasons({ evidence }: Hypothesis): string {
  const against = evidence.against.slice(0, 3).map((line) => pageSentence(line));
  return against.length === 0
    ? ''
    : ` Against it: ${against.map((line) => line.replace(/\.$/, '')).join('; ')}.`;
}

function documents(explanation: Explanation): string[] {
  return [
    '',
    '## Documents',
    '',
    ...explanation.documents.map((document) => `- ${pageText(documentWords(document))}`),
  ];
}
