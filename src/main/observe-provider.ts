import type { CarrierRecords, VoiceProvider } from '../calls/index.ts';
import { AppError } from '../kernel/errors.ts';

/** Told of each request that failed: the verb, and the status or the code of what went wrong. */
export type ProviderError = (operation: string, code: string) => void;

/** The provider, with its failures counted; what it answers and throws stays as it is. */
export function observeProvider(provider: VoiceProvider, failed: ProviderError): VoiceProvider {
  return {
    lines: watched('lines', failed, provider.lines),
    line: watched('line', failed, provider.line),
    agent: watched('agent', failed, provider.agent),
    agents: watched('agents', failed, provider.agents),
    conversation: watched('conversation', failed, provider.conversation),
    conversations: watched('conversations', failed, provider.conversations),
    async dial(order, beforeSend) {
      const reply = await provider.dial(order, beforeSend);
      if (reply.kind !== 'accepted') failed('dial', String(reply.exchange?.status ?? reply.kind));
      return reply;
    },
  };
}

/** The carrier's records, with their failures counted. */
export function observeCarrier(carrier: CarrierRecords, failed: ProviderError): CarrierRecords {
  return {
    call: watched('carrier-call', failed, carrier.call),
    calls: watched('carrier-calls', failed, carrier.calls),
    hangUp: watched('carrier-hang-up', failed, carrier.hangUp),
  };
}

function watched<Args extends unknown[], Result>(
  operation: string,
  failed: ProviderError,
  task: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    try {
      return await task(...args);
    } catch (error) {
      if (error instanceof AppError) failed(operation, String(error.exchange?.status ?? error.code));
      throw error;
    }
  };
}
