// biome-ignore-all lint/suspicious/noTemplateCurlyInString: such text is what is read
import { describe, expect, it } from 'vitest';
import { tellReading } from '../../../../test/fixtures/tell-reading.ts';
import { readJavascript } from './read-javascript.ts';

const told = (text: string, dialect: 'js' | 'ts' | 'tsx' = 'ts') =>
  tellReading(readJavascript(text, 0, dialect));

describe('fetch', () => {
  it('is read with a literal, a template and a concatenation as its URL', () => {
    expect(told("await fetch('https://api.example.com/v1/pizzas');")).toEqual([
      'GET https://api.example.com/v1/pizzas',
    ]);
    expect(told('fetch(`https://api.example.com/v1/pizzas/${order.id}/slices?size=${size}`)')).toEqual([
      'GET https://api.example.com/v1/pizzas/<id>/slices?size=<size>',
    ]);
    expect(told("fetch('https://api.example.com/v1/pizzas/' + encodeURIComponent(id) + '/slices')")).toEqual([
      'GET https://api.example.com/v1/pizzas/<id>/slices',
    ]);
  });

  it('is read with constants of the file, and with the default of a setting', () => {
    const constants =
      "const BASE = process.env.PIZZA_URL ?? 'https://api.example.com';\nconst paths = { list: '/v1/pizzas' };\n";
    expect(told(`${constants}fetch(\`\${BASE}\${paths.list}\`)`)).toEqual([
      'GET https://api.example.com/v1/pizzas',
    ]);
  });

  it('is read with method and a body of literals, names and nested objects', () => {
    const body =
      "JSON.stringify({ size, 'to': { city: 'Ulm', zip: 89073, floor: -1, lift: true }, note: null })";
    expect(told(`fetch('https://api.example.com/v1/orders', { method: 'post', body: ${body} })`)).toEqual([
      'POST https://api.example.com/v1/orders json {"size":"<size>","to":{"city":"Ulm","zip":89073,"floor":-1,"lift":true},"note":null}',
    ]);
  });

  it('follows a payload that a variable holds, and what is added to it', () => {
    const source =
      "async function order(size) {\n  const body = { size };\n  body.count = 2;\n  await fetch('https://api.example.com/v1/orders', { method: 'POST', body: JSON.stringify(body) });\n}";
    expect(told(source, 'js')).toEqual([
      'POST https://api.example.com/v1/orders json {"size":"<size>","count":2}',
    ]);
  });

  it('says that a payload is open where something is spread into it', () => {
    expect(
      told(
        "fetch('https://api.example.com/v1/orders', { method: 'POST', body: JSON.stringify({ size: 1, ...rest }) })",
      ),
    ).toEqual(['POST https://api.example.com/v1/orders json {"size":1} +body']);
  });

  it('puts the entries of a known object where it is spread', () => {
    const source =
      "const defaults = { size: 1 };\nfetch('https://api.example.com/v1/orders', { method: 'POST', body: JSON.stringify({ ...defaults, count: 2 }) })";
    expect(told(source)).toEqual(['POST https://api.example.com/v1/orders json {"size":1,"count":2}']);
  });

  it('is listed where its URL, its options or its method are not written here', () => {
    expect(told('fetch(url)')).toEqual(['unread fetch: its URL is not written in this file']);
    expect(told("fetch('https://api.example.com/v1', options)")).toEqual([
      'unread fetch to api.example.com: its options are not written in this file',
    ]);
    expect(told("fetch('https://api.example.com/v1', { method })")).toEqual([
      'unread fetch to api.example.com: its method is not written in this file',
    ]);
  });

  it('is read behind a function of its own, by its name and its options', () => {
    const call =
      "('https://api.example.com/v1/orders', { method: 'POST', body: JSON.stringify({ size: 1 }) })";
    const read = ['POST https://api.example.com/v1/orders json {"size":1}'];
    expect(told(`fetchWithRetry${call}`)).toEqual(read);
    expect(told(`this.fetchImpl${call}`)).toEqual(read);
    expect(told("prefetch('https://api.example.com/v1/orders')")).toEqual([]);
  });

  it('is skipped where only a path is known', () => {
    expect(told("fetch('/v1/orders', { method: 'POST' })")).toEqual([]);
  });

  it('keeps a host that is not known unknown', () => {
    expect(told('fetch(`${base}/v1/pizzas`)')).toEqual(['GET {?}/v1/pizzas']);
  });

  it('is reported once where a Request is made first', () => {
    const source =
      "const request = new Request('https://api.example.com/v1/pizzas', { method: 'DELETE' });\nawait fetch(request);";
    expect(told(source)).toEqual(['DELETE https://api.example.com/v1/pizzas']);
  });

  it('is read in a class, and in markup', () => {
    const inClass =
      "class Api { private readonly base = 'https://api.example.com/v1';\n list() { return fetch(`${this.base}/pizzas`); } }";
    expect(told(inClass)).toEqual(['GET https://api.example.com/v1/pizzas']);
    const markup = "const a = <b onClick={() => fetch('https://api.example.com/v1/pizzas')}>x</b>;";
    expect(told(markup, 'tsx')).toEqual(['GET https://api.example.com/v1/pizzas']);
    expect(told(markup, 'js')).toEqual(['GET https://api.example.com/v1/pizzas']);
  });

  it('takes the value that a variable has at the place, and none where that depends on the way there', () => {
    const twice =
      "let url = 'https://api.example.com/a';\nfetch(url);\nurl = 'https://api.example.com/b';\nfetch(url);";
    expect(told(twice)).toEqual(['GET https://api.example.com/a', 'GET https://api.example.com/b']);
    const branch =
      "let url = 'https://api.example.com/a';\nif (x) { url = 'https://api.example.com/b'; }\nfetch(url);";
    expect(told(branch)).toEqual(['unread fetch: its URL is not written in this file']);
  });
});

