import type { CommandState } from '../command/command-state.ts';
import { isJsonObject } from '../ocpp/json-object.ts';
import { parseJson } from '../ocpp/rpc/parse-json.ts';

/** The messages in which chargers say how an update goes on. */
export const firmwareStatusActions = [
  'FirmwareStatusNotification',
  'SignedFirmwareStatusNotification',
] as const;

/** The facts from which it follows how an update of a charger goes on. */
export type FirmwareFacts = {
  /** The version that the charger reports once it runs. */
  readonly version: string;
  /** The command, with the number that its request has where requests have numbers; undefined while it was not made. Times are ISO 8601 in UTC. */
  readonly command?: {
    readonly state: CommandState;
    readonly createdAt: string;
    readonly requestId: number;
  };
  /** The charger's latest boot. */
  readonly boot?: { readonly firmwareVersion?: string; readonly bootedAt: string };
  /** The charger's messages since, the payloads as JSON. */
  readonly messages: readonly { readonly receivedAt: string; readonly raw: string }[];
};

/** How an update goes on; `word` is what it follows from. */
export type FirmwareVerdict = {
  readonly kind: 'open' | 'installed' | 'failed';
  readonly word?: string;
};

const failures = new Set([
  'DownloadFailed',
  'InstallationFailed',
  'InstallVerificationFailed',
  'InvalidChecksum',
  'InvalidSignature',
  'InvalidCertificate',
  'RevokedCertificate',
]);

/**
 * Says how an update goes on: a charger that booted with the version has it, whatever it says; else its latest word counts that names no
 * other request (OCPP 2.0.1 FirmwareStatusNotificationRequest, `requestId`).
 */
export function firmwareVerdict(facts: FirmwareFacts): FirmwareVerdict {
  const { version, command, boot, messages } = facts;
  if (command === undefined) return { kind: 'open' };
  const { state, createdAt, requestId } = command;
  if (boot?.firmwareVersion === version && boot.bootedAt >= createdAt) {
    return { kind: 'installed', word: 'Booted' };
  }
  if (state === 'rejected' || state === 'failed' || state === 'expired' || state === 'cancelled') {
    return { kind: 'failed', word: state };
  }
  const word = latestWord(
    messages.filter(({ receivedAt }) => receivedAt >= createdAt),
    requestId,
  );
  if (word === undefined) return { kind: 'open' };
  if (word === 'Installed') return { kind: 'installed', word };
  return { kind: failures.has(word) ? 'failed' : 'open', word };
}

/** Whether a message is about another update, as one that an earlier attempt began. Chargers that know no number send 0, -1 or none. */
const isOfOther = (named: unknown, requestId: number): boolean =>
  typeof named === 'number' && named > 0 && named !== requestId;

function latestWord(messages: FirmwareFacts['messages'], requestId: number): string | undefined {
  const said = messages.flatMap(({ receivedAt, raw }) => {
    const payload = parseJson(raw)?.value;
    if (!isJsonObject(payload) || isOfOther(payload['requestId'], requestId)) return [];
    const { status } = payload;
    // A charger that has nothing to do says so when it is asked.
    return typeof status === 'string' && status !== 'Idle' ? [{ receivedAt, status }] : [];
  });
  return said.reduce<(typeof said)[number] | undefined>(
    (latest, one) => (latest === undefined || one.receivedAt > latest.receivedAt ? one : latest),
    undefined,
  )?.status;
}
