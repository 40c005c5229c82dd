/** How the stub of the provider behaves. */
export interface StubSettings {
  readonly calls: 'end-at-once' | 'never-end';
  /** Dials that it takes within any one second; the next ones get a 429. */
  readonly dialsPerSecond?: number;
}

/** What it saw: with `dialsPerSecond` every dial, and by attempt id when its request arrived, in milliseconds since 1970. */
export interface StubSeen {
  readonly dials: readonly { readonly atMs: number; readonly refused: boolean }[];
  readonly arrivals: Readonly<Record<string, number>>;
}
