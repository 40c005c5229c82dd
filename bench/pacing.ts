// `npm run bench:pacing`: how much of the pace that a line is allowed (30 dials a second) is used while more calls wait than can leave, and
// whether the provider, which counts over any second that has just passed, refuses one. The floor is the allowance itself. One JSON line.
import { realClock, sleep } from '../src/kernel/clock.ts';
import { openBenchDatabase } from './world/open-bench-database.ts';
import { benchCaller, benchRequest, openBenchService } from './world/open-bench-service.ts';
import { startStub } from './world/start-stub.ts';
import { usNumbers } from './world/us-numbers.ts';

const ALLOWED = 30;
const SECONDS = 20;
const AIM = 0.97;
const WAITING = ALLOWED * (SECONDS + 5);

const stub = await startStub({ calls: 'end-at-once', dialsPerSecond: ALLOWED });
const database = await openBenchDatabase('postgres');
try {
  const service = await openBenchService(database, {
    url: stub.url,
    concurrency: 1_000,
    callsPerSecond: ALLOWED,
  });
  try {
    const numbers = usNumbers();
    for (let submitted = 0; submitted < WAITING; submitted++) {
      const to = numbers.next().value;
      if (to) await service.submitCall(benchRequest(to), benchCaller);
    }
    let { dials } = await stub.seen();
    while (dials.length < WAITING) {
      await sleep(realClock, 500);
      ({ dials } = await stub.seen());
    }
    // From the first second on, which the connections of the beginning disturb.
    const fromMs = (dials[0]?.atMs ?? 0) + 1_000;
    const counted = dials.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + SECONDS * 1_000);
    const accepted = counted.filter(({ refused }) => !refused).length;
    const used = accepted / (ALLOWED * SECONDS);
    const refused = dials.filter((one) => one.refused).length;
    console.log(
      JSON.stringify({
        bench: 'pacing',
        allowedPerSecond: ALLOWED,
        seconds: SECONDS,
        dials: accepted,
        used: Number(used.toFixed(3)),
        aim: AIM,
        refused,
      }),
    );
    if (used < AIM || refused > 0) process.exitCode = 1;
  } finally {
    await service.close();
  }
} finally {
  await database.close();
  stub.close();
}
