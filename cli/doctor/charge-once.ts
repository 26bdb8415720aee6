import { setTimeout as sleep } from 'node:timers/promises';
import { callApi, listApi } from '../../clients/operator-api.ts';
import type { StackAccess } from '../../clients/stack-access.ts';
import type { Talk } from './talk.ts';
import type { TestSite } from './test-site.ts';

type SealedCdr = {
  readonly state: string;
  readonly energyKwh: number;
  readonly total: { readonly exclVat: string; readonly currency: string } | null;
  readonly anomalies: readonly { readonly code: string }[];
};

const minute = 60_000;
const meter = (wh: number, context: string, at: number) => ({
  timestamp: new Date(at).toISOString(),
  sampledValue: [
    { value: String(wh), context, measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
  ],
});

/** Reports a session of ten minutes that has just ended, in which 1.5 kWh were charged. */
export const chargeOnce = async (talk: Talk, { tokenId }: TestSite): Promise<void> => {
  const end = Date.now() - 1000;
  const begin = end - 10 * minute;
  const started = await talk.call('StartTransaction', {
    connectorId: 1,
    idTag: tokenId,
    meterStart: 1000,
    timestamp: new Date(begin).toISOString(),
  });
  const transactionId = started['transactionId'];
  await talk.call('MeterValues', {
    connectorId: 1,
    transactionId,
    meterValue: [meter(1750, 'Sample.Periodic', begin + 5 * minute)],
  });
  await talk.call('StopTransaction', {
    transactionId,
    idTag: tokenId,
    meterStop: 2500,
    timestamp: new Date(end).toISOString(),
    reason: 'Local',
    transactionData: [meter(1000, 'Transaction.Begin', begin), meter(2500, 'Transaction.End', end)],
  });
};

/** Waits for the CDR of the session and holds it against what was charged; gives it in a sentence. */
export const awaitSealedCdr = async (
  access: StackAccess,
  { chargerId }: TestSite,
  patienceSeconds: number,
): Promise<string> => {
  const began = performance.now();
  const cdr = await pollCdr(access, chargerId, began + 1000 * patienceSeconds);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const codes = cdr.anomalies.map(({ code }) => code).join(', ');
  if (cdr.state !== 'sealed') throw new Error(`The CDR is ${cdr.state}: ${codes}.`);
  const total = `${cdr.total?.exclVat} ${cdr.total?.currency}`;
  if (cdr.energyKwh !== 1.5 || total !== '0.75 EUR') {
    throw new Error(`The CDR has ${cdr.energyKwh} kWh for ${total}, not 1.5 kWh for 0.75 EUR.`);
  }
  return `1.5 kWh for ${total}, sealed after ${seconds} s`;
};

const pollCdr = async (
  access: StackAccess,
  chargerId: string,
  until: number,
): Promise<SealedCdr> => {
  let seen = 'the session does not appear';
  while (performance.now() < until) {
    const session = await findSession(access, chargerId);
    if (session !== undefined) {
      const { status, body } = await callApi(access, 'GET', `/sessions/${session.sessionId}/cdr`);
      if (status === 200) return body as SealedCdr;
      seen = `the session is ${session.state} and has no CDR`;
    }
    await sleep(500);
  }
  throw new Error(`The CDR did not appear in time: ${seen}.`);
};

type ListedSession = { readonly sessionId: string; readonly state: string };

const findSession = async (
  access: StackAccess,
  chargerId: string,
): Promise<ListedSession | undefined> => {
  const path = `/sessions?chargerId=${encodeURIComponent(chargerId)}`;
  const [session] = await Array.fromAsync(listApi<ListedSession>(access, path));
  return session;
};
