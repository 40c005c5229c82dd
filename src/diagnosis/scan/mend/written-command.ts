import { shellWords } from '../../exchange/shell-words.ts';
import type { FoundCommand } from '../found-call.ts';
import { readJavascriptValue } from '../javascript/read-javascript-value.ts';
import { pathVariable } from '../request-of-command.ts';
import type { SourceObject, SourceValue, Span } from '../source-value.ts';
import { type UnknownNames, unknownValue } from '../unknown-value.ts';
import type { PathToken, WrittenRequest } from './written-request.ts';

/** The parts of a curl command that are written as they are sent: in single quotes, or without anything to quote. */
export function writtenCommand(command: FoundCommand, text: string, names: UnknownNames): WrittenRequest {
  const { span, request } = command;
  const source = text.slice(span.from, span.to);
  const body = request.body.kind === 'json' ? jsonIn(source, span.from) : undefined;
  return {
    style: 'json',
    span,
    method: methodIn(source, span.from, request.method),
    path: pathIn(source, span.from, request.path, names),
    ahead: '',
    objects: body ? { body } : {},
    shared: [],
    expressionOf: names.expressionOf,
  };
}

function methodIn(source: string, offset: number, method: string): Span | undefined {
  const found = /\s(?:-X\s*|--request\s+)['"]?([A-Za-z]+)['"]?(?=\s|\\|$)/.exec(source);
  if (found?.[1]?.toUpperCase() !== method) return undefined;
  const from = offset + found.index + found[0].lastIndexOf(found[1]);
  return { from, to: from + found[1].length };
}

/** A path that is written twice is not the one to change. */
function pathIn(source: string, offset: number, path: string, names: UnknownNames): PathToken[] {
  const at = source.indexOf(path);
  const isWritten = at >= 0 && source.indexOf(path, at + 1) < 0;
  const pieces: { text: string; from: number; isName: boolean }[] = [];
  let end = 0;
  const literal = (to: number) => {
    for (; end < to; end += 1) pieces.push({ text: path[end] ?? '', from: end, isName: false });
  };
  for (const found of path.matchAll(pathVariable)) {
    literal(found.index);
    pieces.push({ text: found[0], from: end, isName: true });
    end += found[0].length;
  }
  literal(path.length);
  return pieces.map(({ text, from, isName }) => {
    const start = offset + at + from;
    return {
      text: isName ? unknownValue(names.nameOf(text)) : text,
      span: isWritten ? { from: start, to: start + text.length } : undefined,
      hole: isName ? { before: '', after: '' } : undefined,
    };
  });
}

function jsonIn(source: string, offset: number): SourceObject | undefined {
  const command = shellWords(source);
  const candidates: [text: string, at: number][] = command.words.flatMap((word): [string, number][] => {
    const raw = source.slice(word.start, word.end);
    return raw === `'${word.text}'` ? [[word.text, word.start + 1]] : [];
  });
  if (command.input && 'text' in command.input) {
    candidates.push([command.input.text, source.indexOf(command.input.text)]);
  }
  const objects = candidates.flatMap(([json, at]) => {
    if (at < 0 || !/^\s*\{/.test(json)) return [];
    const value = jsonValue(json, offset + at);
    return value?.kind === 'object' ? [value] : [];
  });
  return objects.length === 1 ? objects[0] : undefined;
}

/** What is nested too deep to be read is not mended. */
function jsonValue(json: string, offset: number): SourceValue | undefined {
  try {
    return readJavascriptValue(json, offset);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
