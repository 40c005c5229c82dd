import type { Explanation, Finding, Hypothesis } from './explanation.ts';

type Draft = Omit<Explanation, 'answer'>;

/** The answer in three lines at most: what is wrong, what was meant, what to do. */
export function answerOf(draft: Draft): readonly string[] {
  switch (draft.verdict) {
    case 'cannot-tell':
      return cannotTell(draft);
    case 'nothing-wrong':
      return nothingWrong(draft);
    case 'wrong':
      return wrong(draft);
  }
}

function cannotTell({ request, documents, findings, alternatives }: Draft): string[] {
  const where = documents.map(({ title }) => title).join(', ');
  const line = `Nothing in ${where} fits ${request.method} ${request.path} well enough to say what was meant.`;
  const [nearest] = alternatives;
  const near = nearest
    ? `The nearest is ${nameOf(nearest)}, with a chance of ${percent(nearest.confidence)}.`
    : undefined;
  const note = findings[0]?.message;
  return [
    line,
    ...(near ? [near] : []),
    ...(note ? [note] : ['Give the document of the API that the request is for (--spec).']),
  ];
}

function nothingWrong({ operation, findings, reply }: Draft): string[] {
  const fits = `The request is as the document has ${operation ? nameOf(operation) : 'it'}.`;
  const notes = findings.map(({ message }) => message).slice(0, 2);
  if (notes.length > 0) return [fits, ...notes];
  if (reply?.status === undefined || reply.status < 400) return [fits];
  return [
    fits,
    `The cause of the ${reply.status} is not in the shape of the request: read the answer, or ask the provider.`,
  ];
}

function wrong({ request, operation, findings, fix }: Draft): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const told = errors.length > 0 ? errors : findings;
  const [first] = told;
  const more = told.length > 1 ? ` (${told.length} differences in all)` : '';
  const lines = [
    `${first?.message ?? `${request.method} ${request.path} is not what the document has.`}${more}`,
  ];
  if (operation)
    lines.push(
      `${meant(operation)} ${nameOf(operation)}${operation.summary ? `: ${operation.summary}` : ''}.`,
    );
  const todo = whatToDo(told, fix?.holes.map(({ name }) => name) ?? []);
  if (todo !== undefined) lines.push(todo);
  return lines;
}

function meant({ confidence }: Hypothesis): string {
  if (confidence >= 0.9) return 'Meant is';
  return confidence >= 0.6
    ? `Meant is most likely (${percent(confidence)})`
    : `Meant may be (${percent(confidence)})`;
}

function whatToDo(findings: readonly Finding[], holes: readonly string[]): string | undefined {
  const fixes = [...new Set(findings.flatMap(({ fix }) => fix ?? []))].slice(0, 3);
  const fill = holes.length > 0 ? `Fill in ${holes.join(', ')}.` : undefined;
  const said = fixes.join(' ');
  return said === '' ? fill : said;
}

function nameOf({ method, fullPath }: Hypothesis): string {
  return `${method} ${fullPath}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
