import { describe, expect, it } from 'vitest';
import { shellWords } from './shell-words.ts';

const words = (text: string) => shellWords(text).words.map((word) => word.text);

describe('the words of a shell command', () => {
  it('stand where they were written', () => {
    const text = `echo "a b"'c' d\\ e`;
    expect(shellWords(text).words).toEqual([
      { text: 'echo', start: 0, end: 4 },
      { text: 'a bc', start: 5, end: 13 },
      { text: 'd e', start: 14, end: 18 },
    ]);
    expect(text.slice(5, 13)).toBe(`"a b"'c'`);
  });

  it('lose quotes as POSIX and bash have them, and keep what only a running shell could fill in', () => {
    expect(words(`"a\\"b\\n\\$c" 'x\\y' $'t\\tq\\'\\x41' $"loc"`)).toEqual([
      'a"b\\n$c',
      'x\\y',
      "t\tq'A",
      'loc',
    ]);
    expect(words(`$A \${B:-"x y"} $(cat "f g" | jq '.a)') \`date +%F\``)).toEqual([
      '$A',
      `\${B:-"x y"}`,
      `$(cat "f g" | jq '.a)')`,
      '`date +%F`',
    ]);
    expect(words(`a"" '' b`)).toEqual(['a', '', 'b']);
  });

  it('end at an operator, from which the next command is read', () => {
    const text = 'a b; # none\n\nc && d | e &\nf';
    const found: string[] = [];
    for (let at = 0; at < text.length; ) {
      const { words, stop, end } = shellWords(text, at);
      found.push([...words.map((word) => word.text), stop].join(' '));
      at = end;
    }
    expect(found).toEqual(['a b ;', 'c &&', 'd |', 'e &', 'f ']);
  });

  it('do not have redirections among them', () => {
    expect(shellWords('a >out 2>&1 b <in &>all c >> x')).toMatchObject({
      words: [{ text: 'a' }, { text: 'b' }, { text: 'c' }],
      input: { file: 'in' },
    });
  });

  it('are followed by the text of a here-document, without its tabs where it says so', () => {
    const text = 'a <<-"E" | b\n\tone\n\t$two\n\tE\nnext';
    const command = shellWords(text);
    expect(command).toMatchObject({ stop: '|', input: { text: 'one\n$two\n' } });
    expect(text.slice(command.end)).toBe('next');
  });

  it('end where a substitution that began before them ends', () => {
    expect(shellWords('$(curl x) y', 2)).toMatchObject({
      words: [{ text: 'curl' }, { text: 'x' }],
      stop: ')',
    });
    expect(shellWords('`curl x` y', 1)).toMatchObject({
      words: [{ text: 'curl' }, { text: 'x' }],
      stop: ')',
    });
  });
});
