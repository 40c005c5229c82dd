import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

/** Where PostgreSQL quotes the row, the value or the statement that it failed at. */
const quoting = ['err.detail', 'err.where', 'err.internalQuery'];
/** What a provider was asked: its ids may stay, while the query can name a number. */
const asked = 'err.exchange.path';

/**
 * The log of the service: one JSON object a line, constant messages with facts in fields. Numbers, variables, keys and what was said do
 * not belong into those fields; what slips in under one of their names is blotted out all the same.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const secrets = [
    'authorization',
    'key',
    'apiKey',
    'token',
    'secret',
    'to',
    'number',
    'phone',
    'variables',
    'clientData',
    'dynamic_variables',
    'transcript',
    'body',
  ];
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        ...secrets,
        ...secrets.map((name) => `*.${name}`),
        ...secrets.map((name) => `*.*.${name}`),
        ...quoting,
        asked,
      ],
      censor: (value, place) =>
        place.at(-1) === 'path' ? String(value).replace(/\?.*/s, '?…') : '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
