import { setTimeout as delay } from 'node:timers/promises';
import { StartRefusal } from '../start-refusal.ts';
import { createEngineClient } from './engine-client.ts';

/** Waits until a DynamoDB answers; refuses with `ENGINE_FAILED` when it has ended, or is silent for too long. */
export async function awaitEngine(
  url: string,
  hasEnded: () => boolean,
  patienceMilliseconds: number,
): Promise<void> {
  const client = createEngineClient(url);
  const deadline = performance.now() + patienceMilliseconds;
  try {
    for (;;) {
      const answers = await client.call('ListTables', {}).then(
        () => true,
        () => false,
      );
      if (answers) {
        return;
      }
      if (hasEnded() || performance.now() > deadline) {
        throw new StartRefusal('ENGINE_FAILED', `No DynamoDB answers at ${url}.`);
      }
      await delay(20);
    }
  } finally {
    client.close();
  }
}
