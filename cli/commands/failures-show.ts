import { CommandError } from '../../clients/command-error.ts';
import { type FailingStep, failingSteps, isFailingStep } from '../../core/failure/failing-steps.ts';
import { readFailure } from '../../core/failure/read-failure.ts';
import { type Command, type CommandArguments, countOption } from '../command.ts';
import { lineOfFailure } from '../failures/line-of-failure.ts';
import type { ReceivedFailure } from '../failures/receive-failures.ts';
import { stageOption } from '../failures/stage-option.ts';

/** Seconds for which a failure is hidden at most, so that none is shown twice. */
const hiddenSeconds = 60;

/** The step that a command is about. */
export function stepIn({ positionals: [word = ''] }: CommandArguments): FailingStep {
  if (isFailingStep(word)) return word;
  throw new CommandError(
    'CLI_ARGUMENT_MISSING',
    `Name a step: ${Object.keys(failingSteps).join(', ')}.`,
  );
}

/** `joulegate failures show`: the failures of a step, without removing them. */
export const failuresShow: Command = {
  name: 'failures show',
  summary: 'shows what a step could not process, without removing it',
  usage: 'STEP [--limit 10] [--stage NAME]',
  options: { ...stageOption, limit: { type: 'string' } },
  run: async (args) => {
    const step = stepIn(args);
    const limit = countOption(args, 'limit', 10);
    const { findFailures, queueUrlOf } = await import('../failures/find-failures.ts');
    const { receiveFailures, showAgain } = await import('../failures/receive-failures.ts');
    const site = await findFailures(args);
    const queueUrl = await queueUrlOf(site, `${step}-failures`);
    const found: ReceivedFailure[] = [];
    while (found.length < limit) {
      const batch = await receiveFailures(site, queueUrl, hiddenSeconds);
      if (batch.length === 0) break;
      found.push(...batch);
    }
    for (const { receiptHandle } of found) await showAgain(site, queueUrl, receiptHandle);
    const shown = found.slice(0, limit).map(({ messageId, sentAt, body }) => ({
      messageId,
      sentAt: new Date(sentAt).toISOString(),
      ...readFailure(body),
    }));
    const lines = shown.map((one) => `${one.sentAt}  ${lineOfFailure(one)}`);
    return {
      exitCode: 0,
      json: { step, failures: shown },
      text: lines.length === 0 ? `${step} has no failures.` : lines.join('\n'),
    };
  },
};
