import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/errors.ts';
import { readCurl } from './read-curl.ts';

const url = 'https://api.example.com/v1/things';
const request = (text: string, files: Readonly<Record<string, string>> = {}) =>
  readCurl(text, (name) => files[name]).request;
const notes = (text: string) => readCurl(text).notes.join(' ');

function refusal(text: string): string {
  try {
    readCurl(text);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-input')
      return `${error.message} ${error.hint ?? ''}`;
    throw error;
  }
  throw new Error('was read');
}

describe('what curl sends', () => {
  it('is a GET where there is no body, and a POST of a form where there is one', () => {
    expect(request(`curl ${url}`)).toEqual({
      method: 'GET',
      scheme: 'https',
      host: 'api.example.com',
      path: '/v1/things',
      query: [],
      headers: [],
      contentType: undefined,
      body: { kind: 'none' },
    });
    expect(request(`curl ${url} -d a=1 -d 'b=two words'`)).toMatchObject({
      method: 'POST',
      contentType: 'application/x-www-form-urlencoded',
      body: { kind: 'form', encoding: 'urlencoded', value: { a: '1', b: 'two words' } },
    });
  });

  it('is JSON with --json, whose parts are joined without an ampersand', () => {
    expect(request(`curl --json '{"a":' --json '1}' ${url}`)).toMatchObject({
      method: 'POST',
      contentType: 'application/json',
      body: { kind: 'json', value: { a: 1 } },
    });
  });

  it('keeps JSON that goes out as a form apart from its content type', () => {
    expect(request(`curl ${url} -d '{"a":1}'`)).toMatchObject({
      contentType: 'application/x-www-form-urlencoded',
      body: { kind: 'json', value: { a: 1 } },
    });
  });

  it('has no body where it is given an empty one, and is a POST all the same', () => {
    expect(request(`curl ${url} -d ''`)).toMatchObject({ method: 'POST', body: { kind: 'none' } });
  });

  it('has the method of -X, -I, -G and -T', () => {
    expect(request(`curl -XDELETE ${url}`).method).toBe('DELETE');
    expect(request(`curl -sSLX put ${url} -d x=1`).method).toBe('PUT');
    expect(request(`curl --head ${url}`).method).toBe('HEAD');
    expect(request(`curl -G ${url}?a=1 -d b=2 --data-urlencode 'c=x y&z'`)).toMatchObject({
      method: 'GET',
      query: [
        ['a', '1'],
        ['b', '2'],
        ['c', 'x y&z'],
      ],
      contentType: undefined,
      body: { kind: 'none' },
    });
    expect(request(`curl -T page.json ${url}/`, { 'page.json': '{"a":1}' })).toMatchObject({
      method: 'PUT',
      path: '/v1/things/page.json',
      contentType: undefined,
      body: { kind: 'json' },
    });
  });

  it('has headers as they are written, without those that are taken off', () => {
    const sent = request(
      `curl ${url} -H 'X-A: 1' -H 'Accept:' -H 'X-Empty;' -H "x-b:2" -A me -e ${url} -b 'c=1'`,
    );
    expect(sent.headers).toEqual([
      ['X-A', '1'],
      ['X-Empty', ''],
      ['x-b', '2'],
      ['User-Agent', 'me'],
      ['Referer', url],
      ['Cookie', 'c=1'],
    ]);
    expect(request(`curl ${url} -d a=1 -H 'Content-Type:'`).contentType).toBeUndefined();
    expect(
      request(`curl ${url} -d '{}' -H 'content-type: Application/JSON; charset=utf-8'`).contentType,
    ).toBe('application/json');
    expect(notes(`curl ${url} -H 'X-Key'`)).toContain('no colon');
  });

  it('carries credentials of -u, of the URL and of --oauth2-bearer, and leaves variables as they are', () => {
    const basic = `Basic ${Buffer.from('me:pass').toString('base64')}`;
    expect(request(`curl -u me:pass ${url}`).headers).toEqual([['Authorization', basic]]);
    expect(request('curl https://me:pass@api.example.com/').headers).toEqual([['Authorization', basic]]);
    expect(request(`curl --oauth2-bearer abc ${url}`).headers).toEqual([['Authorization', 'Bearer abc']]);
    expect(request(`curl -u "$USER_ID:\${TOKEN}" ${url}`).headers).toEqual([
      ['Authorization', `Basic $USER_ID:\${TOKEN}`],
    ]);
    expect(request(`curl -u me:pass -H 'Authorization: Bearer x' ${url}`).headers).toEqual([
      ['Authorization', 'Bearer x'],
    ]);
  });

  it('has the parts of a form, and names of files', () => {
    expect(
      request(
        `curl ${url} -F name=Ana -F 'file=@a b.wav;type=audio/wav' -F 'note="x;y";type=text/plain' \\
        -F 'cut=x;y' --form-string 'raw=@not-a-file;type=no' -F 'meta={"a":1};type=application/json' -F name=Bo -F 'bio=<bio.txt'`,
        {
          'bio.txt': 'a life',
        },
      ).body,
    ).toEqual({
      kind: 'form',
      encoding: 'multipart',
      value: {
        name: ['Ana', 'Bo'],
        file: { file: 'a b.wav' },
        note: 'x;y',
        cut: 'x',
        raw: '@not-a-file;type=no',
        meta: { a: 1 },
        bio: 'a life',
      },
    });
  });

  it('reads bodies of files through the argument, and says which it could not read', () => {
    const files = { 'body.json': '{\n"a": 1\n}', 'q.txt': 'x y' };
    expect(request(`curl ${url} --json @body.json`, files).body).toEqual({ kind: 'json', value: { a: 1 } });
    expect(request(`curl ${url} --data-urlencode q@q.txt`, files).body).toMatchObject({
      value: { q: 'x y' },
    });
    expect(request(`curl ${url} -d @gone.json`).body).toEqual({
      kind: 'unread',
      why: 'it comes from the file gone.json, which cannot be read here',
    });
    expect(request(`curl ${url} -d @-`).body).toMatchObject({
      kind: 'unread',
      why: 'it comes from standard input',
    });
  });

  it('reads a here-document, a here-string and what echo, printf or cat pipe to it', () => {
    const json = { kind: 'json', value: { a: 1 } };
    expect(request(`curl ${url} --json @- <<'EOF' | jq .\n{"a":\n1}\nEOF\necho done`).body).toEqual(json);
    expect(request(`cat <<EOF | curl --json @- ${url}\n{"a":1}\nEOF`).body).toEqual(json);
    expect(request(`curl ${url} --json @- <<< '{"a":1}'`).body).toEqual(json);
    expect(request(`echo '{"a":1}' | curl --json @- ${url}`).body).toEqual(json);
    expect(request(`cat b.json | curl --json @- ${url}`, { 'b.json': '{"a":1}' }).body).toEqual(json);
    expect(request(`curl --json @- ${url} < b.json`, { 'b.json': '{"a":1}' }).body).toEqual(json);
  });
});

