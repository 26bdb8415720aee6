import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { askApi, callApi } from '../cli/operator-api.ts';
import type { StackAccess } from '../cli/stack-access.ts';
import { type DemoCharger, demoTariffs, demoTokens } from './scenario.ts';

/** Registers the demo's tariffs, tokens and chargers, once for a data directory; gives the chargers' passwords. */
export const registerFleet = async (
  access: StackAccess,
  chargers: readonly DemoCharger[],
  file: string,
): Promise<Readonly<Record<string, string>>> => {
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return JSON.parse(known) as Record<string, string>;
  const tariffIds: Record<string, string> = {};
  for (const [key, tariff] of Object.entries(demoTariffs)) {
    const created = await askApi<{ tariffId: string }>(access, 'POST', '/tariffs', tariff);
    tariffIds[key] = created.tariffId;
  }
  for (const tokenId of demoTokens) {
    await callApi(access, 'POST', '/tokens', { tokenId, accountId: tokenId.toLowerCase() });
  }
  const passwords: Record<string, string> = {};
  for (const charger of chargers) {
    const created = await askApi<{ password: string }>(access, 'POST', '/chargers', {
      chargerId: charger.chargerId,
      name: charger.name,
      maxPowerKw: charger.maxPowerKw,
      connectors: 1,
      timeZone: 'Europe/Berlin',
      tariffId: tariffIds[charger.tariff],
    });
    passwords[charger.chargerId] = created.password;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(passwords), { mode: 0o600 });
  return passwords;
};
