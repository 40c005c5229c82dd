import { describe, expect, it } from 'vitest';
import { checkFormat } from './check-format.ts';

describe('checkFormat', () => {
  it.each([
    [
      'date-time',
      [
        '2026-02-28T23:59:59Z',
        '2026-02-28t10:00:00.123+05:30',
        '2024-02-29 00:00:00Z',
        '2016-12-31T23:59:60Z',
      ],
      [
        '2026-02-28',
        '2026-02-29T00:00:00Z',
        '2026-02-28T24:00:00Z',
        '2026-02-28T10:00:00',
        '1700000000',
        'soon',
      ],
    ],
    [
      'date',
      ['2026-02-28', '2000-02-29', '0000-02-29'],
      ['2026-2-8', '1900-02-29', '2026-13-01', '28.02.2026', '2026-00-10'],
    ],
    ['uuid', ['6F9619FF-8B86-D011-B42D-00C04FC964FF'], ['6F9619FF8B86D011B42D00C04FC964FF', 'agent_1']],
    [
      'email',
      ['ann@example.com', "o'hara+x@example.com"],
      ['ann', 'ann@', 'ann@example.com, bob@example.com'],
    ],
    [
      'uri',
      ['https://example.com/a?b#c', 'mailto:ann@example.com', 'urn:a:b'],
      ['/a', 'example.com', 'https://exa mple.com', 'https:'],
    ],
    ['ipv4', ['192.0.2.1'], ['192.0.2', '192.0.2.256', '192.0.2.01', '1.2.3.4.5']],
    [
      'ipv6',
      ['2001:db8::1', '::', '::1', '1::', '1:2:3:4:5:6:7:8', '::ffff:192.0.2.1'],
      ['1:2:3', '1::2::3', ':::', '1:2:3:4:5:6:7:8:9', '12345::', '::192.0.2.999', '1:2:3:4:5:6:7:8::'],
    ],
    ['byte', ['aGVsbG8=', 'a-_b', ''], ['hello!', 'a=b']],
    ['binary', ['anything'], []],
    ['constructor', ['anything'], []],
  ])('knows %s', (format, right, wrong) => {
    expect(right.filter((text) => !checkFormat(format, text))).toEqual([]);
    expect(wrong.filter((text) => checkFormat(format, text))).toEqual([]);
  });
});
