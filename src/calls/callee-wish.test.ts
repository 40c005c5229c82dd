import { describe, expect, it } from 'vitest';
import { type Conversation, conversation } from '../wire/elevenlabs/conversation.ts';
import { calleeWish } from './callee-wish.ts';

const talk = (...turns: [role: 'agent' | 'user', message: string][]) => turns;

function talked(turns: readonly [string, string][], analysis: object = {}): Conversation {
  return conversation.parse({
    agent_id: 'agent_1',
    conversation_id: 'conv_1',
    status: 'done',
    metadata: { call_duration_secs: 20, termination_reason: 'Call ended by remote party' },
    transcript: turns.map(([role, message], at) => ({ role, message, time_in_call_secs: at * 3 })),
    analysis: { call_successful: 'success', ...analysis },
  });
}

const says = (message: string) =>
  calleeWish(talked(talk(['agent', 'Hello, this is Donna.'], ['user', message])));
const smallTalk = talk(['agent', 'Hello.'], ['user', 'Hello, yes.'], ['user', 'Good bye.']);
const data = (id: string, value: unknown) =>
  calleeWish(talked(smallTalk, { data_collection_results: { [id]: { data_collection_id: id, value } } }));
const criterion = (id: string, result: string) =>
  calleeWish(talked(smallTalk, { evaluation_criteria_results: { [id]: { criteria_id: id, result } } }));

describe('calleeWish', () => {
  it.each([
    'Please take me off your list and do not call me again.',
    'Don’t ever call us again!',
    'Never call here again.',
    'Would you stop calling me? Thanks.',
    'Remove my number from your system.',
    'Put me on the do-not-call list.',
    'Bitte rufen Sie mich nicht mehr an.',
    'Hören Sie auf, uns anzurufen!',
    'Streichen Sie mich bitte aus Ihrer Kartei.',
    'Nehmen Sie uns von der Anrufliste.',
    'Ne me rappelez plus, merci.',
    'Retirez-moi de votre liste.',
    'Arrêtez de m’appeler.',
    'Je ne veux plus être appelée.',
    'No me vuelva a llamar.',
    'Por favor, no me llamen más.',
    'Bórreme de su lista.',
    'Dejen de llamarnos.',
  ])('hears who wants no calls: %s', (sentence) => {
    expect(says(sentence)).toBe('asked-not-to-be-called');
  });

  it.each([
    'Sorry, you have the wrong number. There is nobody of that name here.',
    'Wrong number.',
    'No, sorry, wrong number!',
    'I don’t know anybody called Rivera.',
    'Da haben Sie sich verwählt.',
    'Nein, Sie haben sich wohl verwählt.',
    'Sie haben die falsche Nummer.',
    'Es gibt hier niemanden mit diesem Namen.',
    'Vous vous êtes trompé de numéro.',
    'Vous vous trompez de personne.',
    'Il n’y a personne de ce nom ici.',
    'Se ha equivocado de número.',
    'Número equivocado.',
    'Aquí no hay nadie con ese nombre.',
  ])('hears that somebody else was reached: %s', (sentence) => {
    expect(says(sentence)).toBe('wrong-person');
  });

  it.each([
    'Please do not call me again before five.',
    'Don’t call me again today, tomorrow is fine.',
    'Do not call me at work, call my mobile.',
    'Stop calling me at night and call at noon.',
    'The invoice has the wrong number on it.',
    'You can’t reach him any more this week.',
    'Rufen Sie mich bitte morgen wieder an.',
    'Heute bitte nicht vor zehn anrufen.',
    'Ne me rappelez plus avant lundi.',
    'No me vuelva a llamar hasta el lunes.',
    'La factura tiene el número equivocado en la línea dos.',
    'Hello, yes, this is me.',
    '',
  ])('hears no wish in: %s', (sentence) => {
    expect(says(sentence)).toBeUndefined();
  });

  it('does not take the agent’s words for the callee’s', () => {
    const turns = talk(
      ['agent', 'If you want, say: do not call me again. Or do I have the wrong number? Wrong number.'],
      ['user', 'Hello.'],
      ['user', 'No, it is fine.'],
    );
    expect(calleeWish(talked(turns))).toBeUndefined();
  });

  it.each([
    ['do_not_call', true],
    ['doNotCall', 'true'],
    ['Opt-Out', 'yes'],
    ['callee_opted_out', 1],
    ['unsubscribe', 'Ja'],
  ])('reads the datum %s: %s', (id, value) => {
    expect(data(id, value)).toBe('asked-not-to-be-called');
  });

  it.each([
    ['wrong_person', true],
    ['wrongNumber', 'true'],
    ['right_person', false],
    ['is_right_person', 'no'],
  ])('reads the datum %s: %s as a wrong person', (id, value) => {
    expect(data(id, value)).toBe('wrong-person');
  });

  it.each([
    ['do_not_call', false],
    ['do_not_call', null],
    ['do_not_call', 'perhaps'],
    ['right_person', true],
    ['right_person', null],
    ['adopt_outcome', true],
  ])('finds no wish in the datum %s: %s', (id, value) => {
    expect(data(id, value)).toBeUndefined();
  });

  it('believes the datum before a phrase', () => {
    const turns = talk(
      ['agent', 'Hello.'],
      ['user', 'Do not call me again, ha ha, just joking.'],
      ['user', 'Do call.'],
    );
    const collected = { data_collection_results: { do_not_call: { value: false } } };
    expect(calleeWish(talked(turns, collected))).toBeUndefined();
  });

  it('believes a criterion only where its name says what the callee did', () => {
    expect(criterion('callee_opted_out', 'success')).toBe('asked-not-to-be-called');
    expect(criterion('wrong_person_reached', 'success')).toBe('wrong-person');
    // The agent may have kept to the rule, and that it did not prove who answered is no word on who did.
    expect(criterion('do_not_call', 'success')).toBeUndefined();
    expect(criterion('wrong_person', 'success')).toBeUndefined();
    expect(criterion('right_person', 'failure')).toBeUndefined();
    expect(criterion('callee_opted_out', 'unknown')).toBeUndefined();
  });

  it('puts the wish for no calls before the wrong person', () => {
    expect(says('Wrong number. And do not call here again.')).toBe('asked-not-to-be-called');
  });

  it('takes nothing from a machine', () => {
    const turns = talk(['agent', 'Hello.'], ['user', 'Please leave a message after the tone.']);
    const collected = { data_collection_results: { right_person: { value: false } } };
    expect(calleeWish(talked(turns, collected))).toBeUndefined();
  });
});
