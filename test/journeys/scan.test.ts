import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { declareScan } from '../../src/cli/commands/scan.ts';
import { bakeryWorld, openBakery } from '../fixtures/open-bakery.ts';
import { runCommand } from '../fixtures/run-command.ts';

let bakery: ReturnType<typeof openBakery>;
beforeEach(() => {
  bakery = openBakery();
});
afterEach(() => bakery.close());

const scan = (...args: string[]) => runCommand(declareScan, () => bakeryWorld, [bakery.folder, ...args]);

interface Told {
  readonly calls: readonly {
    readonly file: string;
    readonly line: number;
    readonly verdict: string;
    readonly request: string;
    readonly known: string;
    readonly findings: readonly { readonly line: number; readonly rule: string; readonly severity: string }[];
    readonly mend: { readonly kind: string; readonly why?: string };
  }[];
  readonly unread: readonly { readonly file: string; readonly line: number; readonly why: string }[];
  readonly files: { readonly read: number; readonly skipped: readonly string[] };
  readonly written: readonly { readonly file: string; readonly calls: number }[];
}

async function told(...args: string[]): Promise<Told> {
  const { stdout } = await scan('--json', ...args);
  return JSON.parse(stdout.join('\n')) as Told;
}

const wrong = ({ calls }: Told) =>
  calls.flatMap(({ file, findings, verdict }) =>
    verdict === 'wrong'
      ? findings.map(({ line, rule, severity }) => `${file}:${line} ${severity} ${rule}`)
      : [],
  );

/** What is wrong in the ten scripts, apart from the call that this project began with. */
const mistakes = [
  'CALLING.md:14 error unknown-path',
  'CALLING.md:33 error enum-value',
  'OrderButton.tsx:10 error misplaced-parameter',
  'follow_up.py:15 warning misplaced-parameter',
  'kitchen.py:16 warning renamed-field',
  'orders.js:6 error unknown-path',
  'orders.js:12 error wrong-method',
  'remind.mjs:10 error unknown-path',
  'ring_round.py:16 error renamed-field',
  'ring_round.py:17 error renamed-field',
  'smoke.sh:7 error unknown-path',
  'smoke.sh:13 error renamed-field',
];

