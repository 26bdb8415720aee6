import type { ConfigurationKey } from '../command/command-outcome.ts';

/** Settings of OCPP 1.6 that only chargers have whose meters sign: their public keys, and which readings are signed. */
export const signingKeys: readonly string[] = ['MeterPublicKey1', 'SampledDataSignReadings'];

const isSigning = ({ key, value = '' }: ConfigurationKey): boolean =>
  /^MeterPublicKey/i.test(key)
    ? value.trim() !== ''
    : /^SampledDataSign/i.test(key) && /^true$/i.test(value.trim());

/** Whether the settings of a charger show that its meter signs readings. */
export const signsReadings = (settings: readonly ConfigurationKey[]): boolean =>
  settings.some(isSigning);

/** Settings that a charger of OCPP 1.6 needs to be left alone so that signed readings arrive with the last message of a session. */
export const carriesSignedReadings = (key: string): boolean => /^StopTxnSampledData$/i.test(key);
