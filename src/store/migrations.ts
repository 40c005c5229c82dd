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

export function statementsOf({ sql }: Migration): string[] {
  return sql.split('--> statement-breakpoint').filter((one) => one.trim() !== '');
}

export function sha256Of({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}

/**
 * The name of the file that holds an embedded database with these migrations in it, made by scripts/make-database-dump.mjs. Named after
 * them and the PGlite that made it, so that one of other migrations is never taken.
 */
export function dumpName(all: readonly Migration[], pglite: string = generated.pglite): string {
  const hash = createHash('sha256').update(
    JSON.stringify([pglite, all.map((one) => [one.name, sha256Of(one)])]),
  );
  return `database-${hash.digest('hex').slice(0, 16)}.tar.gz`;
}
