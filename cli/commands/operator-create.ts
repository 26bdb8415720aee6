import { CommandError } from '../../clients/command-error.ts';
import { type Command, textOption } from '../command.ts';
import { functionOption, invokeOperators } from '../invoke-operators.ts';

/**
 * `joulegate operator create`: makes an operator and prints its first administrator key, once. On AWS it invokes the
 * stack's operators function with the caller's own AWS credentials; locally that of the running stack.
 */
export const operatorCreate: Command = {
  name: 'operator create',
  summary: 'creates an operator and its first administrator key',
  usage: '--name NAME [--slug SLUG] [--function OPERATORS_FUNCTION]',
  options: { name: { type: 'string' }, slug: { type: 'string' }, ...functionOption },
  run: async (args) => {
    const name = textOption(args, 'name');
    if (name === undefined || name === '') {
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name the operator: --name NAME.');
    }
    const slug = textOption(args, 'slug');
    const created = await invokeOperators(args, { name, ...(slug === undefined ? {} : { slug }) });
    return {
      exitCode: 0,
      json: created,
      text: [
        `Operator  ${created['operatorId']}`,
        `Slug      ${created['slug']}   (its chargers connect to …/ocpp/${created['slug']}/{chargerId})`,
        `API key   ${created['apiKey']}`,
        'The key is shown this once; only a hash of it is kept.',
      ].join('\n'),
    };
  },
};
