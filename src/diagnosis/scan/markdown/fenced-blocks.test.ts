import { describe, expect, it } from 'vitest';
import { fencedBlocks } from './fenced-blocks.ts';

const blocks = (text: string) =>
  fencedBlocks(text).map(({ language, from, to }) => [language, text.slice(from, to)]);

describe('fenced blocks', () => {
  it('have the first word behind the fence as their language', () => {
    expect(blocks('# Title\n```bash\ncurl a\n```\ntext\n~~~ TypeScript title="x"\nfetch()\n~~~\n')).toEqual([
      ['bash', 'curl a\n'],
      ['typescript', 'fetch()\n'],
    ]);
  });

  it('stand in lists and quotations, and may hold shorter fences', () => {
    expect(blocks('- item\n  ```sh\n  curl a\n  ```\n````md\n```sh\ncurl b\n```\n````\n')).toEqual([
      ['sh', '  curl a\n'],
      ['md', '```sh\ncurl b\n```\n'],
    ]);
  });

  it('end with the file where they are never closed', () => {
    expect(blocks('```\ncurl a')).toEqual([['', 'curl a']]);
  });
});
