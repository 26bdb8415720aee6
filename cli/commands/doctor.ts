import { CommandError } from '../../clients/command-error.ts';
import { findStack, type StackAccess, stackOptions } from '../../clients/stack-access.ts';
import { type Command, type CommandArguments, countOption, textOption } from '../command.ts';
import { type Examine, lineOf, startExamination } from '../doctor/check.ts';
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
    const { access, testFunction } = await target(args);
    const examination = startExamination(() => {});
    await examineStack(examination, access, countOption(args, 'patience', 180), testFunction);
    const { checks } = examination;
    const ok = checks.every((check) => check.ok);
    return { exitCode: ok ? 0 : 1, json: { ok, checks }, text: checks.map(lineOf).join('\n') };
  },
};

type Target = { readonly access: StackAccess; readonly testFunction?: Examine };

const target = async (args: CommandArguments): Promise<Target> => {
  const stack = textOption(args, 'stack');
  const found =
    stack === undefined ? { access: await findStack(args) } : await deployed(stack, args);
  if (found.access.chargers === '') {
    throw new CommandError(
      'CLI_ARGUMENT_MISSING',
      '--url also needs --charger-url, the WebSocket URL for chargers.',
    );
  }
  return found;
};

const deployed = async (stack: string, args: CommandArguments): Promise<Target> => {
  // Loaded here alone: the local stack needs no SDK of AWS.
  const { findDeployedStack } = await import('../doctor/find-deployed-stack.ts');
  const { testPathFunction } = await import('../doctor/test-path-function.ts');
  const { http, chargers, pathFunction } = await findDeployedStack(stack);
  const values = { 'charger-url': chargers, ...args.values, url: http };
  return {
    access: await findStack({ values }),
    testFunction: () => testPathFunction(pathFunction),
  };
};