describe('donna scan on ten scripts in four languages', () => {
  it('finds every mistake at its line, and nothing else', async () => {
    const report = await told();
    expect(report.files).toEqual({ read: 10, skipped: [] });
    expect(wrong(report).filter((one) => !one.startsWith('place-call.ts'))).toEqual(mistakes);
    expect(report.unread).toMatchObject([
      { file: 'orders.js', line: 23, why: 'its URL is not written in this file' },
    ]);
    const right = report.calls.filter(({ verdict }) => verdict === 'nothing-wrong');
    expect(right.map(({ file, request }) => `${file} ${request}`)).toEqual([
      'CALLING.md POST https://api.elevenlabs.io/v1/convai/twilio/outbound-call',
      'CALLING.md POST https://api.elevenlabs.io/v1/convai/twilio/outbound-call',
      'follow_up.py GET https://api.elevenlabs.io/v1/convai/conversations/<conversation_id>',
      'kitchen.py PUT https://api.marlowfinch.example/v2/orders/<order_id>/cancellation',
      'kitchen.py GET https://api.marlowfinch.example/v2/orders/<order_id>',
      'orders.js GET https://api.marlowfinch.example/v2/loaves',
      'place-call.ts GET https://api.elevenlabs.io/v1/convai/conversations/<id>',
      'remind.mjs GET https://api.elevenlabs.io/v1/convai/phone-numbers',
      'ring_round.py POST https://api.elevenlabs.io/v1/convai/twilio/outbound-call',
      'smoke.sh GET https://api.elevenlabs.io/v1/convai/phone-numbers',
      'texting.ts GET https://api.twilio.com/2010-04-01/Accounts/<ACCOUNT>/Calls/<callSid>.json',
    ]);
  });

  it('says of a call whose host is not written that it was judged by its path', async () => {
    const { calls } = await told();
    expect(
      calls.filter(({ known }) => known !== 'host').map(({ file, known }) => `${file} ${known}`),
    ).toEqual(['OrderButton.tsx path']);
  });

  it('leaves the call that this project began with to a person, for only a person knows the kind of line', async () => {
    const { calls } = await told();
    const call = calls.find(({ file, line }) => file === 'place-call.ts' && line === 7);
    expect(call).toMatchObject({
      verdict: 'wrong',
      findings: [
        { line: 7, rule: 'unknown-path', severity: 'error' },
        { line: 7, rule: 'misplaced-parameter', severity: 'error' },
        { line: 15, rule: 'renamed-field', severity: 'error' },
        { line: 16, rule: 'misplaced-parameter' },
      ],
      mend: { kind: 'by-hand', why: expect.stringContaining('/v1/convai/sip-trunk/outbound-call') },
    });
    const { stdout } = await scan();
    const text = stdout.join('\n');
    expect(text).toContain('place-call.ts:7 fetch: POST /v1/convai/phone-number/<phoneNumberId>/call');
    expect(text).toContain('"agent_phone_number_id": phoneNumberId');
  });

  it('shows what --write would change as a diff, and changes nothing', async () => {
    const before = bakery.read('smoke.sh');
    const { stdout, stderr, exitCode } = await scan('--dry-run');
    expect(stdout.slice(0, 2)).toEqual(['--- a/CALLING.md', '+++ b/CALLING.md']);
    expect(stdout.filter((line) => /^[+-][^+-]/.test(line))).toEqual([
      '-$ curl https://api.elevenlabs.io/v1/convai/phone_numbers -H "xi-api-key: $ELEVENLABS_API_KEY"',
      '+$ curl https://api.elevenlabs.io/v1/convai/phone-numbers -H "xi-api-key: $ELEVENLABS_API_KEY"',
      `-  -H 'X-Shop-Key: YOUR_SHOP_KEY' --json '{"reason": "soldout"}'`,
      `+  -H 'X-Shop-Key: YOUR_SHOP_KEY' --json '{"reason": "sold_out"}'`,
      '-      body: JSON.stringify({ loaf_id: loafId, quantity: 1, customer_name: name }),',
      '+      body: JSON.stringify({ loaf_id: loafId, quantity: 1, customer: { name } }),',
      '-        "dynamic_variables": {"customer_name": name},',
      '+        "conversation_initiation_client_data": {',
      '+            "dynamic_variables": {"customer_name": name},',
      '+        },',
      '-    shop.patch("{}/orders/{}".format(ROOT, order_id), json={"pickupAt": until, "note": "later"})',
      '+    shop.patch("{}/orders/{}".format(ROOT, order_id), json={"pickup_at": until, "note": "later"})',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the line of the script
      '-  const reply = await fetch(`${SHOP}/order?day=${day}`, { headers });',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the line of the script
      '+  const reply = await fetch(`${SHOP}/orders?day=${day}`, { headers });',
      "-    method: 'PUT',",
      "+    method: 'POST',",
      "-  const { data } = await calls.post('/twilio/outbound_call', {",
      "+  const { data } = await calls.post('/twilio/outbound-call', {",
      '-                "phone_number_id": os.environ["BAKERY_LINE"],',
      '-                "to_phone_number": number,',
      '+                "agent_phone_number_id": os.environ["BAKERY_LINE"],',
      '+                "to_number": number,',
      '-curl --fail -sS -X POST "$API/v1/convai/sip_trunk/outbound-call" \\',
      '+curl --fail -sS -X POST "$API/v1/convai/sip-trunk/outbound-call" \\',
      '-    "to_phone_number": "+12125550142"',
      '+    "to_number": "+12125550142"',
    ]);
    expect(stderr.join('\n')).toContain('ring_round.py:16:17');
    expect(exitCode).toBe(1);
    expect(bakery.read('smoke.sh')).toBe(before);
  });

  it('mends what is certain with --write, and finds only what is left to a person after it', async () => {
    const first = await told('--write');
    expect(first.written).toEqual([
      { file: 'CALLING.md', calls: 2 },
      { file: 'OrderButton.tsx', calls: 1 },
      { file: 'follow_up.py', calls: 1 },
      { file: 'kitchen.py', calls: 1 },
      { file: 'orders.js', calls: 2 },
      { file: 'remind.mjs', calls: 1 },
      { file: 'ring_round.py', calls: 1 },
      { file: 'smoke.sh', calls: 1 },
    ]);
    const second = await told();
    expect(new Set(wrong(second).map((one) => one.split(':')[0]))).toEqual(new Set(['place-call.ts']));
    expect(second.calls).toHaveLength(first.calls.length);
    expect((await told('--write')).written).toEqual([]);
  });

  it('answers with exit code 1 while there are errors, with 0 when there are none, and with 2 where there is no folder', async () => {
    expect((await scan()).exitCode).toBe(1);
    const run = (...args: string[]) => runCommand(declareScan, () => bakeryWorld, args);
    expect((await run(path.join(bakery.folder, 'texting.ts'))).exitCode).toBe(0);
    // A warning is no error.
    expect((await run(path.join(bakery.folder, 'follow_up.py'))).exitCode).toBe(0);
    const mended = await run(path.join(bakery.folder, 'smoke.sh'), '--write');
    expect(mended.exitCode).toBe(0);
    expect(mended.stdout).toContain('  Mended.');
    expect(mended.stderr).toContain('Mended 1 call in smoke.sh.');
    expect(mended.stderr).toContain(
      'Judged by Marlow & Finch Bakery, version 2.3, from the file bakery-api.yaml.',
    );
    const missing = await run(path.join(bakery.folder, 'nowhere'));
    expect(missing.exitCode).toBe(2);
    expect((await run('.', '--json', '--sarif')).exitCode).toBe(2);
    expect((await run('.', '--dry-run', '--json')).exitCode).toBe(2);
  });

  it('writes SARIF with a place for each finding, and the edits that mend it', async () => {
    const { stdout } = await scan('--sarif');
    const log = JSON.parse(stdout.join('\n')) as {
      runs: { results: { ruleId: string; locations: object[]; fixes?: object[] }[] }[];
    };
    const results = log.runs[0]?.results ?? [];
    const path_ = results.find(({ locations }) => JSON.stringify(locations).includes('remind.mjs'));
    expect(path_).toMatchObject({
      ruleId: 'unknown-path',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'remind.mjs' },
            region: { startLine: 10, startColumn: 38, endLine: 10, endColumn: 59 },
          },
        },
      ],
    });
    expect(JSON.stringify(path_?.fixes)).toContain('"insertedContent":{"text":"-"}');
  });
});

