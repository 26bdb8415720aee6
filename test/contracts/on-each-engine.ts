import { afterEach, beforeEach, describe } from 'vitest';
import type { Database } from '../../lambdas/store/table/client.ts';
import type { EngineName } from '../../runner/dynamodb/engine-command.ts';
import { engines, openDatabase, type TestDatabase } from './engines.ts';

/** Runs a contract on every engine of this machine, each test on empty tables; an engine that it lacks is skipped by name. */
export function onEachEngine(
  subject: string,
  contract: (database: () => Database, engine: EngineName) => void,
): void {
  for (const { engine, runs } of engines) {
    describe.skipIf(!runs)(`${subject}, on ${engine}${runs ? '' : ' (needs Java 17)'}`, () => {
      let opened: TestDatabase | undefined;
      beforeEach(async () => {
        opened = await openDatabase(engine);
      });
      afterEach(async () => {
        await opened?.stop();
      });
      contract(() => {
        if (opened === undefined) throw new Error('The engine has not started');
        return opened;
      }, engine);
    });
  }
}
