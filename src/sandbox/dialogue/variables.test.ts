import { expect, it } from 'vitest';
import { variableNames } from '../../wire/elevenlabs/agent-variables.ts';
import { meaningOf } from './hearing.ts';
import { fillVariables, spokenName } from './variables.ts';

it('finds each variable once, with or without spaces', () => {
  expect(variableNames('{{a}} {{ b_c }} {{a}} {d} {{}}')).toEqual(['a', 'b_c']);
});

it('fills in texts, numbers and truth values, and leaves what has no value', () => {
  expect(fillVariables('{{a}} {{b}} {{c}} {{d}}', { a: 'x', b: 2.5, c: true, d: null })).toBe(
    'x 2.5 yes {{d}}',
  );
  // A value is not read again for variables.
  expect(fillVariables('{{a}}', { a: '{{b}}', b: 1 })).toBe('{{b}}');
});

it('says names as words', () => {
  expect([spokenName('invoice_number'), spokenName('dueDate')]).toEqual(['invoice number', 'due date']);
});

it.each([
  ['You have reached the voicemail of Ann, press 1 to continue', 'machine'],
  ['For sales, press 2', 'menu'],
  ['Please do not call me again', 'opt-out'],
  ['You have the wrong number', 'wrong-person'],
  ['Can you call me back tomorrow?', 'later'],
  ['No, we did not order that', 'denial'],
  ['Yes, that is right', 'confirmation'],
  ['That is not correct', 'denial'],
  ['Who is speaking?', 'talk'],
])('understands "%s" as %s', (sentence, meaning) => {
  expect(meaningOf(sentence)).toBe(meaning);
});
