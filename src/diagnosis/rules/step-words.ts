import type { RouteStep, StepChange } from '../match/match.ts';

const changes: Readonly<Record<StepChange, string>> = {
  case: 'upper and lower case',
  separator: 'hyphen and underscore',
  number: 'singular and plural',
  typo: 'spelling',
  version: 'another version',
  words: 'other words',
  other: 'another segment',
};

function changeWords({ sent, right, how }: Extract<RouteStep, { kind: 'changed' }>): string {
  if (right.startsWith(`${sent}.`)) return `with ${right.slice(sent.length)}`;
  return sent.startsWith(`${right}.`) ? `without ${sent.slice(right.length)}` : changes[how];
}

/** What is wrong with one segment of a path, as a sentence; nothing where it is right. */
export function stepWords(step: RouteStep): string | undefined {
  switch (step.kind) {
    case 'changed':
      return `\`${step.sent}\` is \`${step.right}\` in the document (${changeWords(step)}).`;
    case 'extra':
      return step.sent === ''
        ? 'A slash stands twice.'
        : `\`${step.sent}\` has no counterpart in the path that was meant.`;
    case 'absent':
      return step.parameter === undefined
        ? `\`${step.right}\` is missing${step.base ? '; it belongs to the base path' : ''}.`
        : `The value of \`${step.parameter}\` is missing.`;
    default:
      return undefined;
  }
}