describe('donna scan in a folder', () => {
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(bakery.folder, file)), { recursive: true });
    writeFileSync(path.join(bakery.folder, file), text);
  };
  const bad = "fetch('https://api.marlowfinch.example/v2/loafs');\n";
  const files = async () => (await told()).calls.map(({ file }) => file);

  it('leaves out what is built, fetched, hidden, ignored, minified or too large', async () => {
    const before = (await told()).files.read;
    write('node_modules/a/index.js', bad);
    write('dist/a.js', bad);
    write('.hidden/a.js', bad);
    write('a.min.js', bad);
    write('minified.js', `${bad.trim().repeat(200)}`);
    write('large.js', bad.repeat(30_000));
    write('.gitignore', 'generated/\n*.gen.js\n!kept.gen.js\n');
    write('generated/a.js', bad);
    write('sub/a.gen.js', bad);
    write('sub/.gitignore', '/only-here.js\n');
    write('sub/only-here.js', bad);
    write('binary.js', `${bad}\0`);
    const report = await told();
    expect(report.files.read).toBe(before);
    expect(report.files.skipped).toEqual(['binary.js', 'large.js', 'minified.js']);
    write('sub/deeper/only-here.js', bad);
    write('sub/kept.gen.js', bad);
    expect((await files()).filter((file) => file.startsWith('sub/'))).toEqual([
      'sub/kept.gen.js',
      'sub/deeper/only-here.js',
    ]);
  });

  it('leaves alone what is not in UTF-8, for it could not be written back as it was', async () => {
    const file = path.join(bakery.folder, 'latin.js');
    writeFileSync(file, `// caf\u00e9\nfetch('https://api.marlowfinch.example/v2/loafs');\n`, 'latin1');
    const before = readFileSync(file);
    expect((await told('--write')).files.skipped).toContain('latin.js');
    expect(readFileSync(file)).toEqual(before);
  });

  it('follows no symbolic link', async () => {
    write('elsewhere/inner/a.js', bad);
    symlinkSync(path.join(bakery.folder, 'elsewhere'), path.join(bakery.folder, 'link'));
    symlinkSync(path.join(bakery.folder, 'elsewhere/inner/a.js'), path.join(bakery.folder, 'linked.js'));
    expect((await files()).filter((file) => /link|elsewhere/.test(file))).toEqual(['elsewhere/inner/a.js']);
  });

  it('mends no definition that another place uses as well', async () => {
    write(
      'shared.js',
      "const url = 'https://api.marlowfinch.example/v2/order?day=2026-11-23';\nconst init = { headers: { 'X-Shop-Key': key } };\nfetch(url, init);\nfetch(url, init);\n",
    );
    const { calls } = await told();
    expect(calls.filter(({ file }) => file === 'shared.js').map(({ mend }) => mend)).toMatchObject([
      { kind: 'by-hand', why: 'other places use the same definition' },
      { kind: 'by-hand', why: 'other places use the same definition' },
    ]);
    await scan('--write');
    expect(readFileSync(path.join(bakery.folder, 'shared.js'), 'utf8')).toContain('/v2/order?');
  });
});
