import { type FailingStep, failingSteps } from '../../core/failure/failing-steps.ts';
import type { Command } from '../command.ts';
import { stageOption } from '../failures/stage-option.ts';

/** `joulegate failures list`: how many failures each step has. Status 0 where there is none. */
export const failuresList: Command = {
  name: 'failures list',
  summary: 'counts what steps could not process, by failure queue',
  usage: '[--stage NAME]',
  options: stageOption,
  run: async (args) => {
    const { findFailures } = await import('../failures/find-failures.ts');
    const { countFailures } = await import('../failures/count-failures.ts');
    const site = await findFailures(args);
    const steps = Object.keys(failingSteps) as FailingStep[];
    const queues = await Promise.all(
      steps.map(async (step) => ({ step, messages: await countFailures(site, step) })),
    );
    const isEmpty = queues.every(({ messages }) => messages === 0);
    return {
      exitCode: isEmpty ? 0 : 1,
      json: { failures: queues },
      text: queues
        .map(({ step, messages }) => `${step.padEnd(12)} ${String(messages).padStart(6)}`)
        .join('\n'),
    };
  },
};