describe('a URL', () => {
  it('has http where curl is given none, and says so', () => {
    expect(request('curl API.example.com:80/x')).toMatchObject({ scheme: 'http', host: 'api.example.com' });
    expect(notes('curl api.example.com')).toContain('http://');
    expect(request('curl localhost:8080')).toMatchObject({ host: 'localhost:8080', path: '/' });
  });

  it('keeps its encoding and its globs, and loses dot segments and the fragment as curl does it', () => {
    expect(request('curl "https://a.example/v1/a%2Fb/{x,y}/[1-3]?q=a%20b&q=c+d&e#top"')).toMatchObject({
      path: '/v1/a%2Fb/{x,y}/[1-3]',
      query: [
        ['q', 'a b'],
        ['q', 'c d'],
        ['e', ''],
      ],
    });
    expect(request('curl https://a.example/v1/../v2/./x/..').path).toBe('/v2/');
    expect(request('curl --path-as-is https://a.example/v1/../x').path).toBe('/v1/../x');
  });

  it('has no host where a variable stands for it', () => {
    for (const base of [
      '$BASE',
      `\${BASE_URL}`,
      '{{base}}',
      '$(base)',
      'https://$HOST:8080',
      'https://<host>',
    ]) {
      expect(request(`curl "${base}/v1/x?a=$A"`)).toMatchObject({
        host: '',
        path: '/v1/x',
        query: [['a', '$A']],
      });
    }
  });

  it('takes the host of the Host header and the target of --request-target', () => {
    expect(request(`curl http://10.0.0.1/x -H 'Host: API.example.com' --request-target /y?z`)).toMatchObject({
      host: 'api.example.com',
      path: '/y',
    });
  });
});

