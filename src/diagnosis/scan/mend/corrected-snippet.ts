import type { JudgedCall } from '../judge-call.ts';

/** The corrected request for a person to copy from: the line of the request and its body, with the expressions of the source in their places. */
export function correctedSnippet({ explanation, source }: JudgedCall): readonly string[] {
  const { fix, operation } = explanation;
  if (!fix) return operation ? [`${operation.method} ${operation.fullPath}`] : [];
  const { method, scheme, host, path, query, body } = fix.request;
  const asked = query.map(([name, value]) => `${name}=${value}`).join('&');
  const url = `${host === '' ? '' : `${scheme}://${host}`}${path}${asked === '' ? '' : `?${asked}`}`;
  const lines = [`${method} ${url}`];
  if (body.kind === 'json' || body.kind === 'form') {
    const text = JSON.stringify(body.value, null, 2) ?? '';
    lines.push(...withExpressions(text, source).split('\n').slice(0, longest));
  }
  return lines;
}

const longest = 60;

/** `"<name>"` -> the expression that the source has there. */
function withExpressions(text: string, source: JudgedCall['source']): string {
  return text.replace(/"<([\w-]+)>"/g, (all, name: string) => source.names.expressionOf(name) ?? all);
}
