import { bodyContent, bodyValue } from '../match/body-content.ts';
import type { FieldPlace } from '../match/match.ts';
import { stepsFit } from '../match/steps-fit.ts';
import { descriptionOf, walkBody } from '../match/walk-body.ts';
import type { Shape } from '../spec/shape.ts';
import { type Misfit, misfitId, plainMisfit } from './misfit-id.ts';
import type { RuleContext } from './rule.ts';
import { speaksOfOtherThings } from './speaks-of-other-things.ts';

export interface FoundMisfit {
  readonly place: FieldPlace;
  readonly value: unknown;
  readonly misfit: Misfit;
}

/** Every value of the request that stands where an id of another kind is due. */
export function* misfitIds(context: RuleContext): Iterable<FoundMisfit> {
  const { match, request, reply } = context;
  if (!match || speaksOfOtherThings(reply?.status)) return;
  // To learn a document's ids is dear; where the path is wrong, only what is plain without it matters.
  const learns = stepsFit(match.route.steps) && match.operation.method === request.method;
  for (const { place, value, description, shape } of candidates(context)) {
    // What has a pattern or listed values of its own was judged by them.
    if (shape && isDecided(shape)) continue;
    const name = place.steps.findLast((step) => typeof step === 'string');
    if (typeof name !== 'string') continue;
    const misfit = learns
      ? misfitId(match.document, { name, description }, value)
      : plainMisfit({ name, description }, value);
    if (misfit) yield { place, value, misfit };
  }
}

interface Candidate {
  readonly place: FieldPlace;
  readonly value: unknown;
  readonly description: string | undefined;
  readonly shape: Shape | undefined;
}

function isDecided(shape: Shape): boolean {
  return shape.values !== undefined || shape.said.some(({ pattern }) => typeof pattern === 'string');
}

function* candidates({ match, request }: RuleContext): Iterable<Candidate> {
  if (!match) return;
  const parameters = match.operation.parameters();
  for (const step of match.route.steps) {
    if (step.kind !== 'value') continue;
    const known = parameters.find((one) => one.in === 'path' && one.name === step.parameter);
    const place: FieldPlace = { in: 'path', steps: [step.parameter] };
    yield { place, value: step.value, description: known?.description, shape: known?.shape() };
  }
  for (const [name, value] of request.query) {
    const known = parameters.find((one) => one.in === 'query' && one.name === name);
    if (known)
      yield {
        place: { in: 'query', steps: [name] },
        value,
        description: known.description,
        shape: known.shape(),
      };
  }
  for (const move of match.fields.moves)
    yield {
      place: move.to.place,
      value: move.from.value,
      description: move.to.description,
      shape: move.to.shape(),
    };
  const body = bodyContent(match.operation, request)?.shape();
  if (!body) return;
  for (const level of walkBody(bodyValue(request), body).levels) {
    for (const [name, value] of Object.entries(level.value)) {
      const field = level.shape.fields.get(name);
      if (!field || (typeof value !== 'string' && !Array.isArray(value))) continue;
      const place: FieldPlace = { in: 'body', steps: [...level.steps, name] };
      const texts = Array.isArray(value) ? value.slice(0, 20) : [value];
      const own = field.shape();
      const shape = Array.isArray(value) ? own.items() : own;
      for (const text of texts) yield { place, value: text, description: descriptionOf(own), shape };
    }
  }
}
