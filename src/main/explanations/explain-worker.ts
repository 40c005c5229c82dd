import { parentPort, workerData } from 'node:worker_threads';
import { answerTask } from './answer-task.ts';
import { createNamedDocuments } from './named-documents.ts';

/** The thread that explains requests of others. It is ended from outside when one takes too long; create-explainer.ts owns it. */
const documents = createNamedDocuments(new Map(workerData as readonly (readonly [string, string])[]));

parentPort?.on('message', async (body: Uint8Array) => {
  try {
    parentPort?.postMessage(await answerTask(body, documents));
  } catch (error) {
    parentPort?.postMessage({ kind: 'bug', why: error instanceof Error ? error.stack : String(error) });
  }
});
