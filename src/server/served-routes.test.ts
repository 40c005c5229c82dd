import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as contract from '../api/fields.ts';
import { suppression } from '../api/suppression.ts';
import { eventNames } from '../api/webhook-endpoint.ts';
import { callEventNames, callStatuses, retriedOutcomes, roles, suppressionReasons } from '../calls/index.ts';
import { faultsOf } from './faults.ts';
import { servedRoutes } from './served-routes.ts';

const { body } = servedRoutes.createCall;

describe('the words of the contract', () => {
  it('are those of the calls', () => {
    expect(contract.callStatuses).toEqual(callStatuses);
    expect(contract.roleNames).toEqual(roles);
    expect(eventNames).toEqual(callEventNames);
    expect(suppression.shape.reason.options).toEqual(suppressionReasons);
    expect(Object.keys(servedRoutes.createCall.body.shape.retry.unwrap().shape)).toEqual(retriedOutcomes);
  });
});

describe('the body of a new call', () => {
  it('takes a line by its id or number, and a window with what it leaves out', () => {
    const parsed = body.parse({ to: '+1 212-555-0142', line: '+12125550100', window: { days: ['sat'] } });
    expect(parsed).toMatchObject({
      to: { number: '+12125550142', country: 'US' },
      line: { number: '+12125550100' },
      window: { days: ['sat'], from: '09:00', to: '17:00' },
      record: false,
    });
    expect(body.parse({ to: '+12125550142', line: 'phnum_1' }).line).toEqual({ lineId: 'phnum_1' });
  });

  it('says how the + of a query is written to who sent a space for it', () => {
    const { query } = servedRoutes.listCalls;
    expect(query.parse({ to: '+12125550142' }).to).toMatchObject({ number: '+12125550142' });
    const { error } = query.safeParse({ to: ' 12125550142' });
    expect(error?.issues[0]?.message).toMatch(/%2B/);
  });

  it('has faults with places for any JSON at all, and never a crash', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.record(
            {
              to: fc.jsonValue(),
              line: fc.jsonValue(),
              variables: fc.jsonValue(),
              clientData: fc.jsonValue(),
              window: fc.jsonValue(),
              retry: fc.jsonValue(),
              bypass: fc.jsonValue(),
              metadata: fc.jsonValue(),
            },
            { requiredKeys: [] },
          ),
        ),
        (json) => {
          const parsed = body.safeParse(json);
          if (parsed.success) return;
          for (const fault of faultsOf(parsed.error, body, 'body')) {
            expect(fault.detail).toMatch(/[.?]$/);
            expect(fault.pointer).toMatch(/^(\/|$)/);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
