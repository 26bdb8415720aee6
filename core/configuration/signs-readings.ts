import type { ConfigurationKey } from '../command/command-outcome.ts';
import type { Protocol } from '../ocpp/protocol.ts';

/** Whether every meter of a charger is asked for its key; a charger that says nothing of its connectors has two at most. */
const usualConnectors = 2;

/**
 * The settings that only chargers have whose meters sign: the public keys of the meters, by connector or EVSE, and whether readings are
 * signed (Open Charge Alliance, Signed Meter Values in OCPP).
 */
export const signingKeys = (
  protocol: Protocol,
  connectors: number = usualConnectors,
): readonly string[] => {
  const numbers = Array.from({ length: connectors }, (_, index) => index + 1);
  return protocol === 'ocpp1.6'
    ? [...numbers.map((number) => `MeterPublicKey${number}`), 'SampledDataSignReadings']
    : ['FiscalMetering.PublicKey', ...numbers.map((evse) => `FiscalMetering@${evse}.PublicKey`)];
};

const publicKeyOf =
  /^(?:MeterPublicKey(\d*)|FiscalMetering(?:\[[^\]]*\])?(?:@(\d+)(?:\/\d+)?)?\.PublicKey)$/i;

/** The public key of a meter that a charger says it has. */
export type SaidMeterKey = {
  readonly publicKey: string;
  /** The connector of OCPP 1.6 or the EVSE of OCPP 2 whose meter it is, counted from 1; absent where it is not said. */
  readonly number?: number;
};

/** The public keys of meters among the settings of a charger. */
export const saidMeterKeys = (settings: readonly ConfigurationKey[]): readonly SaidMeterKey[] =>
  settings.flatMap(({ key, value = '' }) => {
    const found = publicKeyOf.exec(key.trim());
    const publicKey = value.trim();
    if (found === null || publicKey === '') return [];
    const number = Number(found[1] || found[2] || 0);
    return [number > 0 ? { publicKey, number } : { publicKey }];
  });

const isSigning = ({ key, value = '' }: ConfigurationKey): boolean =>
  /^SampledDataSign/i.test(key) && /^true$/i.test(value.trim());

/** Whether the settings of a charger show that its meter signs readings. */
export const signsReadings = (settings: readonly ConfigurationKey[]): boolean =>
  settings.some(isSigning) || saidMeterKeys(settings).length > 0;

/** Whether a charger of OCPP 1.6 sends signed readings with the last message of a session only while a setting is not empty. */
export const carriesSignedReadings = (key: string): boolean => /^StopTxnSampledData$/i.test(key);
