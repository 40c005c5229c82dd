// The reads that several checks share; each is sent once in a run.

export const userRead = { method: 'GET', provider: 'elevenlabs', path: '/v1/user' } as const;

export const agentsRead = {
  method: 'GET',
  provider: 'elevenlabs',
  path: '/v1/convai/agents?page_size=100',
} as const;

export const linesRead = { method: 'GET', provider: 'elevenlabs', path: '/v1/convai/phone-numbers' } as const;
