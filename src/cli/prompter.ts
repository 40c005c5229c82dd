/** Questions beyond yes and no. Only where `Cli.interactive`; `undefined` when the person gave up. */
export interface Prompter {
  text(question: string, options?: { placeholder?: string }): Promise<string | undefined>;
  /** What is typed is not shown. */
  secret(question: string): Promise<string | undefined>;
  choose<Value extends string>(
    question: string,
    choices: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[],
  ): Promise<Value | undefined>;
}
