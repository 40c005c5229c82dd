import { attemptVariable } from '../../../src/calls/index.ts';
import type { PlantedBug } from '../planted-bug.ts';

export const adoptsAStrangersCall: PlantedBug = {
  name: 'adopts-a-strangers-call',
  story:
    'A conversation of the right agent at the right time is taken for the one that is looked for, without its attempt id.',
  plant: () => {
    let wanted: string | undefined;
    return {
      provider: (provider) => ({
        ...provider,
        dial(order, beforeSend) {
          wanted = String(order.clientData.dynamic_variables?.[attemptVariable]);
          return provider.dial(order, beforeSend);
        },
        conversations: ({ userId: _, ...filter }) => provider.conversations(filter),
        async conversation(id, signal) {
          const found = await provider.conversation(id, signal);
          const started = found?.conversation_initiation_client_data;
          if (!found || !wanted || started?.dynamic_variables?.[attemptVariable] !== undefined) return found;
          return {
            ...found,
            conversation_initiation_client_data: { dynamic_variables: { [attemptVariable]: wanted } },
          };
        },
      }),
    };
  },
};
