import type { ReceivedReply, SentRequest } from '../exchange/exchange.ts';
import type { Finding } from '../explanation.ts';
import type { Match, Ranking } from '../match/match.ts';
import type { ApiDocument } from '../spec/api-document.ts';

/** What a rule looks at. A rule is pure: it reads this and yields what it finds. */
export interface RuleContext {
  readonly request: SentRequest;
  readonly reply: ReceivedReply | undefined;
  /** All documents that were given; the match names its own. */
  readonly documents: readonly ApiDocument[];
  readonly ranking: Ranking;
  /** The operation that was meant, where the ranking is sure enough to say so. */
  readonly match: Match | undefined;
}

export interface Rule {
  /** The file's name; findings and the page docs/rules/<name>.md carry it. */
  readonly name: string;
  /** One line for lists. */
  readonly title: string;
  find(context: RuleContext): Iterable<Finding>;
}
