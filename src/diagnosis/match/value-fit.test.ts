import { describe, expect, it } from 'vitest';
import { createShapeReader } from '../spec/read-shape.ts';
import { isIdentifierName, jsonType, valueFit } from './value-fit.ts';

function fitOf(value: unknown, schema: object, name = 'field'): number {
  return valueFit(value, createShapeReader({ schema })(['#/schema']), name);
}

describe('valueFit', () => {
  it('refuses another type', () => {
    expect(fitOf(true, { type: 'string' })).toBe(-1);
    expect(fitOf('high', { type: 'integer' })).toBe(-1);
    expect(fitOf([], { type: 'object' })).toBe(-1);
  });

  it('takes numbers and truths written as text, as forms and queries send them', () => {
    expect(fitOf('12', { type: 'integer' })).toBeGreaterThan(-1);
    expect(fitOf('true', { type: 'boolean' })).toBeGreaterThan(-1);
  });

  it('says nothing of what is not known', () => {
    expect(fitOf(null, { type: 'string' })).toBe(0);
    expect(fitOf('any', {})).toBe(0);
  });

  it('is sure of a value that is listed, and less so of one in other letters', () => {
    const flag = { enum: ['green', 'red'] };
    expect(fitOf('green', flag)).toBe(1);
    expect(fitOf('Green', flag)).toBe(0.6);
    expect(fitOf('blue', flag)).toBeLessThan(0);
  });

  it('knows a phone number, an address and a date by their looks', () => {
    const text = { type: 'string' };
    expect(fitOf('+12125550142', text, 'to_number')).toBeGreaterThan(0.5);
    expect(fitOf('+12125550142', text, 'colour')).toBeLessThan(0);
    expect(fitOf('https://harbour.example/hook', text, 'callback')).toBeGreaterThan(0.5);
    expect(fitOf('2026-05-04', { type: 'string', format: 'date' }, 'due')).toBeGreaterThan(0.5);
  });

  it('takes no sentence for an id', () => {
    expect(fitOf('the third berth on the left', { type: 'string' }, 'berth_id')).toBe(-1);
  });

  it('compares an object by the names in it', () => {
    const boat = { type: 'object', properties: { length: {}, draught: {} } };
    expect(fitOf({ length: 12, draught: 2 }, boat)).toBeGreaterThan(0.5);
    expect(fitOf({ colour: 'red', owner: 'Ada' }, boat)).toBeLessThan(0);
  });
});

describe('isIdentifierName', () => {
  it('goes by the last word', () => {
    expect(isIdentifierName(['boat', 'id'])).toBe(true);
    expect(isIdentifierName(['id', 'card'])).toBe(false);
    expect(isIdentifierName([])).toBe(false);
  });
});

describe('jsonType', () => {
  it('is the word of JSON Schema', () => {
    expect([null, [], {}, 'a', 1, 1.5, true].map(jsonType)).toEqual([
      'null',
      'array',
      'object',
      'string',
      'integer',
      'number',
      'boolean',
    ]);
  });
});
