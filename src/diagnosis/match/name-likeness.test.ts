import { describe, expect, it } from 'vitest';
import { nameLikeness } from './name-likeness.ts';

const score = (sent: string, right: string) => nameLikeness(sent, right).score;

describe('nameLikeness', () => {
  it('is 1 only for the same name, and next to it where only its writing differs', () => {
    expect(score('berth_id', 'berth_id')).toBe(1);
    for (const other of ['Berth_Id', 'berthId', 'berth-id', 'berths_id']) {
      expect(score(other, 'berth_id')).toBeLessThan(1);
      expect(score(other, 'berth_id')).toBeGreaterThan(0.9);
    }
  });

  it('finds a slip of the keyboard', () => {
    expect(score('arival_time', 'arrival_time')).toBeGreaterThan(0.8);
  });

  it('finds words of the same meaning', () => {
    expect(score('mobile_number', 'phone_number')).toBeGreaterThan(0.6);
    expect(score('mast_height', 'currency')).toBeLessThan(0.3);
  });

  it('refuses the opposite, however alike it looks, and says why', () => {
    expect(nameLikeness('min_draught', 'max_draught').refused).toMatch(/opposite/);
  });

  it('refuses the id of another thing, and takes one of the same thing', () => {
    expect(nameLikeness('boat_id', 'boat_berth_id').refused).toBe(
      'the one identifies a boat, the other a berth',
    );
    expect(nameLikeness('boat_id', 'boat_uuid').refused).toBeUndefined();
    expect(nameLikeness('id', 'boat_id').refused).toBeUndefined();
  });

  it('says the same when it is asked again', () => {
    expect(nameLikeness('arival_time', 'arrival_time')).toEqual(nameLikeness('arival_time', 'arrival_time'));
  });
});