describe('what was pasted', () => {
  it('is read across lines, with CRLF, comments, prompts and a fence', () => {
    const expected = { method: 'POST', path: '/v1/things', body: { kind: 'json', value: { a: "it's" } } };
    const body = `-d '{"a": "it'\\''s"}'`;
    expect(request(`# create\r\ncurl ${url} \\\r\n  -H 'a: b' \\\r\n  ${body}`)).toMatchObject(expected);
    expect(request(`$ curl ${url} \\\n> -H 'a: b' \\\n> ${body}\n{"detail":"x"}`)).toMatchObject(expected);
    expect(request(`ana@box:~/work$ curl ${url} ${body}`)).toMatchObject(expected);
    expect(request(`\`\`\`bash\ncurl ${url} ${body}\n\`\`\``)).toMatchObject(expected);
    expect(request(`KEY=1 sudo /usr/bin/curl ${url} ${body}`)).toMatchObject(expected);
    expect(request(`REPLY=$(curl -s ${url} ${body} | jq -r .id)`)).toMatchObject(expected);
    expect(request(`set -e; cd /tmp && curl ${url} ${body}`)).toMatchObject(expected);
  });

  it('is read as bash reads its quotes', () => {
    expect(request(`curl ${url} --data-raw $'{"a":"x\\u0021\\n\\'\\xc3\\xa9"}'`).body).toMatchObject({
      kind: 'text',
      problem: expect.stringContaining('line break'),
    });
    expect(request(`curl ${url} --data-raw $'{"a":"x\\u0021\\\\n\\'\\xc3\\xa9"}'`).body).toEqual({
      kind: 'json',
      value: { a: "x!\n'é" },
    });
    expect(request(`curl "${url}" -d "{\\"a\\": \\"$ID\\", \\"b\\": \\"$(date "+%F")\\"}"`).body).toEqual({
      kind: 'text',
      text: '{"a": "$ID", "b": "$(date "+%F")"}',
      problem: expect.stringContaining('line 1, column 28'),
    });
    expect(request(`curl ${url} -d '{"a": "'"$ID"'"}'`).body).toEqual({ kind: 'json', value: { a: '$ID' } });
  });

  it('is read from the form of Windows, by hand and by a browser', () => {
    expect(
      request(
        'curl ^"https://api.example.com/v1/things?a=1^&b=2^" ^\r\n  -H ^"content-type: application/json^" ^\r\n' +
          '  --data-raw ^"^{^\\^"a^\\^":^\\^"5^% ^^ x\\\\n^\\^"^}^"',
      ),
    ).toMatchObject({
      method: 'POST',
      query: [
        ['a', '1'],
        ['b', '2'],
      ],
      body: { kind: 'json', value: { a: '5% ^ x\n' } },
    });
    expect(
      request(`curl -X POST "${url}" ^\n -H "content-type: application/json" ^\n -d "{\\"a\\": \\"b\\"}"`),
    ).toMatchObject({ contentType: 'application/json', body: { kind: 'json', value: { a: 'b' } } });
  });

  it('is read up to a pipe or the next command, which is told', () => {
    expect(notes(`curl ${url} | jq .`)).toContain('"jq ."');
    expect(notes(`curl ${url} && rm x`)).toContain('"&&"');
    expect(notes(`curl -s ${url} > out.json 2>&1`)).toBe('');
    expect(notes('curl https://a.example/x?a=1&b=2')).toContain('"b=2" is not sent');
  });

  it('goes on after a line without a backslash, and tells it', () => {
    const text = `curl -X POST ${url}\n  -H 'a: b' \\ \n  -d x=1`;
    expect(request(text)).toMatchObject({ headers: [['a', 'b']], body: { kind: 'form' } });
    expect(notes(text)).toContain('Line 1 does not end with a backslash');
  });

  it('tells of a body whose quotes the shell took', () => {
    expect(request(`curl ${url} -d {"a":1}`).body).toMatchObject({ kind: 'text' });
    expect(notes(`curl ${url} -d {"a":1}`)).toContain('single quotes');
  });

  it('keeps placeholders of documentation', () => {
    expect(request('curl https://a.example/v1/<agent id>/call -H x:<key>')).toMatchObject({
      path: '/v1/<agent%20id>/call',
      headers: [['x', '<key>']],
    });
  });
});

