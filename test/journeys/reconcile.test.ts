import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demo } from '../../src/sandbox/index.ts';
import { compareFindings, serveMonth } from '../fixtures/reconcile-month.ts';
import { createRecordingCli } from '../fixtures/recording-cli.ts';

let served: Awaited<ReturnType<typeof serveMonth>>;
beforeAll(async () => {
  served = await serveMonth({ calls: 600, anomalies: 40 });
});
afterAll(() => served.close());

const json = async (...args: string[]) => {
  const cli = await served.reconcile([...args, '--json']);
  expect(cli.stdout).toHaveLength(1);
  return { ...JSON.parse(cli.stdout[0] ?? ''), exitCode: cli.exitCode };
};

describe('donna reconcile', () => {
  it('finds all 40 anomalies of a month of 600 calls, and invents none', async () => {
    const ledger = await json('--since', '30d');
    const { missed, invented } = compareFindings(served.month, ledger.rows);
    expect(missed).toEqual([]);
    expect(invented).toEqual([]);
    expect(ledger.rows).toHaveLength(40);
    expect(ledger.exitCode).toBe(0);
    const counted = Object.values(ledger.counts).reduce((sum: number, count) => sum + Number(count), 0);
    expect(counted).toBe(40);
  });

  it('adds up what the calls cost, and what those with a finding did', async () => {
    const { totals, rows } = await json('--since', '30d');
    const credits = served.sandbox.state.calls.length;
    expect(totals.cost.credits).toBeGreaterThan(credits);
    expect(totals.cost.carrier).toEqual([
      { amount: expect.stringMatching(/^\d+\.\d{2,6}$/), currency: 'USD' },
    ]);
    const byCall = new Map<unknown, number>(
      rows.map((row: { conversationId?: string; callSid?: string; cost: { credits: number } }) => [
        row.conversationId ?? row.callSid,
        row.cost.credits,
      ]),
    );
    expect(totals.anomalyCost.credits).toBe(
      [...byCall.values()].reduce<number>((sum, one) => sum + Number(one), 0),
    );
  });

  it('only reads: no request but GET, and no line in the journal of attempts', async () => {
    const before = await served.journalText();
    served.sandbox.journal.clear();
    await json('--since', '30d');
    expect(new Set(served.sandbox.journal.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(await served.journalText()).toBe(before);
  });

  it('tells a person in 80 columns, with the next command', async () => {
    const { stdout } = await served.reconcile(['--since', '30d']);
    expect(stdout.filter((line) => line.length > 80)).toEqual([]);
    const text = stdout.join('\n');
    expect(text).toContain('carrier calls that nobody asked for');
    expect(text).toMatch(/→ donna calls show conv_\w+ --sandbox/);
    expect(text).toContain('40 findings, on calls that cost');
    expect(text).toContain("not checked: The carrier of 1 line that is not Twilio's (sip_trunk)");
  });

  it('gives CSV with a record a finding, in which no cell is a formula', async () => {
    const { stdout, stderr } = await served.reconcile(['--since', '30d', '--csv']);
    expect(stdout).toHaveLength(41);
    expect(stdout[0]).toMatch(/^"kind","at","from","to",/);
    for (const record of stdout) {
      expect(record.split('","')).toHaveLength(16);
      expect(record).not.toMatch(/(^|,)"[=+\-@]/);
    }
    expect(stderr.join('\n')).toContain('not checked');
  });

  it('works without Twilio, and says what that leaves unchecked', async () => {
    const cli = await served.reconcile(['--since', '30d', '--json'], { withoutTwilio: true });
    const ledger = JSON.parse(cli.stdout[0] ?? '');
    expect(compareFindings(served.month, ledger.rows).invented).toEqual([]);
    expect(ledger.counts).toMatchObject({ 'unasked-call': 0, 'billed-failure': 0 });
    const planted = (kind: string) => served.month.planted.filter((one) => one.kind === kind).length;
    for (const kind of ['duplicate-dial', 'false-success', 'no-conversation'])
      expect(ledger.counts[kind]).toBe(planted(kind));
    expect(ledger.totals.carrierCalls).toBe(0);
    expect(ledger.notChecked[0]).toContain('TWILIO_ACCOUNT_SID');
  });

  it('keeps to one line by its number or its id, and to one agent', async () => {
    const ofLine = await json('--since', '30d', '--line', demo.sipNumber);
    expect(ofLine.rows.length).toBeGreaterThan(0);
    expect(new Set(ofLine.rows.map((row: { from: string }) => row.from))).toEqual(new Set([demo.sipNumber]));
    expect((await json('--since', '30d', '--line', demo.sipLineId)).rows).toEqual(ofLine.rows);

    const ofAgent = await json('--since', '30d', '--agent', demo.agentWithoutPlaceholdersId);
    expect(compareFindings(served.month, ofAgent.rows).invented).toEqual([]);
    expect(new Set(ofAgent.rows.map((row: { agentId: string }) => row.agentId))).toEqual(
      new Set([demo.agentWithoutPlaceholdersId]),
    );
    expect(ofAgent.counts['unasked-call']).toBe(0);
    expect(ofAgent.notChecked.join(' ')).toContain('--agent');
  });

  it('finds nothing in a period with nothing in it', async () => {
    const { stdout } = await served.reconcile(['--since', '1h']);
    expect(stdout.join('\n')).toContain('✓ Nothing is wrong in what was checked.');
  });

  it('says when Ctrl-C has stopped it', async () => {
    const cli = createRecordingCli();
    cli.interrupt();
    await served.reconcile(['--since', '30d'], { cli });
    expect(cli.exitCode).toBe(4);
    expect(cli.stdout).toEqual([]);
    expect(cli.stderr.join('\n')).toContain('Stopped before everything was read');
  });

  it.each([
    [['--since', 'yesterday'], '--since: "yesterday" is no date.'],
    [['--csv', '--json'], 'exclude each other'],
    [['--line', '+12125550199'], 'The account has no line +12125550199.'],
    [['--agent', 'Donna & Co'], 'not the id of an agent'],
  ])('refuses %j', async (args, sentence) => {
    const cli = await served.reconcile(args);
    expect(cli.exitCode).toBe(2);
    expect(cli.stderr.join('\n')).toContain(sentence);
  });
});
