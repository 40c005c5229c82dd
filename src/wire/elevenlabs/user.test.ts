import { expect, it } from 'vitest';
import { getSubscription, getUser } from './user.ts';

const subscription = { tier: 'creator', status: 'active', character_count: 1200, character_limit: 100_000 };

it('reads the plan and what is used of it', () => {
  const user = {
    user_id: 'user_1',
    subscription: { ...subscription, max_credit_limit_extension: 'unlimited' },
  };
  expect(getUser.reply.parse(user)).toEqual(user);
});

it('reads a plan of a kind that came later', () => {
  const later = {
    ...subscription,
    tier: 'colossal',
    status: 'paused',
    seats: 3,
    open_invoices: [{ amount_due_cents: 1 }],
  };
  expect(getSubscription.reply.parse(later)).toEqual(later);
});

it('needs the figures that the quota is judged by', () => {
  const { error } = getUser.reply.safeParse({ user_id: 'user_1', subscription: { tier: 'free' } });
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([
    'subscription.character_count',
    'subscription.character_limit',
  ]);
});
