import type { FieldPlace } from '../../match/match.ts';

const inPlaces = ['path', 'query', 'header', 'cookie'] as const;

/** The place that a name of `Explanation.fieldMap` stands for: `a.b[0].c` in the body, `query:x`. */
export function fieldNamed(name: string): FieldPlace {
  const colon = name.indexOf(':');
  const place = inPlaces.find((one) => name.slice(0, colon) === one);
  if (place) return { in: place, steps: [name.slice(colon + 1)] };
  const steps = name.split(/\.|(?=\[\d+\])/).map((step) => {
    const index = /^\[(\d+)\]$/.exec(step)?.[1];
    return index === undefined ? step : Number(index);
  });
  return { in: 'body', steps };
}
