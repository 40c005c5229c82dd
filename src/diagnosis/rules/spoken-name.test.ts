import { describe, expect, it } from 'vitest';
import { spokenName } from './spoken-name.ts';

describe('a name in a sentence', () => {
  it('stands as it is where it is of the body', () => {
    expect(spokenName('ship_to.street')).toBe('`ship_to.street`');
    expect(spokenName('the body')).toBe('the body');
  });

  it('says where it is, outside of the body', () => {
    expect(spokenName('query:limit')).toBe('`limit` in the query');
    expect(spokenName('path:order_id', '')).toBe('order_id in the path');
    expect(spokenName('header:X-Key')).toBe('`X-Key` in the headers');
    expect(spokenName('cookie:session')).toBe('`session` in the cookies');
  });

  it('leaves a colon of another kind alone', () => {
    expect(spokenName('xs:name')).toBe('`xs:name`');
  });
});
