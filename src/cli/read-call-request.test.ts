import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../kernel/errors.ts';
import { type CallOptions, readCallRequest } from './read-call-request.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'donna-request-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const to = '+12125550142';
const read = (options: Partial<CallOptions> = {}, number = to) =>
  readCallRequest(number, { var: [], varJson: [], wait: true, preflight: true, ...options });
const variables = async (options: Partial<CallOptions>) =>
  (await read(options)).request.clientData.dynamic_variables;
async function file(name: string, content: unknown): Promise<string> {
  const place = path.join(directory, name);
  const isRaw = typeof content === 'string' || content instanceof Uint8Array;
  await writeFile(place, isRaw ? content : JSON.stringify(content));
  return place;
}
async function refused(options: Partial<CallOptions>, number = to): Promise<AppError> {
  const error = await read(options, number).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`no AppError but ${String(error)}`);
  expect(error.code).toBe('bad-input');
  // One clear line, and a next step.
  expect(error.message).not.toMatch(/\p{Cc}/u);
  expect(error.message.length).toBeLessThan(500);
  expect(error.hint).toBeTruthy();
  return error;
}

describe('readCallRequest', () => {
  it('reads a number as people write it, and leaves out what was not given', async () => {
    const { request } = await read({}, ' +1 (212) 555-0142 ');
    expect(request).toMatchObject({ to: { number: to }, agentId: undefined, from: undefined, record: false });
    expect(request.clientData).toEqual({});
    expect(request.telephony).toBeUndefined();
  });

  it('takes --var over --var-json over --vars over --client-data', async () => {
    const clientData = await file('data.json', {
      dynamic_variables: { a: 1, b: 1, c: 1, d: 1 },
      user_id: 'u',
    });
    const vars = await file('vars.json', { b: 2, c: 2, d: 2 });
    const options = { clientData, vars, varJson: ['c=3', 'd=3'], var: ['d=4'] };
    expect(await variables(options)).toEqual({ a: 1, b: 2, c: 3, d: '4' });
    expect((await read(options)).request.clientData.user_id).toBe('u');
  });

  it('lets --override and --user-id take the place of what the file says', async () => {
    const clientData = await file('data.json', {
      user_id: 'u',
      conversation_config_override: { agent: { first_message: 'A' } },
      branch_id: 'b',
    });
    const override = await file('override.json', { tts: { voice_id: 'v' } });
    const { request } = await read({ clientData, override, userId: 'ada' });
    expect(request.clientData).toEqual({
      user_id: 'ada',
      branch_id: 'b',
      conversation_config_override: { tts: { voice_id: 'v' } },
    });
  });

  it('keeps --var a string, with every = after the first, and lets the last one win', async () => {
    expect(await variables({ var: ['n=3', 'eq=a=b', 'empty=', 'n=4'] })).toEqual({
      n: '4',
      eq: 'a=b',
      empty: '',
    });
  });

  it('reads numbers, booleans and strings from --var-json', async () => {
    expect(await variables({ varJson: ['n=3.5', 'yes=true', 's="x"'] })).toEqual({
      n: 3.5,
      yes: true,
      s: 'x',
    });
  });

  it('reads a line by id or number, and a file with a byte order mark', async () => {
    expect((await read({ from: 'phnum_1' })).request.from).toEqual({ lineId: 'phnum_1' });
    expect((await read({ from: '+1 212 555 0100' })).request.from).toEqual({ number: '+12125550100' });
    expect(await variables({ vars: await file('bom.json', '\ufeff{"a":"ü"}') })).toEqual({ a: 'ü' });
  });

  it('reads the telephony options', async () => {
    const { request } = await read({ ringTimeout: '25', detectMachine: true, record: true });
    expect(request).toMatchObject({
      telephony: { ringing_timeout_secs: 25, twilio_machine_detection: { mode: 'enable' } },
      record: true,
    });
  });
});

