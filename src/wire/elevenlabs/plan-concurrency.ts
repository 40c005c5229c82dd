/**
 * Conversations at once, by plan. An enterprise's is agreed. Source: written documentation of August 2025; no answer of the API tells it.
 */
export const planConcurrency = {
  free: 4,
  starter: 6,
  creator: 10,
  pro: 20,
  scale: 30,
  business: 30,
} as const;
