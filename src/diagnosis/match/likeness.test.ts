import { describe, expect, it } from 'vitest';
import { isVersion, segmentLikeness, segmentOf, spellingLikeness, wordLikeness } from './likeness.ts';

const between = (sent: string, right: string) => segmentLikeness(segmentOf(sent), segmentOf(right));

describe('segmentLikeness', () => {
  it.each([
    ['berths', 'berths', 'same'],
    ['Berths', 'berths', 'case'],
    ['pilot_orders', 'pilot-orders', 'separator'],
    ['berth', 'berths', 'number'],
    ['bertsh', 'berths', 'typo'],
    ['v1', 'v2', 'version'],
    ['outbound-pilot', 'pilot', 'words'],
  ])('finds that %s became %s by its %s', (sent, right, how) => {
    expect(between(sent, right).how).toBe(how);
  });

  it('is nearer the less was changed', () => {
    const scores = ['berths', 'Berths', 'berth', 'bertsh', 'boats'].map(
      (sent) => between(sent, 'berths').score,
    );
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
    expect(scores[0]).toBe(1);
    expect(new Set(scores).size).toBe(scores.length);
  });

  it('takes no version for a word, and no opposite for the same', () => {
    expect(between('v1', 'berths').score).toBe(0);
    expect(between('inbound-pilots', 'outbound-pilots').how).not.toBe('words');
  });
});

describe('isVersion', () => {
  it('knows how APIs write theirs', () => {
    expect(['v1', 'V2', 'v1.2', 'v2beta1', '2.0', '2010-04-01'].filter(isVersion)).toHaveLength(6);
  });

  it('takes no id and no word for one', () => {
    expect(['7', '1234', 'vessel', 'v', 'v1-berths', '2010-04'].filter(isVersion)).toEqual([]);
  });
});

describe('spellingLikeness', () => {
  it('counts a swap of neighbours as one edit', () => {
    expect(spellingLikeness('harbuor', 'harbour')).toBeCloseTo(1 - 1 / 7);
    expect(spellingLikeness('harbor', 'harbour')).toBeCloseTo(1 - 1 / 7);
  });

  it('is the same from both sides', () => {
    expect(spellingLikeness('anchorage', 'anchrage')).toBe(spellingLikeness('anchrage', 'anchorage'));
  });

  it('is 0 for what differs much, and for what is too long to be a name', () => {
    expect(spellingLikeness('mast', 'keel')).toBe(0);
    expect(spellingLikeness(`${'a'.repeat(90)}b`, `${'a'.repeat(90)}c`)).toBe(0);
  });
});

describe('wordLikeness', () => {
  it('is 1 for the same words in any order, and 0 where one has none', () => {
    expect(wordLikeness(['pilot', 'order'], ['order', 'pilot'])).toBe(1);
    expect(wordLikeness([], ['order'])).toBe(0);
  });

  it('counts each word of the other once', () => {
    expect(wordLikeness(['pilot', 'pilot'], ['pilot', 'order'])).toBe(0.5);
  });

  it('counts a word of the same meaning for less than the word itself', () => {
    const meant = wordLikeness(['recipient'], ['to']);
    expect(meant).toBeGreaterThan(0.5);
    expect(meant).toBeLessThan(1);
  });
});
