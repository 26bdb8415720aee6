import {
  type ConfigurationOfCharger,
  configurationFrom,
  configurationKeys,
} from '../chargers/desired-configuration.ts';
import type { Database } from '../table/client.ts';
import { getItems } from '../table/get-item.ts';
import { commandLineKey } from '../table/keys/command-keys.ts';
import { type CommandLine, lineFrom } from './command-line.ts';

/** Reads, in one request, whether commands wait for a charger, and which settings it should have. */
export async function readWaitingFor(
  database: Database,
  operatorId: string,
  chargerKey: string,
): Promise<{ readonly line: CommandLine; readonly configuration: ConfigurationOfCharger }> {
  const keys = [commandLineKey(chargerKey), ...configurationKeys(operatorId, chargerKey)];
  const [line, ...configuration] = await getItems(database, keys, true);
  return { line: lineFrom(line), configuration: configurationFrom(configuration) };
}
