import { setTimeout as delay } from 'node:timers/promises';
import { optionalSteps, type StepName, steps } from '../../lib/functions/steps.ts';
import type { Disturbance } from '../../runner/dynamodb/database-options.ts';
import type { RunningFlow } from './start-flow.ts';

const allSteps = Object.keys({ ...steps, ...optionalSteps }) as readonly StepName[];

/** Milliseconds for which a function gets no answer of the database. */
const frozenFor = 1_000;

type Fate = 'unharmed' | 'dying' | 'dead' | 'through';

/** The two things that happen to each function of a stack. */
export type Fates = {
  /** To be asked about each call of the database. */
  readonly disturb: (operation: string, address: string | undefined) => Disturbance;
  /** Has them happen in this stack, from now on. */
  readonly beginIn: (flow: RunningFlow) => void;
  /** True once the function of a step has died, and another instance of it has been frozen. */
  readonly isThrough: (step: StepName) => boolean;
  /** The steps whose functions have not been through both. */
  readonly missing: () => readonly StepName[];
};

/** Kills each function in the middle of its event, at its first call of the database, and freezes it at the first call after that. */
export const dieAndFreeze = (): Fates => {
  const fates = new Map<StepName, Fate>();
  let functions: RunningFlow['service']['stack']['functions'] = [];
  let kill: RunningFlow['service']['stack']['kill'] = async () => 0;
  const isThrough = (step: StepName): boolean => fates.get(step) === 'through';
  return {
    beginIn: ({ service: { stack } }) => {
      ({ functions, kill } = stack);
    },
    disturb: (_operation, address) => {
      const called = functions.find((one) => one.address === address);
      const step = allSteps.find((one) => called?.name === prefixOf(functions) + one);
      if (called === undefined || step === undefined) return undefined;
      switch (fates.get(step) ?? 'unharmed') {
        case 'unharmed':
          fates.set(step, 'dying');
          void kill(called.arn).then((killed) => fates.set(step, killed > 0 ? 'dead' : 'unharmed'));
          return undefined;
        case 'dead':
          fates.set(step, 'through');
          return delay(frozenFor, undefined);
        default:
          return undefined;
      }
    },
    isThrough,
    missing: () => allSteps.filter((step) => !isThrough(step)),
  };
};

/** The beginning of the names of all functions of a stack. */
const prefixOf = (functions: RunningFlow['service']['stack']['functions']): string =>
  functions.find(({ name }) => name.endsWith('-ocpp'))?.name.replace(/ocpp$/, '') ?? '';
