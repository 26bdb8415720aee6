import { describe } from 'vitest';
import { type EngineName, hasJava } from '../../../runner/dynamodb/engine-command.ts';

/** Describes a subject on each engine, `%s` being its name; one that this machine cannot run is skipped by name. */
export function describeOnEachEngine(subject: string, tests: (engine: EngineName) => void): void {
  for (const engine of ['dynoxide', 'dynamodb-local'] as const) {
    const runs = engine === 'dynoxide' || hasJava();
    const name = subject.replace('%s', engine);
    describe.skipIf(!runs)(runs ? name : `${name} (needs Java 17)`, () => tests(engine));
  }
}
