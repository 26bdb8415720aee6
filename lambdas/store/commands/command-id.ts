import { chargerKey, normalizeChargerId } from '../../../core/charger/charger-key.ts';
import { sequenceLength } from '../../../core/command/command-sequence.ts';

const prefix = 'cmd_';

/** The id of a command: its place among those of its charger, and the charger, so that it is found without a search. */
export const commandId = (sequence: string, chargerId: string): string =>
  `${prefix}${sequence}${Buffer.from(normalizeChargerId(chargerId), 'utf8').toString('base64url')}`;

/** Where the command of an id is, if it is one of an operator's; undefined for what is no id. */
export function placeOfCommand(
  operatorId: string,
  id: string,
): { readonly chargerKey: string; readonly sequence: string } | undefined {
  if (!/^cmd_[0-9A-Za-z]{8}[\w-]+$/.test(id)) return undefined;
  const charger = Buffer.from(id.slice(prefix.length + sequenceLength), 'base64url');
  return {
    chargerKey: chargerKey(operatorId, charger.toString('utf8')),
    sequence: id.slice(prefix.length, prefix.length + sequenceLength),
  };
}
