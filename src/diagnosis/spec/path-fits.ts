/** Whether a path as it was sent is one of a template. A slash at the end makes no difference. */
export function pathFits(template: string, path: string): boolean {
  const steps = trimmed(template).split('/');
  const sent = trimmed(path).split('/');
  return (
    steps.length === sent.length &&
    steps.every((step, index) => {
      const value = sent[index] ?? '';
      return step === value || (value !== '' && step.includes('{') && stepFits(step, value));
    })
  );
}

/** `{Sid}.json` takes `CA1.json`. */
function stepFits(step: string, value: string): boolean {
  const before = step.slice(0, step.indexOf('{'));
  const after = step.slice(step.lastIndexOf('}') + 1);
  return value.length > before.length + after.length && value.startsWith(before) && value.endsWith(after);
}

function trimmed(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}
