// biome-ignore-all lint/suspicious/noTemplateCurlyInString: such text is what is read
import { describe, expect, it } from 'vitest';
import { tellReading } from '../../../../test/fixtures/tell-reading.ts';
import { findCurls } from './find-curls.ts';
import { readShell } from './read-shell.ts';

const told = (text: string) => tellReading(readShell(text, 0));

describe('curl commands of a script', () => {
  it('are found behind prompts, assignments, keywords and pipes', () => {
    const commands = [
      'curl https://api.example.com/v1/a',
      '$ curl https://api.example.com/v1/a',
      'RESPONSE=$(curl -s https://api.example.com/v1/a)',
      'if curl -f https://api.example.com/v1/a; then echo ok; fi',
      'set -e; curl https://api.example.com/v1/a | jq .',
      'X=1 curl https://api.example.com/v1/a > out.json',
      'id=`curl https://api.example.com/v1/a`',
      'test -f x && curl https://api.example.com/v1/a',
    ];
    for (const command of commands) {
      expect(told(`#!/bin/sh\n${command}\necho done\n`)).toEqual(['GET https://api.example.com/v1/a']);
    }
  });

  it('are not found in comments, nor where curl is an argument', () => {
    expect(
      findCurls('# curl https://api.example.com/v1/a\napt-get install curl jq\nwhich curl && true\n'),
    ).toEqual([]);
  });

  it('are read over continued lines, quotes and here-documents', () => {
    const script = `curl -X POST \\
  'https://api.example.com/v1/orders' \\
  -H "Content-Type: application/json" \\
  -d '{
    "size": 1
  }'
curl https://api.example.com/v1/orders -d @- <<EOF
{"size": 2}
EOF
curl https://api.example.com/v1/c
`;
    expect(told(script)).toEqual([
      'POST https://api.example.com/v1/orders json {"size":1}',
      'POST https://api.example.com/v1/orders json {"size":2}',
      'GET https://api.example.com/v1/c',
    ]);
  });

  it('know the constants of their script, and the defaults of its settings', () => {
    const script =
      'BASE="https://api.example.com"\nVERSION=${VERSION:-v1}\ncurl "$BASE/${VERSION}/pizzas/$PIZZA_ID"\n';
    expect(told(script)).toEqual(['GET https://api.example.com/v1/pizzas/$PIZZA_ID']);
    expect(told('BASE=https://a.example\nBASE=https://b.example\ncurl "$BASE/v1/a"\n')).toEqual([
      'GET /v1/a',
    ]);
  });

  it('are listed where they cannot be read', () => {
    expect(told("curl https://api.example.com/v1/a -d '{\necho done\n")[0]).toMatch(
      /^unread curl to api\.example\.com: /,
    );
  });
});
