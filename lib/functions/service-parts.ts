import type { DataStack } from '../data/data-stack.ts';
import type { QueueStack } from '../queues/queue-stack.ts';
import type { Stage } from '../settings/stage.ts';
import type { JoulegateFunctionProps } from './joulegate-function.ts';
import type { StepName } from './steps.ts';

/** Variables of a function's environment, by name. */
export type Environment = Readonly<Record<string, string>>;

/** Parts from which each concept of the service builds its functions. */
export type ServiceParts = {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly queues: QueueStack;
  /** Environment that names the table of state. */
  readonly state: Environment;
  /** Environment that names the authority of chargers, where there is one. */
  readonly authority: Environment;
  /** Environment that names both tables. */
  readonly tables: Environment;
  /** Environment of those that have to do with webhooks. */
  readonly outbound: Environment;
  /** Code, bounds and grants of a step, with the environment that it is given. */
  readonly propsOf: (step: StepName, environment: Environment) => JoulegateFunctionProps;
};
