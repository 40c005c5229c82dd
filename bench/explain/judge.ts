import type { Explanation, Hypothesis } from '../../src/diagnosis/explanation.ts';
import type { FieldPlace } from '../../src/diagnosis/match/match.ts';
import type { Case } from '../../test/fixtures/openapi/case.ts';

/** What one explanation got right. `undefined`: the case does not ask. */
export interface Judgement {
  readonly case: Case;
  readonly explanation: Explanation;
  readonly answerable: boolean;
  /** The operation that is named is a right one. */
  readonly first: boolean;
  /** One of the first three is. */
  readonly top3: boolean;
  /** Equal to the expected one, where there is one. */
  readonly fieldMap: boolean | undefined;
  /** A map where none is due, on the right operation. */
  readonly invented: boolean | undefined;
  readonly missing: boolean | undefined;
  readonly typeErrors: boolean | undefined;
  readonly fieldsGone: boolean | undefined;
  /** Of a request in which nothing is wrong. */
  readonly falseAlarm: boolean | undefined;
  /** Of a request that is none of the document's: nothing was presented as the answer. */
  readonly abstained: boolean | undefined;
  /** Of the first hypothesis, and whether that one is right. */
  readonly confidence: number;
  readonly firstIsRight: boolean;
}

/** From this confidence on a hypothesis is taken for an answer. */
const SURE = 0.5;

export function judge(one: Case, explanation: Explanation): Judgement {
  const { expected } = one;
  const named = explanation.operation ? [explanation.operation] : [];
  const hypotheses = [...named, ...explanation.alternatives];
  const right = (hypothesis: Hypothesis | undefined) => hypothesis !== undefined && isRight(one, hypothesis);
  const first = right(explanation.operation);
  const map = expected.field_map ?? {};
  return {
    case: one,
    explanation,
    answerable: expected.unanswerable !== true,
    first,
    top3: hypotheses.slice(0, 3).some(right),
    fieldMap: Object.keys(map).length > 0 ? sameMap(map, explanation.fieldMap) : undefined,
    invented:
      Object.keys(map).length === 0 && first ? Object.keys(explanation.fieldMap).length > 0 : undefined,
    missing: expected.missing?.every((name) => holesOf(explanation).includes(name)),
    typeErrors:
      expected.type_errors &&
      Object.keys(expected.type_errors).every((name) => faultyFields(explanation).includes(name)),
    fieldsGone: expected.fields_gone?.every((name) =>
      explanation.fix?.dropped.some((gone) => lastStep(gone) === name),
    ),
    falseAlarm: expected.no_change === true ? isAlarm(explanation) : undefined,
    abstained:
      expected.unanswerable === true
        ? explanation.verdict === 'cannot-tell' || !hypotheses.some(({ confidence }) => confidence >= SURE)
        : undefined,
    confidence: hypotheses[0]?.confidence ?? 0,
    firstIsRight: right(hypotheses[0]),
  };
}

function isRight({ expected }: Case, { method, path, host }: Hypothesis): boolean {
  const others = (expected.accept_any ?? []).some((other) => other[0] === method && other[1] === path);
  if (others) return true;
  const hostFits = expected.host === undefined || host === expected.host;
  return method === expected.method && path === expected.path && hostFits;
}

function isAlarm({ verdict, findings, fix, request }: Explanation): boolean {
  if (verdict !== 'nothing-wrong') return true;
  if (findings.some(({ severity }) => severity !== 'note')) return true;
  return fix !== undefined && essence(fix.request) !== essence(request);
}

function essence({ method, host, path, query, body }: Explanation['request']): string {
  return JSON.stringify([method, host, path, query, body]);
}

function sameMap(
  expected: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(expected);
  return (
    names.length === Object.keys(ours).length &&
    names.every((name) => Object.hasOwn(ours, name) && ours[name] === expected[name])
  );
}

function holesOf({ fix }: Explanation): string[] {
  return (fix?.holes ?? []).filter(({ place }) => place.in !== 'path').map(({ place }) => dotted(place));
}

function faultyFields({ findings }: Explanation): string[] {
  return findings.flatMap(({ where, severity }) =>
    where.part === 'field' && severity !== 'note' ? [dotted(where.place)] : [],
  );
}

function dotted({ steps }: FieldPlace): string {
  return steps.join('.');
}

function lastStep(name: string): string {
  return (
    name
      .replace(/^[a-z]+:/, '')
      .split('.')
      .at(-1) ?? name
  );
}
