const METHOD_AND_PATH = /\b(GET|PUT|POST|DELETE|PATCH)\s+[`*'"]*(\/[A-Za-z0-9_\-./{}:]+)/;
const PATH = /[`'"(\s](\/[a-z0-9][A-Za-z0-9_\-./{}]*)/;
const NAME =
  /\b(?:use|replaced by|superseded by|in favou?r of|migrate to|see|switch to|prefer)\s+(?:the\s+)?(?:\w+\s+)?[`'"]([A-Za-z][\w.\-/{}]{1,80})[`'"]/i;

/** What a description of something deprecated names to be used instead: `POST /v2/orders`, a path, or a name in quotes. */
export function successorHint(description: string | undefined): string | undefined {
  if (description === undefined) return undefined;
  // The hint stands at the beginning or beside the word; a description of pages is not searched to its end.
  const text = description.slice(0, 4000);
  const spoken = /deprecat|instead|replaced|superseded|in favou?r of|migrate/i.test(text);
  if (!spoken) return undefined;
  const whole = METHOD_AND_PATH.exec(text);
  if (whole) return `${whole[1]} ${trimmed(whole[2] ?? '')}`;
  const named = NAME.exec(text)?.[1];
  if (named !== undefined) return trimmed(named);
  const path = /instead|replaced|superseded|favou?r|migrate|use/i.test(text)
    ? PATH.exec(text)?.[1]
    : undefined;
  return path === undefined ? undefined : trimmed(path);
}

function trimmed(text: string): string {
  return text.replace(/[.,;:]+$/, '');
}
