import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTwilioError } from './error.ts';

describe("an error of Twilio's", () => {
  it('has a code, a sentence, a page and a status', () => {
    const body = {
      code: 21219,
      message: "'To' phone number not verified",
      more_info: 'https://www.twilio.com/docs/errors/21219',
      status: 400,
    };
    expect(readTwilioError(body)).toEqual({
      code: 21219,
      message: "'To' phone number not verified",
      moreInfo: 'https://www.twilio.com/docs/errors/21219',
      status: 400,
    });
  });

  it('may lack the code or have null for it', () => {
    expect(readTwilioError({ code: null, message: 'Busy', status: 429 })).toEqual({
      message: 'Busy',
      status: 429,
    });
    expect(readTwilioError({ code: 20404, message: 'Not found' })).toEqual({
      code: 20404,
      message: 'Not found',
    });
  });

  it.each([
    [undefined],
    [null],
    ['<html/>'],
    [[]],
    [{}],
    [{ message: 'Bad gateway' }],
    [{ code: 20404 }],
    [{ detail: 'Not Found' }],
  ])('is not %j', (body) => {
    expect(readTwilioError(body)).toBeUndefined();
  });

  it('is read without an exception from anything', () => {
    fc.assert(fc.property(fc.anything(), (body) => void readTwilioError(body)));
  });
});
