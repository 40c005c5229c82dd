import { AppError } from '../../kernel/errors.ts';
import { nearest } from '../../kernel/nearest.ts';
import { printable } from '../../kernel/printable.ts';
import { curlOption, curlOptionNames } from './curl-options.ts';

export interface CurlArguments {
  /** In their order; a flag has the value ''. */
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly urls: readonly string[];
}

/** Splits the words after `curl` into options and URLs. Throws AppError `bad-input` for what curl does not know. */
export function curlArguments(words: readonly string[]): CurlArguments {
  const options: { name: string; value: string }[] = [];
  const urls: string[] = [];
  let onlyUrls = false;

  /** Reads one option; its value is `attached` or the next word. Gives how many more words it took. */
  function take(
    written: string,
    name: string,
    attached: string | undefined,
    next: string | undefined,
  ): number {
    const option = curlOption(name);
    if (!option) throw unknownOption(written);
    if (option.name === 'next') throw severalRequests();
    const value = option.value ? (attached ?? next) : '';
    if (value === undefined) {
      throw new AppError(
        'bad-input',
        `The curl option ${written} needs a value, and the command ends there.`,
        {
          hint: 'Was the command pasted whole? Copy it again, from "curl" to its last character.',
        },
      );
    }
    if (option.name === 'url') urls.push(value);
    else options.push({ name: option.name, value });
    return option.value && attached === undefined ? 1 : 0;
  }

  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const next = words[index + 1];
    if (onlyUrls || !word.startsWith('-') || word === '-') urls.push(word);
    else if (word === '--') onlyUrls = true;
    else if (word.startsWith('--')) index += take(word, word.slice(2), undefined, next);
    else {
      // -sSL, -XPOST, -sd '…': letters up to the first that takes a value; the rest of the word is that value.
      for (let letter = 1; letter < word.length; letter++) {
        const name = word[letter] ?? '';
        const rest = word.slice(letter + 1);
        const valued = curlOption(name)?.value === true;
        index += take(`-${name}`, name, valued && rest !== '' ? rest : undefined, next);
        if (valued) break;
      }
    }
  }
  return { options, urls };
}

function unknownOption(written: string): AppError {
  const [name = '', value] = written.split(/=(.*)/s);
  if (value !== undefined && name.startsWith('--') && curlOption(name.slice(2))) {
    return new AppError('bad-input', `curl does not take ${name}=…: the value is a word of its own.`, {
      hint: `Write ${name} 'value'.`,
    });
  }
  const shown = printable(written, 60);
  const meant =
    written.startsWith('--') && written.length < 60 ? nearest(written.slice(2), curlOptionNames) : undefined;
  return new AppError('bad-input', `curl has no option ${shown}.`, {
    hint: meant
      ? `Did you mean --${meant}?`
      : 'A value that begins with a hyphen or has spaces belongs in quotes.',
  });
}

function severalRequests(): AppError {
  return new AppError('bad-input', 'The command holds several requests (--next).', {
    hint: 'Give one of them: the part before or after --next.',
  });
}
