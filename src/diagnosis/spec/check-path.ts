import { percentDecoded } from '../../kernel/percent-decoded.ts';
import { segmentsOf, templateSteps } from '../match/template.ts';

/** A parameter that holds a path or a name with slashes in it takes the rest of the segments. */
const takesSlashes = /path$|^ref$/i;

/** The values of a path's parameters, decoded; `undefined` where it is no path of the template. */
export function pathValues(template: string, path: string): ReadonlyMap<string, string> | undefined {
  const steps = templateSteps('', template);
  const segments = joinedRest(segmentsOf(path), steps);
  if (segments.length !== steps.length) return undefined;
  const values = new Map<string, string>();
  for (const [index, step] of steps.entries()) {
    const segment = segments[index] ?? '';
    if (step.kind === 'literal') {
      if (percentDecoded(segment) !== percentDecoded(step.text)) return undefined;
      continue;
    }
    const read = step.read(segment);
    if (read === undefined) return undefined;
    for (const [at, name] of step.names.entries()) values.set(name, percentDecoded(read[at] ?? ''));
  }
  return values;
}

function joinedRest(segments: readonly string[], steps: ReturnType<typeof templateSteps>): readonly string[] {
  const last = steps.at(-1);
  if (segments.length <= steps.length || last?.kind !== 'parameter') return segments;
  const whole = last.names.length === 1 && last.text === `{${last.names[0]}}`;
  if (!whole || !takesSlashes.test(last.names[0] ?? '')) return segments;
  return [...segments.slice(0, steps.length - 1), segments.slice(steps.length - 1).join('/')];
}