describe('a refusal', () => {
  it.each([
    ['wget https://a.example', 'begins with "wget"'],
    ['', 'no command'],
    ['curl -X POST', 'no URL'],
    [`curl ${url} -H`, 'pasted whole'],
    [`curl ${url} -d '{"a":`, 'line 1, column 43 is never closed'],
    [`curl ${url} -d "$(cat x`, 'never closed'],
    [`curl ${url} --next ${url}`, '--next'],
    [`curl ${url} -: ${url}`, '--next'],
    [`curl ${url} --header='a: b'`, "Write --header 'value'"],
    [`curl ${url} --reqest POST`, 'Did you mean --request?'],
    [`curl ${url} -H Content-Type: application/json`, '"application/json"'],
    [`curl -X 'POST /v1' ${url}`, 'no method'],
    ['curl ftp://a.example/x', 'ftp:// is not HTTP'],
    ['curl https://a%20b c.example/', 'URLs'],
    ['curl "https://a b/x"', 'no readable host'],
    ['Invoke-WebRequest -Uri "https://a.example"', 'PowerShell'],
    [`curl \u201c${url}\u201d`, 'typographic quotes'],
  ])('of %s names what is expected', (text, expected) => {
    expect(refusal(text)).toContain(expected);
  });
});

describe('what is told of a command', () => {
  it('has no secret in it', () => {
    const { notes } = readCurl('curl https://a.example/x?a=1&api_key=hunter2hunter2');
    expect(notes.join(' ')).toContain('"api_key=$API_KEY" is not sent');
    expect(refusal('curl https://user:hunter2hunter2@a b/x')).not.toContain('hunter2');
    expect(refusal('curl https://a.example/x -H x-api-key: hunter2hunter2')).not.toContain('hunter2');
    for (const option of ["-H 'x-api-key hunter2hunter2'", '-H hunter2hunter2', '-b hunter2hunter2']) {
      const told = readCurl(`curl https://a.example/x ${option}`).notes.join(' ');
      expect(told).not.toBe('');
      expect(told).not.toContain('hunter2');
    }
    expect(refusal('curl "https://user:hunter2hunter2@a b/x?key=hunter2"')).not.toContain('hunter2');
  });
});

describe('any text', () => {
  it('may hold commands within commands without end', () => {
    expect(refusal(`${'$('.repeat(20_000)}curl ${url}${')'.repeat(20_000)}`)).toContain('begins with');
    expect(refusal(`${'cat <<E | '.repeat(2_000)}\nE\n`)).toContain('begins with "cat"');
  });

  const pieces = fc.constantFrom(
    'curl ',
    url,
    ' -d ',
    ' -F ',
    ' -H ',
    ' --json ',
    ' -G',
    ' -u a:b',
    '@f',
    'a=b;c',
    "'",
    '"',
    "$'",
    '$(',
    ')',
    '`',
    '\\',
    '\n',
    '<<E\n',
    '^"',
    ' ^\n',
    '{"a":',
    '}',
    '|',
    '> ',
    '$ ',
    '#',
    '?a=b&',
    '%',
  );
  it('is read or refused, and in no other way', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 14 }), (parts) => {
        const text = `curl ${parts.join('')}`;
        try {
          expect(readCurl(text, () => '{"a":1}').request.path).toMatch(/^\//);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          expect(error.code).toBe('bad-input');
        }
      }),
      { numRuns: 2000 },
    );
  });
});
