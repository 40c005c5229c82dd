import { createHash } from 'node:crypto';
import generated from './migrations.generated.json' with { type: 'json' };

/** One step of the schema, as drizzle-kit wrote it. */
export interface Migration {
  /** `0000_name`: they are applied in this order. */
  readonly name: string;
  /** Statements, parted by drizzle-kit's breakpoint comments. */
  readonly sql: string;
}

/** What src/store/migrations/ holds, in one file, so that the bundle in dist/ has them too. `npm run db:generate` writes it. */
export const migrations: readonly Migration[] = generated.migrations;

/**
 * The file with an embedded database that has these migrations, which scripts/make-database-dump.mjs puts into dist/. Named after them and
 * the release of PGlite, so that one of others is never taken.
 */
export const dumpName: string = generated.dump;

export function statementsOf({ sql }: Migration): string[] {
  return sql.split('--> statement-breakpoint').filter((one) => one.trim() !== '');
}

export function sha256Of({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}
