import type { Key } from './key.ts';

const commands = (chargerKey: string): string => `COMMANDS#${chargerKey}`;

/** Start of the sort keys of a charger's commands. */
export const commandPrefix = 'COMMAND#';

/** A command to a charger, by its place among the charger's commands. */
export const commandKey = (chargerKey: string, sequence: string): Key => ({
  pk: commands(chargerKey),
  sk: `${commandPrefix}${sequence}`,
});

/** The command that a charger has been sent and has not answered, and whether others wait. */
export const commandLineKey = (chargerKey: string): Key => ({
  pk: commands(chargerKey),
  sk: 'LINE',
});

/** Which desired configuration a charger has been held against. */
export const configuredKey = (chargerKey: string): Key => ({
  pk: commands(chargerKey),
  sk: 'CONFIGURED',
});
