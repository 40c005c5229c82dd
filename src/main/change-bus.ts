/** Tells whoever looks at a call that this node wrote to it. What other nodes write is found by reading. */
export interface ChangeBus {
  changed(callId: string): void;
  onChange(callId: string, listener: () => void): () => void;
}

export function createChangeBus(): ChangeBus {
  const listeners = new Map<string, Set<() => void>>();
  return {
    changed(callId) {
      for (const listener of listeners.get(callId) ?? []) listener();
    },
    onChange(callId, listener) {
      const ofCall = listeners.get(callId) ?? new Set();
      listeners.set(callId, ofCall.add(listener));
      return () => {
        ofCall.delete(listener);
        if (ofCall.size === 0) listeners.delete(callId);
      };
    },
  };
}
