import { describe, expect, it } from 'vitest';
import { checkAddress, isLoopbackAddress, isOverLoopback } from './check-address.ts';

const check = (headers: Record<string, string>) => () =>
  checkAddress(new Headers(headers), ['donna.example']);

describe('the address of a request', () => {
  it.each([
    'localhost',
    'localhost:4000',
    '127.0.0.1:4000',
    '127.8.8.8',
    '[::1]:4000',
    'LOCALHOST:1',
    'donna.example',
    'donna.example:443',
  ])('is %s, one that the server goes by', (host) => {
    expect(check({ host })).not.toThrow();
  });

  it.each([
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'donna.example.evil.example',
    'evil.example:4000',
    '2130706433',
    '[::2]',
    '127.0.0.1@evil.example',
    '',
  ])('is refused when it is %s, which a web page may point at 127.0.0.1', (host) => {
    expect(check({ host })).toThrow(expect.objectContaining({ code: 'wrong-host' }));
  });

  it('is the one it listens on, however a setting writes it', () => {
    const by = (host: string, own: string) => () => checkAddress(new Headers({ host }), [own]);
    expect(by('[fd00::5]:4000', 'fd00::5')).not.toThrow();
    expect(by('[FD00::5]', 'fd00::5')).not.toThrow();
    expect(by('donna.lan:4000', 'Donna.LAN')).not.toThrow();
    expect(by('[fd00::6]:4000', 'fd00::5')).toThrow(expect.objectContaining({ code: 'wrong-host' }));
  });

  it('may come from a page that the server itself serves', () => {
    expect(check({ host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4000' })).not.toThrow();
    expect(check({ host: 'donna.example', origin: 'https://donna.example' })).not.toThrow();
  });

  it.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1:3000',
    'http://localhost:4000',
    'file://',
    'http://127.0.0.1',
  ])('is refused when it comes from %s, another page', (origin) => {
    expect(check({ host: '127.0.0.1:4000', origin })).toThrow(
      expect.objectContaining({ code: 'wrong-origin' }),
    );
  });

  it('is of this machine by its socket, whatever the family', () => {
    expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map(isLoopbackAddress)).toEqual([true, true, true]);
    expect([undefined, '', '10.0.0.1', '::ffff:10.0.0.1', '128.0.0.1'].map(isLoopbackAddress)).not.toContain(
      true,
    );
  });

  it('is of this machine alone where no proxy speaks for another', () => {
    const host = '127.0.0.1:4000';
    const over = (address: string, headers: Record<string, string>) =>
      isOverLoopback(address, new Headers(headers));
    expect(over('127.0.0.1', { host })).toBe(true);
    expect(over('::1', { host: 'localhost:4000' })).toBe(true);
    expect(over('10.0.0.1', { host })).toBe(false);
    expect(over('127.0.0.1', { host: 'donna.example' })).toBe(false);
    for (const name of ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'Via', 'X-Forwarded-Proto'])
      expect([name, over('127.0.0.1', { host, [name]: 'x' })]).toEqual([name, false]);
  });
});
