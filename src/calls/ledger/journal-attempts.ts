import { attemptRecords } from '../attempt-record.ts';
import type { AttemptJournal } from '../ports.ts';
import type { AttemptSource } from './ports.ts';

/** The attempts of one account, by its hash, in the journal of this machine. */
export function createJournalAttempts(
  journal: Pick<AttemptJournal, 'read'>,
  account: string | undefined,
): AttemptSource {
  return {
    async attempts(since) {
      const records = attemptRecords(await journal.read());
      return records.filter(
        ({ dialing }) => dialing.account === account && Date.parse(dialing.at) >= since.getTime(),
      );
    },
  };
}
