import { hideSecrets } from '../exchange/hide-secrets.ts';
import type { FindConcern } from './concern.ts';
import { findingSpan } from './finding-span.ts';
import type { Reading, UnreadCall } from './found-call.ts';
import { type Judge, type JudgedCall, judgeCall } from './judge-call.ts';
import { createLineIndex } from './line-index.ts';
import type { Mend } from './mend/plan-mend.ts';
import type { SourceReader } from './read-source.ts';
import type { ScannedCall, ScannedMend, UnreadPlace } from './scan-report.ts';

/** What mending needs, loaded when the first call is wrong. */
export interface Mending {
  readonly planMend: (
    judged: JudgedCall,
    text: string,
    judgeAgain: (changed: string) => JudgedCall | undefined,
  ) => Mend;
  readonly snippet: (judged: JudgedCall) => readonly string[];
}

/** For each plan the file is read again. */
const mostPlans = 50;

/** Finds, explains and plans to mend the calls of one file. */
export async function scanFile(
  file: string,
  text: string,
  read: SourceReader,
  judge: Judge,
  mending: () => Promise<Mending>,
): Promise<{ readonly calls: readonly ScannedCall[]; readonly unread: readonly UnreadPlace[] }> {
  const reading = read(text, 0);
  const placeOf = createLineIndex(text);
  const calls: ScannedCall[] = [];
  let plans = 0;
  const unread: UnreadPlace[] = [];
  const list = ({ span, via, why }: UnreadCall) => unread.push({ file, ...placeOf(span), via, why });
  for (const call of reading.unread) if (mayConcern(call, judge.concern)) list(call);
  for (const [index, call] of reading.calls.entries()) {
    const judged = judgeCall(call, judge);
    if (!judged) continue;
    if ('why' in judged) {
      if (mayConcern(judged, judge.concern)) list(judged);
      continue;
    }
    if (judged.explanation.verdict === 'wrong') plans += 1;
    calls.push({
      file,
      ...placeOf(call.span),
      via: call.via,
      known: judged.concern.by,
      explanation: judged.explanation,
      findings: judged.explanation.findings.map((finding) => ({
        ...placeOf(findingSpan(finding, call, text)),
        finding,
      })),
      mend: await mendFor(
        judged,
        text,
        placeOf,
        plans > mostPlans ? () => undefined : (changed) => judgeAgain(read(changed, 0), index, judge),
        mending,
      ),
    });
  }
  return { calls, unread };
}

async function mendFor(
  judged: JudgedCall,
  text: string,
  placeOf: ReturnType<typeof createLineIndex>,
  again: (changed: string) => JudgedCall | undefined,
  mending: () => Promise<Mending>,
): Promise<ScannedMend> {
  if (judged.explanation.verdict !== 'wrong') return { kind: 'none' };
  const { planMend, snippet } = await mending();
  const mend = planMend(judged, text, again);
  if (mend.kind === 'by-hand') return { ...mend, snippet: snippet(judged) };
  const { hide } = hideSecrets({ request: judged.source.request });
  const places = mend.edits.map((edit) => {
    const text = hide(edit.text);
    return { ...placeOf(edit), text, hidden: text !== edit.text };
  });
  return { ...mend, places };
}

/** The calls of a changed text stand in the same order. */
function judgeAgain(reading: Reading, index: number, judge: Judge): JudgedCall | undefined {
  const call = reading.calls[index];
  const judged = call && judgeCall(call, judge);
  return judged && !('why' in judged) ? judged : undefined;
}

/** One whose host is known to be another's is nobody's business here. */
function mayConcern({ host }: UnreadCall, concern: FindConcern): boolean {
  if (host === undefined) return true;
  return concern.knowsHost(host);
}
