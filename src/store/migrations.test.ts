import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { describe, expect, it } from 'vitest';
import { dumpName, migrations, sha256Of, statementsOf } from './migrations.ts';
import * as schema from './schema.ts';

const folder = path.join(import.meta.dirname, 'migrations');

describe('the migrations', () => {
  it('make what schema.ts says (else: npm run db:generate)', async () => {
    const meta = path.join(folder, 'meta');
    const latest =
      readdirSync(meta)
        .filter((file) => file.endsWith('_snapshot.json'))
        .sort()
        .at(-1) ?? '';
    const made = JSON.parse(readFileSync(path.join(meta, latest), 'utf8'));
    expect(await generateMigration(made, generateDrizzleJson(schema))).toEqual([]);
  });

  it('are in the bundle as they are in their folder (else: npm run db:generate)', () => {
    const files = readdirSync(folder)
      .filter((file) => file.endsWith('.sql'))
      .sort();
    expect(migrations).toEqual(
      files.map((file) => ({
        name: file.replace(/\.sql$/, ''),
        sql: readFileSync(path.join(folder, file), 'utf8'),
      })),
    );
    expect(dumpName).toMatch(/^database-[0-9a-f]{16}\.tar\.gz$/);
  });
});

describe('a migration', () => {
  const migration = {
    name: '0000_x',
    sql: 'create table a ();\n--> statement-breakpoint\ncreate table b ();\n',
  };

  it('falls into statements at its breakpoints', () => {
    expect(statementsOf(migration).map((one) => one.trim())).toEqual([
      'create table a ();',
      'create table b ();',
    ]);
  });

  it('is known by what it says', () => {
    expect(sha256Of(migration)).toMatch(/^[0-9a-f]{64}$/);
    expect(sha256Of({ ...migration, sql: `${migration.sql} ` })).not.toBe(sha256Of(migration));
  });
});