describe('axios', () => {
  const imported = "import axios from 'axios';\n";

  it('is read by method, by configuration and as a call', () => {
    expect(
      told(`${imported}axios.post('https://api.example.com/v1/orders', { size: 1 }, { params: { a: 1 } })`),
    ).toEqual(['POST https://api.example.com/v1/orders?a=1 json {"size":1}']);
    expect(
      told(
        `${imported}axios({ method: 'put', url: 'https://api.example.com/v1/orders', data: { size: 1 } })`,
      ),
    ).toEqual(['PUT https://api.example.com/v1/orders json {"size":1}']);
    expect(told(`${imported}axios('https://api.example.com/v1/orders')`)).toEqual([
      'GET https://api.example.com/v1/orders',
    ]);
    expect(told(`${imported}axios.get<Pizza>('https://api.example.com/v1/orders')`)).toEqual([
      'GET https://api.example.com/v1/orders',
    ]);
  });

  it('is read through an instance with its base URL', () => {
    const source = `${imported}const api = axios.create({ baseURL: 'https://api.example.com/v1/' });\napi.patch('/orders/' + id, { size: 1 });`;
    expect(told(source)).toEqual(['PATCH https://api.example.com/v1/orders/<id> json {"size":1} +headers']);
  });

  it('is skipped where only a path is known', () => {
    expect(told(`${imported}axios.get('/v1/orders')`)).toEqual([]);
  });
});

describe('other clients', () => {
  it('are listed where they name a host, for how they send is not known', () => {
    expect(told("got.post('https://api.example.com/v1/orders', { json: { size: 1 } })")).toEqual([
      'unread got.post to api.example.com: how this client sends its payload is not known here',
    ]);
    expect(told("map.get('key'); router.post('/v1/orders', handler); cache.delete(key)")).toEqual([]);
  });
});

describe('hostile sources', () => {
  it('do not end the reading: cycles, doubling and names of the prototype', () => {
    expect(told('const a = b; const b = a; fetch(a)')).toEqual([
      'unread fetch: its URL is not written in this file',
    ]);
    const doubling = ["const a0 = 'https://api.example.com/';"];
    for (let index = 1; index < 40; index += 1) {
      doubling.push(`const a${index} = a${index - 1} + a${index - 1};`);
    }
    expect(told(`${doubling.join('\n')}\nfetch(a39)`)).toEqual([
      'unread fetch: its URL is not written in this file',
    ]);
    expect(
      told(
        "fetch('https://api.example.com/v1', { method: 'POST', body: JSON.stringify({ __proto__: 1, constructor: 2 }) })",
      ),
    ).toEqual(['POST https://api.example.com/v1 json {"__proto__":1,"constructor":2}']);
    expect(told("const { toString } = x; fetch(constructor + '/v1'); fetch(__proto__)")).toHaveLength(2);
  });

  it('are read as far as they go where they are broken', () => {
    expect(
      told("fetch('https://api.example.com/v1/pizzas', { method: 'POST', body: JSON.stringify({ a: 1 "),
    ).toEqual(['POST https://api.example.com/v1/pizzas json {"a":1}']);
  });
});
