import type { Prompter } from '../cli/prompter.ts';

/** Asks on the terminal, on stderr: stdout is for what a program may read. */
export function createPrompter(): Prompter {
  const output = process.stderr;
  return {
    async text(message, options = {}) {
      const { isCancel, text } = await import('@clack/prompts');
      const answer = await text({ message, output, ...options });
      return isCancel(answer) ? undefined : answer.trim() || undefined;
    },
    async secret(message) {
      const { isCancel, password } = await import('@clack/prompts');
      const answer = await password({ message, output });
      return isCancel(answer) ? undefined : answer.trim() || undefined;
    },
    async choose(message, choices) {
      const { isCancel, select } = await import('@clack/prompts');
      const options = choices.map(({ value, label, hint }) => ({
        value: value as string,
        label,
        ...(hint ? { hint } : {}),
      }));
      const answer = await select({ message, output, options });
      const chosen = isCancel(answer) ? undefined : choices.find(({ value }) => value === answer);
      return chosen?.value;
    },
  };
}
