// Places a call in the sandbox and follows it to its end. To run it:
//   npm run build && npx esbuild examples/place-call.ts --outfile=dist/place-call.js && node dist/place-call.js
// With a key and without `sandbox: true` the same lines ring a real phone.
import { followCall, placeCall } from 'donna';

const to = process.argv[2] ?? '+12125550142';
const variables = { customer_name: 'Ada', company: 'Acme', invoice_number: 'INV-7', amount: '90 dollars' };
const call = await placeCall({ to, variables, sandbox: true, again: true });
if (call.kind !== 'accepted') throw new Error(`The call was not placed: ${call.kind}`);
for await (const event of followCall(call)) {
  if (event.kind === 'state') console.log(event.state);
  if (event.kind === 'ended') console.log(event.report.outcome.sentence, event.report.transcript);
}
