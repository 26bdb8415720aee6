import { CommandError } from '../../clients/command-error.ts';
import { findStack, type StackAccess, stackOptions } from '../../clients/stack-access.ts';
import { type Command, type CommandArguments, countOption, textOption } from '../command.ts';
import { lineOf, startExamination } from '../doctor/check.ts';
import { examineStack } from '../doctor/examine-stack.ts';

/**
 * `joulegate doctor`: checks a stack as a charger and an integrator would, the local one or a deployed one, and charges
 * one session to its sealed CDR. Status 0 when every check succeeded.
 */
export const doctor: Command = {
  name: 'doctor',
  summary: 'checks a stack as a charger and an integrator would',
  usage: '[--stack NAME --api-key KEY] [--patience SECONDS]',
  options: { ...stackOptions, stack: { type: 'string' }, patience: { type: 'string' } },
  run: async (args) => {
    const access = await accessTo(args);
    const examination = startExamination(() => {});
    await examineStack(examination, access, countOption(args, 'patience', 180));
    const { checks } = examination;
    const ok = checks.every((check) => check.ok);
    return { exitCode: ok ? 0 : 1, json: { ok, checks }, text: checks.map(lineOf).join('\n') };
  },
};

const accessTo = async (args: CommandArguments): Promise<StackAccess> => {
  const stack = textOption(args, 'stack');
  const access = stack === undefined ? await findStack(args) : await accessToDeployed(stack, args);
  if (access.chargers === '') {
    throw new CommandError(
      'CLI_ARGUMENT_MISSING',
      '--url also needs --charger-url, the WebSocket URL for chargers.',
    );
  }
  return access;
};

const accessToDeployed = async (stack: string, args: CommandArguments): Promise<StackAccess> => {
  // Loaded here alone: the local stack needs no SDK of AWS.
  const { findDeployedStack } = await import('../doctor/find-deployed-stack.ts');
  const { http, chargers } = await findDeployedStack(stack);
  return await findStack({ values: { 'charger-url': chargers, ...args.values, url: http } });
};
