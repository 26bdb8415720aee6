import { CommandError } from '../../clients/command-error.ts';
import { askApi, callApi, listApi } from '../../clients/operator-api.ts';
import type { StackAccess } from '../../clients/stack-access.ts';
import { type DemoCharger, demoChargers, demoTariffs, demoTokens } from './scenario.ts';

/** A fleet of the demo that has just been registered. */
export type RegisteredFleet = {
  readonly fleet: number;
  readonly passwords: Readonly<Record<string, string>>;
};

const day = 86_400_000;

/** Registers the first fleet, from number `least` on, whose ids are still free; and the demo's tariffs and tokens where they are missing. */
export const registerFleet = async (
  access: StackAccess,
  least: number,
): Promise<RegisteredFleet> => {
  const tariffIds = await registerTariffs(access);
  for (const tokenId of demoTokens) await registerToken(access, tokenId);
  for (let fleet = least; ; fleet += 1) {
    const passwords = await registerChargers(access, demoChargers(fleet), tariffIds);
    if (passwords !== undefined) return { fleet, passwords };
  }
};

const registerTariffs = async (access: StackAccess): Promise<Readonly<Record<string, string>>> => {
  const tariffIds: Record<string, string> = {};
  const kept = await Array.fromAsync(
    listApi<{ readonly tariffId: string; readonly name: string }>(access, '/tariffs'),
  );
  for (const [key, tariff] of Object.entries(demoTariffs)) {
    const { tariffId } =
      kept.find(({ name }) => name === tariff.name) ??
      (await askApi<{ tariffId: string }>(access, 'POST', '/tariffs', tariff));
    tariffIds[key] = tariffId;
  }
  return tariffIds;
};

const registerToken = async (access: StackAccess, tokenId: string): Promise<void> => {
  await registerOnce(access, '/tokens', { tokenId, accountId: tokenId.toLowerCase() });
};

const registerChargers = async (
  access: StackAccess,
  chargers: readonly DemoCharger[],
  tariffIds: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>> | undefined> => {
  const passwords: Record<string, string> = {};
  for (const { chargerId, name, maxPowerKw, tariff } of chargers) {
    const created = await registerOnce<{ readonly password: string }>(access, '/chargers', {
      chargerId,
      name,
      maxPowerKw,
      connectors: 1,
      timeZone: 'Europe/Berlin',
      tariffId: tariffIds[tariff],
      // The demo shows the hours before it.
      commissionedAt: new Date(Date.now() - day).toISOString(),
    });
    if (created === undefined) return undefined;
    passwords[chargerId] = created.password;
  }
  return passwords;
};

/** The resource created by the API; undefined when it already exists. */
const registerOnce = async <Made>(
  access: StackAccess,
  path: string,
  form: object,
): Promise<Made | undefined> => {
  const { status, body } = await callApi(access, 'POST', path, form);
  if (status === 201) return body as Made;
  if (status === 409) return undefined;
  const { code, message } = body as { code?: string; message?: string };
  throw new CommandError(code ?? `HTTP_${status}`, message ?? `POST ${path} failed.`);
};
