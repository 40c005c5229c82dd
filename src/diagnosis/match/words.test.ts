import { describe, expect, it } from 'vitest';
import { isVerb, opposed, plainName, sameAct, sameMeaning, wordsOf } from './words.ts';

describe('wordsOf', () => {
  it.each(['boatPhoneNumberId', 'boat_phone-number.id', 'BoatPhoneNumberID', 'BOAT PHONE NUMBERS ID'])(
    'cuts %s into the same words',
    (name) => {
      expect(wordsOf(name)).toEqual(['boat', 'phone', 'number', 'id']);
    },
  );

  it('takes one and many for the same word', () => {
    expect(['berths', 'ferries', 'boxes', 'statuses'].map(plainName)).toEqual([
      'berth',
      'ferry',
      'box',
      'status',
    ]);
  });

  it('leaves words as they are that only end as a plural does', () => {
    expect(['status', 'address', 'analysis', 'gas'].map(plainName)).toEqual([
      'status',
      'address',
      'analysis',
      'gas',
    ]);
  });

  it('keeps letters of any script, and cuts at what is no letter', () => {
    expect(wordsOf('größe_des-bootes')).toEqual(['größe', 'des', 'boote']);
    expect(wordsOf('船_番号')).toEqual(['船', '番号']);
  });

  it('has nothing of a name without letters, and the beginning of one without end', () => {
    expect(wordsOf('--_.')).toEqual([]);
    expect(wordsOf('a'.repeat(10_000))).toEqual(['a'.repeat(200)]);
  });
});

describe('meanings', () => {
  it('are shared by words of one line, and by none of two', () => {
    expect(sameMeaning('recipient', 'to')).toBe(true);
    expect(sameMeaning('phone', 'mobile')).toBe(true);
    expect(sameMeaning('phone', 'email')).toBe(false);
    expect(sameMeaning('mast', 'mast')).toBe(true);
  });

  it('of acts hold only where something is done', () => {
    expect(sameAct('dial', 'call')).toBe(true);
    expect(sameMeaning('dial', 'call')).toBe(false);
  });

  it('tell nothing by names that every object has', () => {
    expect(sameMeaning('constructor', '__proto__')).toBe(false);
    expect(opposed(['constructor'], ['toString'])).toBe(false);
  });
});

describe('opposed', () => {
  it('tells the two ends of a thing apart, whichever comes first', () => {
    expect(opposed(['from', 'harbour'], ['to', 'harbour'])).toBe(true);
    expect(opposed(['to', 'harbour'], ['from', 'harbour'])).toBe(true);
  });

  it('says nothing of names that have both ends, or neither', () => {
    expect(opposed(['from', 'to'], ['to'])).toBe(false);
    expect(opposed(['harbour'], ['berth'])).toBe(false);
  });
});

describe('isVerb', () => {
  it('knows what a method says already, alone in its segment', () => {
    expect(['create', 'list', 'creates'].map(isVerb)).toEqual([true, true, true]);
    expect(['create-berth', 'berth', ''].map(isVerb)).toEqual([false, false, false]);
  });
});
