import type { CallIds, CallRequest, Placement, Repetition } from '../../calls/index.ts';
import { printable } from '../../kernel/printable.ts';
import { dashboardLink } from './dashboard.ts';
import { findingLines } from './findings.ts';
import { showCommand } from './show-command.ts';
import type { Styles } from './styles.ts';

/** What became of the dial, for a person. The words of an accepted call are fixed: scripts look for them. */
export function placementLines(placement: Placement, style: Styles, world: { sandbox: boolean }): string[] {
  switch (placement.kind) {
    case 'refused':
      return [
        ...findingLines(placement.findings, style),
        ...(placement.repetition
          ? [`  ${style.dim('→')} ${showCommand(idOf(placement.repetition), world)}`]
          : []),
        'Nothing was dialled.',
      ];
    case 'accepted':
      return acceptedLines({ ...placement, provider: placement.line.provider }, style, world);
    case 'not-placed': {
      const { cause, words, ids, exchange } = placement.reply;
      return [
        `${style.bad('✗')} The call was not placed. ${printable(cause.sentence)}`,
        ...(words && !cause.sentence.includes(words)
          ? [`  In the provider's words: ${printable(words)}`]
          : []),
        ...(exchange
          ? [
              `  ${exchange.method} ${exchange.path} → ${exchange.status ?? 'no reply'}${exchange.requestId ? `, request ${printable(exchange.requestId)}` : ''}`,
            ]
          : []),
        ...(ids.conversationId ? [`  Conversation ID: ${ids.conversationId}`] : []),
        `  Up to: ${cause.owner}. ${cause.retryable ? 'It may work later.' : 'It will not work without a change.'}`,
        `  ${style.dim('→')} ${cause.fix}`,
      ];
    }
    case 'unknown':
      return [
        `${style.warn('?')} It is unknown whether the call was placed. ${printable(placement.why)}`,
        '  It was not found in 30 seconds, and it was not sent again: a phone may be ringing.',
        `  ${style.dim('→')} Ask again: ${showCommand(placement.attempt, world)}`,
      ];
  }
}

/** A call that the provider accepted, with its ids. */
export function acceptedLines(
  placed: {
    readonly ids: CallIds;
    readonly provider: string;
    readonly attempt: string;
    readonly adopted: boolean;
  },
  style: Styles,
  world: { sandbox: boolean },
): string[] {
  const { conversationId, callSid, sipCallId } = placed.ids;
  return [
    style.bold('Call initiated'),
    ...(placed.adopted ? ['(The reply was lost; the call was found among the conversations.)'] : []),
    ...(conversationId ? [`Conversation ID: ${conversationId}`] : []),
    ...(callSid ? [`${placed.provider === 'exotel' ? 'Exotel' : 'Twilio'} Call SID: ${callSid}`] : []),
    ...(sipCallId ? [`SIP call id: ${sipCallId}`] : []),
    ...(conversationId
      ? [dashboardLink(conversationId)]
      : [
          `It cannot be followed yet: ElevenLabs gave no conversation id. ${showCommand(placed.attempt, world)}`,
        ]),
  ];
}

function idOf({ earlier }: Repetition): string {
  return earlier.ids.conversationId ?? earlier.attempt;
}

/** The same for a program. Documented in docs/guide/outbound-calls.md. */
export function placementJson(
  placement: Placement,
  request: CallRequest,
  sandbox: boolean,
): Record<string, unknown> {
  const base = { sandbox, status: placement.kind, to: request.to.number };
  if (placement.kind === 'refused') {
    return {
      ...base,
      refusedBy: placement.code,
      findings: placement.findings,
      earlierAttempt: placement.repetition?.earlier.attempt,
    };
  }
  const facts = {
    ...base,
    attempt: placement.attempt,
    agentId: placement.agentId,
    lineId: placement.line.id,
    from: placement.line.number,
    provider: placement.line.provider,
    warnings: placement.warnings,
  };
  if (placement.kind === 'accepted') {
    const { conversationId } = placement.ids;
    return {
      ...facts,
      ...placement.ids,
      adopted: placement.adopted,
      dashboard: conversationId ? dashboardLink(conversationId) : undefined,
    };
  }
  if (placement.kind === 'unknown')
    return { ...facts, why: placement.why, exchange: placement.reply.exchange };
  const { cause, words, ids, exchange } = placement.reply;
  return { ...facts, ...ids, cause, words, exchange };
}
