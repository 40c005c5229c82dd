import { describe, expect, it } from 'vitest';
import { segmentsOf, templateSteps } from './template.ts';

function read(template: string, segment: string) {
  const [step] = templateSteps('', `/${template}`);
  return step?.kind === 'parameter' ? step.read(segment) : undefined;
}

describe('segmentsOf', () => {
  it('drops the query, and slashes at both ends', () => {
    expect(segmentsOf('/v1/berths/?open=1')).toEqual(['v1', 'berths']);
    expect(segmentsOf('/')).toEqual([]);
  });

  it('keeps a doubled slash, which is another path', () => {
    expect(segmentsOf('/v1//berths')).toEqual(['v1', '', 'berths']);
  });
});

describe('templateSteps', () => {
  it('tells the base path from the path', () => {
    const steps = templateSteps('/v1', '/berths/{id}');
    expect(steps.map(({ text, base, kind }) => [text, base, kind])).toEqual([
      ['v1', true, 'literal'],
      ['berths', false, 'literal'],
      ['{id}', false, 'parameter'],
    ]);
  });

  it('reads the value between the text around it', () => {
    expect(read('{Sid}.json', 'B7.json')).toEqual(['B7']);
    expect(read('{Sid}.json', 'B7')).toBeUndefined();
    expect(read('{Sid}.json', '.json')).toBeUndefined();
  });

  it('reads several values of one segment', () => {
    expect(read('{from}...{to}', 'main...mast')).toEqual(['main', 'mast']);
    expect(read('{from}...{to}', 'main')).toBeUndefined();
  });

  it('takes a lone bracket for text', () => {
    expect(templateSteps('', '/a{b')[0]?.kind).toBe('literal');
  });
});
