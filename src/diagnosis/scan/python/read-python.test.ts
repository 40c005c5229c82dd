// biome-ignore-all lint/suspicious/noTemplateCurlyInString: such text is what is read
import { describe, expect, it } from 'vitest';
import { tellReading } from '../../../../test/fixtures/tell-reading.ts';
import { readPython } from './read-python.ts';

const told = (text: string) => tellReading(readPython(text, 0));

describe('requests', () => {
  it('is read with a literal, an f-string, %-formatting and str.format as its URL', () => {
    const urls = [
      "'https://api.example.com/v1/pizzas/' + pizza_id",
      "f'https://api.example.com/v1/pizzas/{pizza_id}'",
      "'https://api.example.com/v1/pizzas/%s' % pizza_id",
      "'https://api.example.com/v1/pizzas/%(id)s' % {'id': pizza_id}",
      "'https://api.example.com/v1/pizzas/{}'.format(pizza_id)",
      "'https://api.example.com/v1/pizzas/{id}'.format(id=pizza_id)",
      "('https://api.example.com/v1'\n  f'/pizzas/{pizza_id}')",
    ];
    for (const url of urls) {
      expect(told(`import requests\nrequests.get(${url})`)).toEqual([
        'GET https://api.example.com/v1/pizzas/<pizza_id>',
      ]);
    }
  });

  it('is read under another name, and as a function of its own', () => {
    expect(told("import requests as rq\nrq.delete('https://api.example.com/v1/a')")).toEqual([
      'DELETE https://api.example.com/v1/a',
    ]);
    expect(told("from requests import post\npost('https://api.example.com/v1/a', json={'a': 1})")).toEqual([
      'POST https://api.example.com/v1/a json {"a":1}',
    ]);
    expect(told("import requests\nrequests.request('PUT', 'https://api.example.com/v1/a')")).toEqual([
      'PUT https://api.example.com/v1/a',
    ]);
  });

  it('is read with json, params, data and dumped data', () => {
    const call = (rest: string) =>
      told(`import json, requests\nrequests.post('https://api.example.com/v1/a', ${rest})`);
    expect(call("json={'a': True, 'b': None, 'c': [1, x], 'd': {'e': -1.5}}, params={'q': q}")).toEqual([
      'POST https://api.example.com/v1/a?q=<q> json {"a":true,"b":null,"c":[1,"<x>"],"d":{"e":-1.5}}',
    ]);
    expect(call("data={'a': 1}")).toEqual(['POST https://api.example.com/v1/a form {"a":1}']);
    expect(call("data=json.dumps({'a': 1})")).toEqual(['POST https://api.example.com/v1/a json {"a":1}']);
    expect(call("json={'a': 1, **rest}")).toEqual(['POST https://api.example.com/v1/a json {"a":1} +body']);
    expect(call('json=dict(a=1)')).toEqual(['POST https://api.example.com/v1/a json {"a":1}']);
    expect(call('**options')).toEqual(['POST https://api.example.com/v1/a body unread +headers +body']);
  });

  it('follows variables of the module and of the function, and what is added to them', () => {
    const source = `import os, requests
BASE = os.environ.get("PIZZA_URL", "https://api.example.com")
def order(size):
    url = f"{BASE}/v1/orders"
    payload = {"size": size}
    payload["count"] = 2
    return requests.post(url, json=payload, timeout=5)
`;
    expect(told(source)).toEqual(['POST https://api.example.com/v1/orders json {"size":"<size>","count":2}']);
  });

  it('takes the value that a variable has at the place, and none where that depends on the way there', () => {
    const twice =
      'import requests\nurl = "https://api.example.com/a"\nrequests.get(url)\nurl = "https://api.example.com/b"\nrequests.get(url)\n';
    expect(told(twice)).toEqual(['GET https://api.example.com/a', 'GET https://api.example.com/b']);
    const branch =
      'import requests\nurl = "https://api.example.com/a"\nif x:\n    url = "https://api.example.com/b"\nrequests.get(url)\n';
    expect(told(branch)).toEqual(['unread requests.get: its URL is not written in this file']);
  });

  it('keeps a payload open that is filled by a method', () => {
    const source =
      "import requests\npayload = {'a': 1}\npayload.update(more)\nrequests.post('https://api.example.com/v1/a', json=payload)\n";
    expect(told(source)).toEqual(['POST https://api.example.com/v1/a json {"a":1} +body']);
  });
});

describe('clients', () => {
  it('are read with their base URL, in a with statement, an attribute and a parameter', () => {
    const withStatement =
      "import httpx\nwith httpx.Client(base_url='https://api.example.com/v1') as client:\n    client.post('/orders', json={'a': 1})\n";
    expect(told(withStatement)).toEqual(['POST https://api.example.com/v1/orders json {"a":1} +headers']);
    const attribute = `import httpx
class Api:
    def __init__(self, base_url="https://api.example.com"):
        self.client = httpx.AsyncClient(base_url=base_url)
    async def order(self, order_id):
        return await self.client.get(f"/v1/orders/{order_id}")
`;
    expect(told(attribute)).toEqual(['GET https://api.example.com/v1/orders/<order_id> +headers']);
    expect(
      told("async def f(session):\n    await session.post('https://api.example.com/v1/a', json={'a': 1})\n"),
    ).toEqual(['POST https://api.example.com/v1/a json {"a":1} +headers']);
  });

  it('are skipped where only a path is known, and so is what is no client', () => {
    expect(told("import requests\ns = requests.Session()\ns.get('/v1/a')\n")).toEqual([]);
    expect(told("d.get('key')\nself.client.post('/v1/a', data)\n")).toEqual([]);
  });
});

describe('hostile sources', () => {
  it('do not end the reading', () => {
    expect(told('import requests\na = b\nb = a\nrequests.get(a)\n')).toEqual([
      'unread requests.get: its URL is not written in this file',
    ]);
    expect(
      told(`import requests\nx = ${'('.repeat(800)}\nrequests.get('https://api.example.com/v1/a')`),
    ).toBeDefined();
  });
});
