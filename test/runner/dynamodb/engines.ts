import { type EngineName, hasJava } from '../../../runner/dynamodb/engine-command.ts';

/** The engines that this machine can run; says so when one is left out. */
export function availableEngines(): readonly EngineName[] {
  if (hasJava()) {
    return ['dynoxide', 'dynamodb-local'];
  }
  console.warn('SKIPPED: no Java 17 here, so nothing is tested on dynamodb-local.');
  return ['dynoxide'];
}
