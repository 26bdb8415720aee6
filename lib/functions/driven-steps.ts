import type { StepName } from './steps.ts';

/** Steps that the stream of a table drives. */
export const streamSteps = ['status', 'tariff', 'cdr', 'events'] as const satisfies StepName[];

/** Steps that a queue drives. */
export const queueSteps = [
  'postponed',
  'commands',
  'corrections',
  'webhooks',
  'partners',
] as const satisfies StepName[];

/** Steps that a charger waits for. */
export const chargerSteps = ['authorizer', 'connect', 'ocpp'] as const satisfies StepName[];

/** Steps that a charger or a caller waits for. */
export const awaitedSteps = [...chargerSteps, 'api'] as const satisfies StepName[];
