import { describe, expect, it } from 'vitest';
import { AppError } from '../kernel/errors.ts';
import { storageError, wasUndone } from './storage-error.ts';

const withCode = (code: string) => Object.assign(new Error('what it said'), { code });

describe('storageError', () => {
  it.each([
    '08006',
    '40P01',
    '53100',
    '53300',
    '57014',
    '57P01',
    '58030',
    '25P03',
    '25006',
    'ECONNRESET',
    'EPIPE',
  ])('tells that %s is of the database, and may pass', (code) => {
    expect(storageError(withCode(code))).toMatchObject({ code: 'storage', retryable: true });
  });

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Cannot use a pool after calling end on the pool',
  ])('knows what pg says without a code: %s', (message) => {
    expect(storageError(new Error(message))).toMatchObject({ code: 'storage', retryable: true });
  });

  it.each(['42601', '23505', '22P05'])('leaves %s, which is a bug, as it is', (code) => {
    const bug = withCode(code);
    expect(storageError(bug)).toBe(bug);
  });

  it('leaves what is told already, and what is no error', () => {
    const told = new AppError('bad-input', 'no');
    expect(storageError(told)).toBe(told);
    expect(storageError('text')).toBe('text');
    const bug = new TypeError('undefined is not a function');
    expect(storageError(bug)).toBe(bug);
  });
});

describe('wasUndone', () => {
  it('is true where the same can be run again', () => {
    expect(['40P01', '40001', '23505', '08006'].map((code) => wasUndone(withCode(code)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
