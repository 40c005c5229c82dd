import { isObject, objectAt, textAt } from '../json.ts';
import type { CallAt } from '../telephony/call-at.ts';
import { variablesOf } from '../telephony/start-of-conversation.ts';
import type { CallTimeline } from '../telephony/timeline.ts';

interface Goal {
  readonly result: 'success' | 'failure' | 'unknown';
  readonly title: string;
  readonly summary: string;
}

/**
 * Judges the goal, which is that the callee confirms what the agent asked. It says nothing about the connection: a
 * conversation that died before its first word is a "success" (seen live).
 */
export function goalOf(timeline: CallTimeline): Goal {
  if (timeline.talkMs === 0) {
    return { result: 'success', title: 'No conversation', summary: 'The conversation held no messages.' };
  }
  switch (timeline.answer) {
    case 'confirmation':
      return { result: 'success', title: 'Confirmed', summary: 'The callee confirmed what the agent asked.' };
    case 'denial':
      return { result: 'failure', title: 'Denied', summary: 'The callee said that it is not correct.' };
    case 'wrong-person':
      return { result: 'failure', title: 'Wrong person', summary: 'The callee is somebody else.' };
    case 'later':
      return { result: 'failure', title: 'Call back later', summary: 'The callee asked to be called later.' };
    case 'opt-out':
      return { result: 'failure', title: 'Opted out', summary: 'The callee asked not to be called again.' };
    case 'machine':
      return { result: 'failure', title: 'Voicemail', summary: 'A mailbox answered the call.' };
    case 'menu':
      return { result: 'failure', title: 'Phone menu', summary: 'An automated menu answered the call.' };
    case 'fax':
      return { result: 'failure', title: 'Fax machine', summary: 'A fax machine answered the call.' };
    default: {
      const spoke = timeline.turns.some((turn) => turn.by === 'callee');
      return spoke
        ? { result: 'unknown', title: 'No clear answer', summary: 'The callee gave no clear answer.' }
        : { result: 'failure', title: 'Callee said nothing', summary: 'The callee said nothing.' };
    }
  }
}

export function analysisOf(call: CallAt) {
  const goal = goalOf(call.timeline);
  const criteria = evaluation(call);
  const collected = dataCollection(call);
  return {
    evaluation_criteria_results: Object.fromEntries(criteria.map((one) => [one.criteria_id, one])),
    evaluation_criteria_results_list: criteria,
    data_collection_results: collected,
    data_collection_results_list: Object.values(collected),
    call_successful: goal.result,
    call_success_score: null,
    transcript_summary: goal.summary,
    call_summary_title: goal.title,
  };
}

/** Each criterion of the agent is judged as the goal is. */
export function evaluation(call: CallAt) {
  const { criteria } = objectAt(call.record.agent.platform_settings, 'evaluation');
  const goal = goalOf(call.timeline);
  return (Array.isArray(criteria) ? criteria : []).filter(isObject).map((one) => ({
    criteria_id: textAt(one, 'id') ?? 'criterion',
    result: goal.result,
    rationale: goal.summary,
  }));
}

/** A value for each datum that the agent collects: one of the call's variables, or what was understood. */
export function dataCollection(call: CallAt) {
  const declared = objectAt(call.record.agent.platform_settings, 'data_collection');
  return Object.fromEntries(
    Object.entries(declared)
      .filter((entry): entry is [string, Record<string, unknown>] => isObject(entry[1]))
      .map(([id, property]) => {
        const { value, rationale } = collected(call, id, textAt(property, 'type') ?? 'string');
        const schema = {
          type: textAt(property, 'type') ?? 'string',
          description: textAt(property, 'description') ?? '',
        };
        return [
          id,
          {
            data_collection_id: id,
            name: textAt(property, 'name') ?? null,
            value,
            json_schema: schema,
            rationale,
          },
        ];
      }),
  );
}

const understood: readonly (readonly [RegExp, (call: CallTimeline) => boolean])[] = [
  [/confirm|verified|correct|known/, (call) => call.answer === 'confirmation'],
  [/den(y|ied)|disputed/, (call) => call.answer === 'denial'],
  [/opt_?out|do_not_call|unsubscribe/, (call) => call.answer === 'opt-out'],
  [/wrong_?(person|number)/, (call) => call.answer === 'wrong-person'],
  [/call_?back|later/, (call) => call.answer === 'later'],
  [/voice_?mail|machine/, (call) => call.answer === 'machine'],
];

function collected(call: CallAt, id: string, type: string): { value: unknown; rationale: string } {
  const { timeline } = call;
  if (timeline.answer === undefined) return { value: null, rationale: 'The conversation does not tell.' };
  const reads = understood.find(([name]) => name.test(id));
  if (reads) {
    const yes = reads[1](timeline);
    return { value: type === 'boolean' ? yes : String(yes), rationale: goalOf(timeline).summary };
  }
  const variable = variablesOf(call.record)[id];
  const spoken = timeline.turns.some((turn) => turn.by === 'agent' && turn.text.includes(String(variable)));
  if (variable === undefined || !spoken) return { value: null, rationale: 'It was not mentioned.' };
  return {
    value: type === 'string' ? String(variable) : variable,
    rationale: 'The agent named it in the call.',
  };
}
