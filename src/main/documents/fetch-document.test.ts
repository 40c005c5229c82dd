import { describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/errors.ts';
import { type FetchReply, type FetchRequest, TransportError } from '../../kernel/fetch.ts';
import { fetchDocument } from './fetch-document.ts';

type Answer = Partial<FetchReply> | TransportError;

/** Answers each URL as told, and keeps what was asked. */
function network(answers: Record<string, Answer>) {
  const asked: FetchRequest[] = [];
  const said: string[] = [];
  const fetch = async (request: FetchRequest): Promise<FetchReply> => {
    asked.push(request);
    const answer = answers[request.url] ?? { status: 404 };
    if (answer instanceof TransportError) throw answer;
    return { status: 200, headers: {}, body: Buffer.from('{}'), ...answer };
  };
  return { asked, said, parts: { fetch, say: (line: string) => void said.push(line) } };
}

const from = 'https://api.example.com/openapi.json?key=secret';
const moved = (location: string): Answer => ({ status: 302, headers: { location } });

describe('a document that is fetched', () => {
  it('comes with its ETag, and is asked for without credentials', async () => {
    const { asked, parts } = network({ [from]: { headers: { etag: '"a"' } } });
    expect(await fetchDocument(from, parts)).toMatchObject({
      kind: 'document',
      url: 'https://api.example.com/openapi.json',
      etag: '"a"',
    });
    expect(Object.keys(asked[0]?.headers ?? {})).toEqual(['accept']);
    expect(asked[0]?.maxReplyBytes).toBeLessThan(1e8);
    expect(asked[0]?.replyTimeoutMs).toBeLessThanOrEqual(30_000);
  });

  it('is not sent again when it has not changed', async () => {
    const { asked, parts } = network({ [from]: { status: 304 } });
    expect(await fetchDocument(from, parts, '"a"')).toMatchObject({ kind: 'unchanged' });
    expect(asked[0]?.headers?.['if-none-match']).toBe('"a"');
  });

  it('redirects are followed and shown, without what may be secret in them', async () => {
    const { said, parts } = network({
      [from]: moved('/v2/openapi.json?key=secret'),
      'https://api.example.com/v2/openapi.json?key=secret': moved('https://docs.example.com/o.json'),
      'https://docs.example.com/o.json': {},
    });
    expect(await fetchDocument(from, parts)).toMatchObject({ url: 'https://docs.example.com/o.json' });
    expect(said).toEqual([
      'https://api.example.com/openapi.json redirects to https://api.example.com/v2/openapi.json',
      'https://api.example.com/v2/openapi.json redirects to https://docs.example.com/o.json',
    ]);
  });

  it.each([
    ['http://api.example.com/openapi.json'],
    ['file:///etc/passwd'],
    ['javascript:alert(1)'],
    ['http://'],
    ['https://169.254.169.254/latest/meta-data/'],
    ['https://[::1]/openapi.json'],
    ['https://0x7f.1/openapi.json'],
    ['https://localhost:8443/openapi.json'],
    ['https://metadata.google.internal/openapi.json'],
  ])('a redirect from https://api.example.com to %s is not followed', async (location) => {
    const { asked, parts } = network({ [from]: moved(location) });
    await expect(fetchDocument(from, parts)).rejects.toMatchObject({ code: 'provider-refused' });
    expect(asked).toHaveLength(1);
  });

  it('redirects within this machine are followed', async () => {
    const { parts } = network({
      'http://127.0.0.1:8000/docs': moved('/openapi.json'),
      'http://127.0.0.1:8000/openapi.json': {},
    });
    expect(await fetchDocument('http://127.0.0.1:8000/docs', parts)).toMatchObject({ kind: 'document' });
  });

  it('redirects in a circle come to an end', async () => {
    const { asked, parts } = network({ [from]: moved(from) });
    await expect(fetchDocument(from, parts)).rejects.toThrow('more than 5 redirects');
    expect(asked).toHaveLength(6);
  });

  it.each([
    ['not a URL', 'openapi.json'],
    ['of another protocol', 'ftp://example.com/openapi.json'],
  ])('a source that is %s is bad input', async (_, source) => {
    await expect(fetchDocument(source, network({}).parts)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it.each<[string, Answer, string, string]>([
    ['is not there', { status: 404 }, 'provider-refused', 'answers 404'],
    [
      'cannot be reached',
      new TransportError('dns', false, 'no such host'),
      'provider-unreachable',
      'no such',
    ],
    ['is encoded', { headers: { 'content-encoding': 'br' } }, 'provider-refused', 'encoded as br'],
  ])('that %s is an error with a next step', async (_, answer, code, words) => {
    const error = await fetchDocument(from, network({ [from]: answer }).parts).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(words), hint: expect.any(String) });
    expect(String(error)).not.toContain('secret');
  });
});
