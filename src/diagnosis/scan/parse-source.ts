import type { PartialParse, Tree } from '@lezer/common';

interface SourceParser {
  startParse(text: string): PartialParse;
}

/** What the parsers of @lezer/lr have besides, which their types leave out: the states of each reading that is tried. */
interface Progress {
  readonly stacks?: readonly { readonly stack: readonly number[] }[];
  /** More than 0 behind a mistake. */
  readonly recovering?: number;
}

/** Entries of the stack, three a level. Files of large projects and bundles have up to 420. */
const DEEPEST = 3000;
/** Steps behind mistakes. Files that are code have up to 210. */
const MOST_MISTAKEN = 20_000;

/**
 * The tree of a piece of source. The parsers go on through any text, but with every mistake they copy what is open, so that their time and memory
 * grow with the square of its depth: 40 kB of `${` would take 8 s and 1.6 GB. Throws RangeError for what is nested too deep, and
 * for what is no code.
 */
export function parseSource(parser: SourceParser, text: string): Tree {
  const parse: PartialParse & Progress = parser.startParse(text);
  let mistaken = 0;
  for (;;) {
    const tree = parse.advance();
    if (tree) return mistaken === 0 ? tree : whole(tree);
    if ((parse.recovering ?? 0) > 0) mistaken += 1;
    if (mistaken > MOST_MISTAKEN || parse.stacks?.some(({ stack }) => stack.length > DEEPEST)) {
      throw unreadable();
    }
  }
}

/** Of mistakes by the thousand trees come out that have nodes without a type; whoever walks them fails, and so does a walk that only looks. */
function whole(tree: Tree): Tree {
  try {
    tree.iterate({ enter: ({ name }) => name !== undefined });
    return tree;
  } catch (error) {
    if (error instanceof TypeError) throw unreadable();
    throw error;
  }
}

function unreadable(): RangeError {
  return new RangeError('The text is nested too deep, or is no code.');
}
