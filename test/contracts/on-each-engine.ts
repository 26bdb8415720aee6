import { afterAll, beforeAll, describe } from 'vitest';
import type { Database } from '../../lambdas/store/table/client.ts';
import { engines, openDatabase, type TestDatabase } from './engines.ts';

/** Runs a contract on every engine of this machine; one that it lacks is skipped by name. */
export function onEachEngine(subject: string, contract: (database: () => Database) => void): void {
  for (const { engine, runs } of engines) {
    describe.skipIf(!runs)(`${subject}, on ${engine}${runs ? '' : ' (needs Java 17)'}`, () => {
      let opened: TestDatabase | undefined;
      beforeAll(async () => {
        opened = await openDatabase(engine);
      });
      afterAll(async () => {
        await opened?.stop();
      });
      contract(() => {
        if (opened === undefined) throw new Error('The engine has not started');
        return opened;
      });
    });
  }
}