describe('readCallRequest refuses', () => {
  it.each([
    ['', 'country code'],
    ['2125550142', 'country code'],
    ['911', 'country code'],
    ['+', 'digits'],
    ['+1 212 555', 'digits'],
    ['+1212555014x', 'something else than digits'],
    [`+${'1'.repeat(5_000)}`, 'characters long'],
    ['+1\n2\u001b[31m', 'something else'],
    ['+1212555\ufffd0142', 'not UTF-8'],
  ])('the number %j', async (number, why) => {
    expect((await refused({}, number)).message).toContain(why);
  });

  it.each([
    [{ var: ['noequals'] }, '--var'],
    [{ var: ['=value'] }, '--var'],
    [{ var: ['two words=x'] }, '--var'],
    [{ var: ['__proto__=x'] }, '--var'],
    [{ var: [`${'n'.repeat(101)}=x`] }, '--var'],
    [{ var: ['a=\ufffd'] }, '--var'],
    [{ varJson: ['n=three'] }, '--var-json n'],
    [{ varJson: ['n={"a":1}'] }, '--var-json n'],
    [{ varJson: ['n=[1]'] }, '--var-json n'],
    [{ varJson: ['n=null'] }, '--var-json n'],
    [{ varJson: ['n=1e999'] }, '--var-json n'],
    [{ varJson: ['__proto__={}'] }, '--var-json'],
    [{ agent: 'agent one' }, '--agent'],
    [{ agent: '' }, '--agent'],
    [{ from: '' }, '--from'],
    [{ from: '+12' }, '--from'],
    [{ from: '../../etc' }, '--from'],
    [{ userId: 'a\nb' }, '--user-id'],
    [{ ringTimeout: '0' }, '--ring-timeout'],
    [{ ringTimeout: '1000' }, '--ring-timeout'],
    [{ ringTimeout: '1.5' }, '--ring-timeout'],
    [{ ringTimeout: '0x10' }, '--ring-timeout'],
    [{ ringTimeout: '' }, '--ring-timeout'],
    [{ ringTimeout: 'soon' }, '--ring-timeout'],
  ])('%j', async (options, place) => {
    expect((await refused(options)).message).toContain(place);
  });

  it.each([
    ['a list', '["a"]', 'a list, not an object'],
    ['null', 'null', 'null, not an object'],
    ['a string', '"a"', 'string, not an object'],
    ['no JSON', 'a: 1\nb: 2', 'not JSON'],
    ['nothing', '', 'not JSON'],
    ['an object as a value', '{"a":{"b":1}}', 'a has the wrong type'],
    ['a null value', '{"a":null}', 'a has the wrong type'],
    ['__proto__', '{"__proto__":"x"}', '"__proto__" is not a name'],
    ['an empty name', '{"":"x"}', 'is not a name'],
    ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'not UTF-8'],
    ['more than a megabyte', `{"a":"${'x'.repeat(1024 * 1024)}"}`, 'too long'],
    ['more than the agent can read', `{"a":"${'x'.repeat(300_000)}"}`, 'characters long'],
  ])('a vars file that holds %s', async (_, content, why) => {
    expect((await refused({ vars: await file('vars.json', content) })).message).toContain(why);
  });

  it('a vars file that is not there, or a folder', async () => {
    expect((await refused({ vars: path.join(directory, 'none.json') })).message).toContain('no such file');
    await mkdir(path.join(directory, 'folder'));
    expect((await refused({ vars: path.join(directory, 'folder') })).message).toContain('a folder');
  });

  it('a device that never ends', async () => {
    expect((await refused({ vars: '/dev/zero' })).message).toContain('too long');
  });

  it('client data with fields in the wrong place, and names the field', async () => {
    const clientData = await file('data.json', { customer_name: 'Ada' });
    expect((await refused({ clientData })).message).toContain('customer_name is not a field here');
    const nested = await file('nested.json', { conversation_config_override: { agent: { greeting: 'Hi' } } });
    expect((await refused({ clientData: nested })).message).toContain(
      'conversation_config_override.agent.greeting is not a field',
    );
    const polluted = await file('proto.json', '{"dynamic_variables":{"__proto__":"x"}}');
    expect((await refused({ clientData: polluted })).message).toContain('__proto__');
  });

  it('an override of a wrong type', async () => {
    const override = await file('override.json', { agent: { first_message: 5 } });
    expect((await refused({ override })).message).toContain('agent.first_message');
  });
});
