import type { Protocol } from '../ocpp/protocol.ts';
import type { ConfigurationKey } from './command-outcome.ts';

/** A command about several settings, with the list of them. */
type Listing = { readonly type: string; readonly [field: string]: unknown };

const lists: Readonly<Record<string, string>> = {
  'get-configuration': 'keys',
  'get-variables': 'getVariableData',
  'set-variables': 'setVariableData',
};

/** The settings of a command that lists several; undefined for any other, and for one that lists a single one or none. */
export function listedSettings(command: Listing): readonly unknown[] | undefined {
  const field = lists[command.type];
  const list = field === undefined ? undefined : command[field];
  return Array.isArray(list) && list.length > 1 ? list : undefined;
}

/** The setting in which a charger says how many settings a message may name (OCPP 1.6 section 9.1.9, 2.0.1 part 2 section 2.3). */
const limitName = (protocol: Protocol, type: string): string => {
  if (protocol === 'ocpp1.6') return 'GetConfigurationMaxKeys';
  const message = type === 'set-variables' ? 'SetVariables' : 'GetVariables';
  return `DeviceDataCtrlr.ItemsPerMessage[${message}]`;
};

/** The setting by which a charger is asked how many settings a question may name. */
export const questionLimit = (protocol: Protocol): string =>
  limitName(protocol, 'get-configuration');

/** The setting of the limit of a command, in lower case. */
export const limitKey = (protocol: Protocol, type: string): string =>
  limitName(protocol, type).toLowerCase();

/** A command in as many parts as its charger needs, by the limit among its known settings; whole where it named none. */
export function splitCommand<Command extends Listing>(
  protocol: Protocol,
  command: Command,
  settings: readonly ConfigurationKey[],
): readonly Command[] {
  const list = listedSettings(command) ?? [];
  const key = limitKey(protocol, command.type);
  const limit = Number(settings.find((one) => one.key.toLowerCase() === key)?.value);
  if (!Number.isSafeInteger(limit) || limit < 1 || list.length <= limit) return [command];
  const field = lists[command.type] ?? '';
  return Array.from({ length: Math.ceil(list.length / limit) }, (_, n) => ({
    ...command,
    [field]: list.slice(n * limit, (n + 1) * limit),
  }));
}
