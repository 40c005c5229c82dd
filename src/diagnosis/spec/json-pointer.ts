import { percentDecoded } from '../../kernel/percent-decoded.ts';

/** One step of a JSON pointer (RFC 6901), escaped. */
export function pointerStep(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The value at a pointer, given as `#/a/b` or `/a/b`; `undefined` where there is none, and for a place in another document. */
export function atPointer(root: unknown, pointer: string): unknown {
  const local = pointer.startsWith('#') ? pointer.slice(1) : pointer;
  // `#name` is an anchor, not a pointer; the rest lies in another document.
  if (local !== '' && !local.startsWith('/')) return undefined;
  const steps = local.split('/').slice(1);
  let value = root;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    const name = decodeStep(step);
    if (!Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function decodeStep(step: string): string {
  if (!step.includes('~') && !step.includes('%')) return step;
  const text = step.replaceAll('~1', '/').replaceAll('~0', '~');
  // In a URI fragment a name may be percent-encoded (RFC 6901, 6); a stray % is then meant literally.
  return percentDecoded(text);
}
