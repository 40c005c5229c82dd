/** Does something for any number of items in one statement, and answers for each in their order. */
type DoAll<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>;

interface Waiting<Item, Result> {
  readonly items: readonly Item[];
  readonly resolve: (results: readonly Result[]) => void;
  readonly reject: (error: unknown) => void;
}

const MOST_TOGETHER = 100;

/**
 * Puts what comes while another statement is on its way into one. Under load that saves most of the commits, and what many calls
 * write (the usage of a key on a day) is not fought over by statements that each hold it until the disk has answered.
 */
export function joinStatements<Item, Result>(doAll: DoAll<Item, Result>): DoAll<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) await together(waiting.splice(0, MOST_TOGETHER));
    running = false;
  }

  async function together(joined: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await doAll(joined.flatMap(({ items }) => items));
      let next = 0;
      for (const { items, resolve } of joined) {
        resolve(results.slice(next, next + items.length));
        next += items.length;
      }
    } catch (error) {
      const [only, ...others] = joined;
      if (only && others.length === 0) return only.reject(error);
      // One that the database refuses must not take the others with it. What did take effect the first time is found to have done so.
      await Promise.all(joined.map(({ items, resolve, reject }) => doAll(items).then(resolve, reject)));
    }
  }

  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject });
      if (!running) void run();
    });
}
