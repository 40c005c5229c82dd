import { describe, expect, it } from 'vitest';
import { lastFour, maskNumber } from './mask.ts';
import { editDistance, nearest } from './nearest.ts';

describe('nearest', () => {
  const names = ['ELEVENLABS_AGENT_ID', 'ELEVENLABS_API_KEY'];

  it('finds what was meant, whatever the case and the separators', () => {
    expect(nearest('elevenLabsAgentId', names)).toBe('ELEVENLABS_AGENT_ID');
    expect(nearest('ELEVENLABS_APY_KEY', names)).toBe('ELEVENLABS_API_KEY');
  });

  it('does not guess', () => {
    expect(nearest('SOMETHING_ELSE', names)).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
  });

  it('counts insertions, deletions and substitutions', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('abc', 'abc')).toBe(0);
  });
});

describe('lastFour', () => {
  it('shows four characters of a long secret, and nothing of a short one', () => {
    expect(lastFour('sk_0123456789abcdef')).toBe('…cdef');
    expect(lastFour('short')).toBe('…');
  });
});

describe('maskNumber', () => {
  it('leaves the country and two digits', () => {
    expect(maskNumber('+12125550142')).toBe('+12•••••••42');
    expect(maskNumber('+12')).toBe('•••');
  });
});
