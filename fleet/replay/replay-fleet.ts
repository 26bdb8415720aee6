import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../../clients/command-error.ts';
import { askApi, callApi } from '../../clients/operator-api.ts';
import { dataDirectory, type StackAccess } from '../../clients/stack-access.ts';

/** The fleet that a replay registered on a stack, stored so that a second run uses the same fleet. */
export type ReplayFleet = {
  readonly tariffId: string;
  readonly idTag: string;
  /** Passwords by charger id: the API shows them once. */
  readonly passwords: Record<string, string>;
};

/** Id of the n-th charger (from 0) of a replay with so many chargers. */
export const replayChargerId = (prefix: string, chargers: number, charger: number): string =>
  `${prefix}-${chargers}-${String(charger + 1).padStart(3, '0')}`;

/**
 * Registers tariff, token and chargers of a replay where they are not registered yet, and remembers the chargers'
 * passwords in the data directory, readable by its owner alone.
 */
export const prepareFleet = async (
  access: StackAccess,
  prefix: string,
  chargers: number,
): Promise<ReplayFleet> => {
  const file = join(
    dataDirectory(),
    `${prefix}-${new URL(access.http).host.replace(/\W/g, '_')}.json`,
  );
  const known = await remembered(file);
  const fleet: ReplayFleet = {
    tariffId: known?.tariffId ?? (await createTariff(access)),
    idTag: known?.idTag ?? (await createToken(access, prefix)),
    passwords: known?.passwords ?? {},
  };
  await remember(file, fleet);
  for (let charger = 0; charger < chargers; charger += 1) {
    const chargerId = replayChargerId(prefix, chargers, charger);
    if (fleet.passwords[chargerId] !== undefined) continue;
    fleet.passwords[chargerId] = await registerCharger(access, chargerId, fleet.tariffId, file);
    await remember(file, fleet);
  }
  return fleet;
};

const createTariff = async (access: StackAccess): Promise<string> => {
  const tariff = await askApi<{ tariffId: string }>(access, 'POST', '/tariffs', {
    name: 'Replay',
    currency: 'CHF',
    perKwh: '0.45',
    vatPercent: '8.1',
  });
  return tariff.tariffId;
};

const createToken = async (access: StackAccess, prefix: string): Promise<string> => {
  const tokenId = prefix.toUpperCase().slice(0, 20);
  const answer = await callApi(access, 'POST', '/tokens', { tokenId, accountId: prefix });
  if (answer.status === 201 || answer.status === 409) return tokenId;
  throw new CommandError('CLI_REPLAY_TOKEN', `The token ${tokenId} could not be registered.`);
};

const registerCharger = async (
  access: StackAccess,
  chargerId: string,
  tariffId: string,
  file: string,
): Promise<string> => {
  const answer = await callApi(access, 'POST', '/chargers', {
    chargerId,
    name: 'Replay of recorded sessions',
    maxPowerKw: 175,
    connectors: 2,
    timeZone: 'Europe/Zurich',
    tariffId,
    // Recorded sessions are older than their simulated charger.
    commissionedAt: '2015-01-01T00:00:00Z',
  });
  if (answer.status === 201) return (answer.body as { password: string }).password;
  if (answer.status === 409) {
    throw new CommandError(
      'CLI_REPLAY_FLEET',
      `Charger ${chargerId} is already registered and its password is not in ${file}; choose another --prefix.`,
    );
  }
  const error = answer.body as { message?: string };
  throw new CommandError(
    'CLI_REPLAY_FLEET',
    error.message ?? `${chargerId} could not be registered.`,
  );
};

const remembered = async (file: string): Promise<ReplayFleet | undefined> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as ReplayFleet);
};

const remember = async (file: string, fleet: ReplayFleet): Promise<void> => {
  await mkdir(dataDirectory(), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(fleet), { mode: 0o600 });
  await rename(`${file}.new`, file);
};
