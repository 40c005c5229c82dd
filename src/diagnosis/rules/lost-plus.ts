import type { SentField } from '../match/match.ts';
import type { RuleContext } from './rule.ts';

const LOST = /^ ([1-9]\d{7,14})$/;

/**
 * The value as it was meant, where a phone number lost its plus: in a query and in a form a bare `+` stands for a space (WHATWG URL, 5.1).
 */
export function withLostPlus(value: unknown): string | undefined {
  const digits = typeof value === 'string' ? LOST.exec(value)?.[1] : undefined;
  return digits === undefined ? undefined : `+${digits}`;
}

/** Every such value, at the place where it belongs. */
export function* lostPluses({ match, request }: RuleContext): Iterable<SentField> {
  const { body } = request;
  const form = body.kind === 'form' && body.encoding === 'urlencoded' ? Object.entries(body.value) : [];
  const sent = [
    ...request.query.map(([name, value]) => ({ part: 'query' as const, name, value })),
    ...form.map(([name, value]) => ({ part: 'body' as const, name, value })),
  ];
  for (const { part, name, value } of sent) {
    if (withLostPlus(value) === undefined) continue;
    const move = match?.fields.moves.find(
      ({ from }) => from.place.in === part && from.place.steps.length === 1 && from.place.steps[0] === name,
    );
    yield { place: move?.to.place ?? { in: part, steps: [name] }, value };
  }
}
