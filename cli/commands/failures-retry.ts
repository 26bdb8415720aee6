import { startProgress } from '../../fleet/replay/progress.ts';
import type { Command } from '../command.ts';
import { stageOption } from '../failures/stage-option.ts';
import { stepIn } from './failures-show.ts';

/**
 * `joulegate failures retry`: hands the failures of a step to it again and deletes those that it took. Status 0 where none is
 * left. Started twice it changes nothing more.
 */
export const failuresRetry: Command = {
  name: 'failures retry',
  summary: 'hands what a step could not process to it again',
  usage: 'STEP [--stage NAME]',
  options: stageOption,
  run: async (args) => {
    const step = stepIn(args);
    const { findFailures } = await import('../failures/find-failures.ts');
    const { countFailures } = await import('../failures/count-failures.ts');
    const { retryQueue } = await import('../failures/retry-queue.ts');
    const site = await findFailures(args);
    const progress = startProgress('failures', await countFailures(site, step));
    const outcome = await retryQueue(site, step, Date.now(), progress.set);
    progress.stop();
    const { retried, returned, left } = outcome;
    return {
      exitCode: returned + left.length === 0 ? 0 : 1,
      json: outcome,
      text: [
        `${retried} handed over, ${returned} failed again, ${left.length} left as they were`,
        ...left.map(({ messageId, reason }) => `  ${messageId}: ${reason}`),
      ].join('\n'),
    };
  },
};
