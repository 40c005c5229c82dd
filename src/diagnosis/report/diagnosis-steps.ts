import type { Explanation } from '../explanation.ts';
import { certainty, confidenceWords } from './confidence-words.ts';
import { documentWords } from './document-words.ts';
import { replyText, requestMessage } from './http-message.ts';
import { codeBlock, pageCode, pageSentence, pageText } from './markdown-text.ts';
import { historySentences } from './sentences.ts';

interface Step {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The part of the page that says what was done and what each step showed. Only what was done is a step. */
export function diagnosisSteps(explanation: Explanation): string[] {
  const { findings, operation, history, verdict } = explanation;
  const steps = [
    asItWasSent(explanation),
    search(explanation),
    history && {
      title: 'The endpoint in dated documents',
      lines: historySentences(history).map((line) => `- ${pageSentence(line)}`),
    },
    {
      title: operation
        ? `The request against ${pageCode(`${operation.method} ${operation.fullPath}`, 200)}`
        : 'The request against the document',
      lines:
        findings.length === 0
          ? [
              verdict === 'cannot-tell'
                ? 'There was no operation to hold it against.'
                : 'It is as the document says.',
            ]
          : findings.flatMap(({ severity, rule, message, evidence, fix }) => [
              `- **${pageText(rule)}** (${severity}): ${pageSentence(message)}`,
              ...evidence.map(
                ({ source, text, pointer }) =>
                  `  - ${source}: ${pageSentence(text)}${pointer === undefined ? '' : ` (${pageCode(pointer, 200)})`}`,
              ),
              ...(fix ? [`  - so: ${pageSentence(fix)}`] : []),
            ]),
    },
  ];
  return [
    '',
    '## Steps, and what each showed',
    ...steps
      .filter((step) => step !== undefined)
      .flatMap(({ title, lines }, index) => ['', `### ${index + 1}. ${title}`, '', ...lines]),
  ];
}

function asItWasSent({ request, reply }: Explanation): Step {
  const answer = reply ? replyText(reply, 2000) : '';
  return {
    title: 'The request as it was sent',
    lines: [
      ...codeBlock(
        'http',
        answer === '' ? requestMessage(request) : `${requestMessage(request)}\n\n${answer}`,
      ),
      ...(answer === '' ? ['', 'What came back is not known.'] : []),
    ],
  };
}

function search({ documents, operation, alternatives, verdict }: Explanation): Step {
  const read = documents.map((document) => pageText(documentWords(document))).join('; ');
  if (!operation || verdict === 'cannot-tell') {
    const nearest = alternatives[0];
    return {
      title: 'The operation that was meant',
      lines: [
        `Looked for in: ${read}.`,
        '',
        nearest
          ? `None fits. The nearest is ${pageCode(`${nearest.method} ${nearest.fullPath}`, 200)}: ${confidenceWords(nearest.confidence)}.`
          : 'None fits.',
      ],
    };
  }
  return {
    title: verdict === 'wrong' ? 'The operation that was meant' : 'The operation of the request',
    lines: [
      `Looked for in: ${read}.`,
      '',
      `Found: ${pageCode(`${operation.method} ${operation.fullPath}`, 200)}, ${certainty(operation)}.`,
      ...(operation.evidence.for.length > 0 ? [''] : []),
      ...operation.evidence.for.map((line) => `- ${pageSentence(line)}`),
    ],
  };
}
