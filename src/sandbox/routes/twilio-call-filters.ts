import type * as z from 'zod';
import type { twilioCallFilters } from '../../wire/twilio/call.ts';

interface CallFacts {
  readonly to: string;
  readonly from: string;
  readonly status: string;
  readonly parent_call_sid: string | null;
  readonly start_time: string | null;
  readonly end_time: string | null;
}

/** Twilio's filters: `StartTime=` is a whole day, `StartTime>` and `StartTime<` are at or after and at or before. */
export function matchesCallFilters(call: CallFacts, filters: z.output<typeof twilioCallFilters>): boolean {
  return (
    (filters.To === undefined || call.to === filters.To) &&
    (filters.From === undefined || call.from === filters.From) &&
    (filters.Status === undefined || call.status === filters.Status) &&
    (filters.ParentCallSid === undefined || call.parent_call_sid === filters.ParentCallSid) &&
    onDay(call.start_time, filters.StartTime) &&
    notAfter(call.start_time, filters['StartTime<']) &&
    notBefore(call.start_time, filters['StartTime>']) &&
    onDay(call.end_time, filters.EndTime) &&
    notAfter(call.end_time, filters['EndTime<']) &&
    notBefore(call.end_time, filters['EndTime>'])
  );
}

function onDay(time: string | null, day: string | undefined): boolean {
  if (day === undefined) return true;
  return time !== null && new Date(time).toISOString().startsWith(day.slice(0, 10));
}

function notBefore(time: string | null, bound: string | undefined): boolean {
  if (bound === undefined) return true;
  return time !== null && Date.parse(time) >= Date.parse(bound);
}

function notAfter(time: string | null, bound: string | undefined): boolean {
  if (bound === undefined) return true;
  // A day alone counts to its end.
  const end = /^\d{4}-\d\d-\d\d$/.test(bound) ? Date.parse(bound) + 86_399_999 : Date.parse(bound);
  return time !== null && Date.parse(time) <= end;
}
