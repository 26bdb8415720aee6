import { CommandError } from '../../clients/command-error.ts';
import { type Command, textOption } from '../command.ts';
import { functionOption, invokeOperators } from '../invoke-operators.ts';

/**
 * `joulegate operator key create`: creates another administrator key for an operator, for one whose keys are lost. It takes
 * no API key but, on AWS, the caller's own AWS credentials.
 */
export const operatorKeyCreate: Command = {
  name: 'operator key create',
  summary: 'creates another administrator key for an operator',
  usage: '--operator OPERATOR_ID [--name NAME] [--function OPERATORS_FUNCTION]',
  options: { operator: { type: 'string' }, name: { type: 'string' }, ...functionOption },
  run: async (args) => {
    const operatorId = textOption(args, 'operator');
    if (operatorId === undefined || operatorId === '') {
      throw new CommandError(
        'CLI_ARGUMENT_MISSING',
        'Name the operator of the key: --operator OPERATOR_ID.',
      );
    }
    const keyName = textOption(args, 'name') ?? 'Administrator';
    const created = await invokeOperators(args, { operatorId, keyName });
    return {
      exitCode: 0,
      json: created,
      text: [
        `API key   ${created['apiKey']}`,
        'The key is shown this once; only a hash of it is kept.',
      ].join('\n'),
    };
  },
};
