import { AppError } from '../kernel/errors.ts';

/** Says why a PostgreSQL server cannot be used, and what to do. `where` has no password in it. */
export function unusableDatabase(where: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const { what, hint, retryable } = known(code ?? '', message) ?? unknown;
  const reason = code === undefined ? message : `${message || 'no connection'} (${code})`;
  return new AppError('storage', `${what}: ${where}: ${reason}.`, {
    hint,
    retryable: retryable ?? false,
    cause: error,
  });
}

interface Trouble {
  readonly what: string;
  readonly hint: string;
  readonly retryable?: boolean;
}

const unknown: Trouble = {
  what: 'The database cannot be used',
  hint: "Look into the server's log, and try the address with psql.",
};

/** Codes of Node's sockets, and of https://www.postgresql.org/docs/current/errcodes-appendix.html. */
function known(code: string, message: string): Trouble | undefined {
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ECONNRESET|ENOENT)$/.test(code)) {
    return {
      what: 'The database does not answer',
      hint: 'Start PostgreSQL, or correct host and port in DATABASE_URL. Without DATABASE_URL Donna uses the embedded database.',
      retryable: true,
    };
  }
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) {
    return { what: "The database's host is not known", hint: 'Correct the host in DATABASE_URL.' };
  }
  // 57P03: starting up or shutting down; 53300: too many connections.
  if (/^(57P0[123]|53300)$/.test(code)) {
    return {
      what: 'The database does not take connections now',
      hint: 'Try again; if it stays so, raise max_connections of the server (a node uses up to 11).',
      retryable: true,
    };
  }
  if (code === '28P01' || /^SASL: /.test(message)) {
    return { what: 'The database refuses the password', hint: 'Correct user and password in DATABASE_URL.' };
  }
  if (code === '28000') {
    return {
      what: 'The database does not let this user in',
      hint: 'Correct the user in DATABASE_URL, or allow it in pg_hba.conf of the server.',
    };
  }
  if (code === '3D000') {
    return {
      what: 'There is no such database',
      hint: 'Create it with createdb, or correct its name in DATABASE_URL.',
    };
  }
  if (code === '42501') {
    return {
      what: 'The user may not make tables in the database',
      hint: 'Make it the owner of the database, or grant it CREATE on the schema public.',
    };
  }
  if (/CERT|UNABLE_TO_VERIFY|ERR_TLS/.test(code)) {
    return {
      what: "The database's certificate is not trusted",
      hint: 'Give the authority with ?sslrootcert=<file> in DATABASE_URL, or encrypt without checking with ?sslmode=no-verify.',
    };
  }
  if (/SSL/.test(message)) {
    return {
      what: 'The database and DATABASE_URL do not agree on encryption',
      hint: 'Set sslmode in DATABASE_URL as the server wants it (?sslmode=require, or disable).',
    };
  }
  if (/^(Connection terminated|timeout e|Received unexpected)/.test(message)) {
    return {
      what: 'What answers is not PostgreSQL, or does not answer in time',
      hint: 'Correct host and port in DATABASE_URL: it names a PostgreSQL server (usually port 5432).',
      retryable: true,
    };
  }
  return undefined;
}
