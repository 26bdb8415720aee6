import { setTimeout } from 'node:timers/promises';
import { type OcppLine, openLine } from './ocpp-line.ts';

/** The way into a stack for a canary: its charger's URL with the token, and its operator's API with a key that may read. */
export type CanaryAccess = {
  readonly chargerUrl: string;
  readonly apiUrl: string;
  readonly apiKey: string;
};

/** The session that a canary charged. */
export type Charged = { readonly sessionId: string; readonly cdrId: string };

/** The token that the canary charges with. */
const idTag = 'CANARY';

/** Its session: a minute long, and a tenth of a kilowatt-hour. */
const seconds = 60;
const wattHours = 100;

/** ms for an answer, and between two looks for the CDR. */
const answerPatience = 10_000;
const pause = 1_000;

/** By how much the clock that chargers are set by may be wrong, s: a tariff may change on the minute. */
const clockTolerance = 60;

type Body = Readonly<Record<string, unknown>>;

/** Reads from the API; throws a sentence where it does not answer, or not as it should. */
async function read(access: CanaryAccess, path: string): Promise<Body> {
  const response = await fetch(`${access.apiUrl}${path}`, {
    headers: { authorization: `Bearer ${access.apiKey}` },
    signal: AbortSignal.timeout(answerPatience),
  }).catch((error: Error) => {
    const { code } = Object(error.cause) as { code?: string };
    throw new Error(`GET ${path}: no answer (${code ?? error.message})`);
  });
  if (!response.ok) throw new Error(`GET ${path}: HTTP ${response.status}`);
  return (await response.json().catch(() => {
    throw new Error(`GET ${path}: no JSON`);
  })) as Body;
}

/** Boots as a charger does, which would set its clock by the answer. */
async function boot(line: OcppLine): Promise<void> {
  const { status, currentTime } = await line.call('BootNotification', {
    chargePointVendor: 'Joulegate',
    chargePointModel: 'Canary',
  });
  if (status !== 'Accepted') throw new Error(`BootNotification: the charger is ${status}`);
  const wrong = Math.round(Math.abs(Date.parse(String(currentTime)) - Date.now()) / 1000);
  if (Number.isNaN(wrong)) throw new Error('BootNotification: it gives no time');
  if (wrong > clockTolerance) {
    throw new Error(`BootNotification: the time that it gives is ${wrong} s from ours`);
  }
}

const firstOf = (page: Body): Body | undefined => (page['items'] as readonly Body[])[0];

/** The register where the last session ended, so that the next one continues it. */
async function lastRegister(access: CanaryAccess): Promise<number> {
  const meterStop = firstOf(await read(access, '/cdrs?limit=1'))?.['meterStop'];
  return Math.round(Number(Object(meterStop)['wh'] ?? 0));
}

/** Charges from boot to stop, and gives the number of the transaction. */
async function charge(line: OcppLine, meterStart: number, now: number): Promise<string> {
  const at = (second: number): string => new Date(now - (seconds - second) * 1000).toISOString();
  await boot(line);
  const start = { connectorId: 1, idTag, timestamp: at(0), meterStart };
  const { transactionId, idTagInfo } = await line.call('StartTransaction', start);
  const status = Object(idTagInfo)['status'];
  if (status !== 'Accepted') throw new Error(`StartTransaction: the token is ${status}`);
  const sampledValue = [{ value: String(meterStart + wattHours / 2), unit: 'Wh' }];
  const meterValue = [{ timestamp: at(seconds / 2), sampledValue }];
  await line.call('MeterValues', { connectorId: 1, transactionId, meterValue });
  const meterStop = meterStart + wattHours;
  await line.call('StopTransaction', { transactionId, timestamp: at(seconds), meterStop });
  return String(transactionId);
}

async function sealedCdr(
  access: CanaryAccess,
  transactionId: string,
  patience: number,
): Promise<Charged> {
  // By the clock: an API that is slow takes its time as well, and Lambda ends a run without a sentence.
  const until = Date.now() + patience;
  for (;;) {
    const session = firstOf(await read(access, '/sessions?limit=1'));
    const { sessionId, cdrId } = Object(session) as Charged;
    if (session?.['transactionId'] === transactionId && cdrId !== null) {
      const cdr = await read(access, `/cdrs/${cdrId}`);
      const isRight = cdr['state'] === 'sealed' && cdr['energyKwh'] === wattHours / 1000;
      if (isRight) return { sessionId, cdrId };
      throw new Error(`the CDR is ${cdr['state']} with ${cdr['energyKwh']} kWh`);
    }
    if (Date.now() + pause > until) throw new Error(`no CDR ${patience / 1000} s after the stop`);
    await setTimeout(pause);
  }
}

/**
 * Plays a charger, from the handshake to the sealed CDR that the API gives. Throws a sentence that says what failed. `now` is the end of the
 * session, epoch ms; the CDR may take `patience` ms.
 */
export async function playCharger(
  access: CanaryAccess,
  now: number,
  patience: number,
): Promise<Charged> {
  const meterStart = await lastRegister(access);
  const line = await openLine(access.chargerUrl, answerPatience);
  try {
    return await sealedCdr(access, await charge(line, meterStart, now), patience);
  } finally {
    line.close();
  }
}
