import { describe, expect, it } from 'vitest';
import { AppError } from '../kernel/errors.ts';
import { unusableDatabase } from './unusable-database.ts';

const failure = (code: string | undefined, message: string) =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe('unusableDatabase', () => {
  it.each<[code: string | undefined, message: string, what: RegExp, hint: RegExp, retryable: boolean]>([
    ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432', /does not answer/, /Start PostgreSQL/, true],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND nowhere', /host is not known/, /Correct the host/, false],
    [
      '28P01',
      'password authentication failed for user "a"',
      /refuses the password/,
      /Correct user and password/,
      false,
    ],
    [
      undefined,
      'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string',
      /password/,
      /password/,
      false,
    ],
    ['28000', 'no pg_hba.conf entry for host "10.0.0.1"', /does not let this user in/, /pg_hba/, false],
    ['3D000', 'database "x" does not exist', /no such database/, /createdb/, false],
    ['42501', 'permission denied for schema public', /may not make tables/, /owner/, false],
    ['53300', 'sorry, too many clients already', /does not take connections/, /max_connections/, true],
    ['57P03', 'the database system is starting up', /does not take connections/, /Try again/, true],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate', /certificate/, /sslrootcert/, false],
    [undefined, 'The server does not support SSL connections', /encryption/, /sslmode/, false],
    [undefined, 'Connection terminated unexpectedly', /not PostgreSQL/, /5432/, true],
    ['XX000', 'something else', /cannot be used/, /psql/, false],
  ])('says what to do about %s %s', (code, message, what, hint, retryable) => {
    const error = unusableDatabase('db:5432/donna', failure(code, message));
    expect(error).toMatchObject({ code: 'storage', retryable });
    expect(error.message).toMatch(what);
    expect(error.message).toContain('db:5432/donna');
    expect(error.hint).toMatch(hint);
  });

  it('keeps what was already said to the user', () => {
    const own = new AppError('storage', 'The database is newer.');
    expect(unusableDatabase('db', own)).toBe(own);
  });
});
