import type { PlantedBug } from '../planted-bug.ts';
import { troubled } from './troubled.ts';

export const retriesThePostOn503: PlantedBug = {
  name: 'retries-the-post-on-503',
  story: 'The HTTP client sends the dial again when the answer is a 503, as the official SDK does.',
  tempt: troubled,
  plant: () => ({
    fetch: (fetch) => async (request) => {
      const reply = await fetch(request);
      return reply.status === 503 ? fetch(request) : reply;
    },
  }),
};
