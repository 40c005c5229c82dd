// `npm run bench:reconcile`: `donna reconcile` on a sandbox month of 10,000 calls with 200 planted findings, over HTTP by the real
// clients. Prints what was planted, found and invented; exits 1 unless all are found and none is invented.
import { compareFindings, serveMonth } from '../test/fixtures/reconcile-month.ts';

const month = await serveMonth({
  calls: 10_000,
  anomalies: 200,
});
try {
  const started = performance.now();
  const cli = await month.reconcile(['--since', '30d', '--json']);
  const seconds = (performance.now() - started) / 1000;
  const output = cli.stdout[0];
  if (output === undefined) throw new Error(`There is no ledger: ${cli.stderr.join('\n')}`);
  const ledger = JSON.parse(output);
  const { found, missed, invented } = compareFindings(month.month, ledger.rows ?? []);
  const planted = month.month.planted.length;
  for (const one of missed) console.error(`missed   ${one.kind} ${one.id}`);
  for (const row of invented) console.error(`invented ${JSON.stringify(row)}`);
  console.log(
    JSON.stringify({
      planted,
      found,
      invented: invented.length,
      calls: ledger.totals.conversations,
      seconds: Math.round(seconds * 10) / 10,
      megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    }),
  );
  if (found !== planted || invented.length > 0) process.exitCode = 1;
} finally {
  await month.close();
}
