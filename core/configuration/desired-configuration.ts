import type { CertificateUse } from '../command/certificate.ts';
import type { Protocol } from '../ocpp/protocol.ts';
import { defaultSettings } from './default-settings.ts';

/** Settings by key as somebody wants them; null leaves a setting to the charger, also one that has a default. */
export type WantedSettings = Readonly<Record<string, string | null>>;

/** A root certificate that a charger should have, in PEM. */
export type WantedCertificate = { readonly use: CertificateUse; readonly certificate: string };

/** The settings that an operator wants its chargers to have, or one charger of them. */
export type WantedConfiguration = {
  /** Whether settings that nobody named get our defaults; absent where the operator's word, or yes, holds. */
  readonly useDefaults?: boolean;
  /** Of chargers that speak OCPP 1.6. */
  readonly ocpp16: WantedSettings;
  /** Of chargers that speak OCPP 2.0.1 or 2.1; keys as `Component.Variable`. */
  readonly ocpp2: WantedSettings;
  /** Whether the chargers get the tokens of their operator as local list; absent where the operator's word, or no, holds. */
  readonly localList?: boolean;
  /** Root certificates that they should have. */
  readonly certificates?: readonly WantedCertificate[];
};

/** A setting that a charger should have. */
export type DesiredSetting = {
  readonly key: string;
  readonly value: string;
  /** Who wants it. */
  readonly by: 'default' | 'operator' | 'charger';
  /** Why a default is as it is. */
  readonly reason?: string;
};

const none: WantedConfiguration = { ocpp16: {}, ocpp2: {} };

const settingsFor = (protocol: Protocol, { ocpp16, ocpp2 }: WantedConfiguration): WantedSettings =>
  protocol === 'ocpp1.6' ? ocpp16 : ocpp2;

/**
 * The settings that a charger should have: what is wanted of it, before what is wanted of all chargers of its operator, before our
 * defaults. Keys are the same in upper and lower case.
 */
export function desiredSettings(
  protocol: Protocol,
  operator: WantedConfiguration = none,
  charger: WantedConfiguration = none,
): readonly DesiredSetting[] {
  const found = new Map<string, DesiredSetting | undefined>();
  if (charger.useDefaults ?? operator.useDefaults ?? true) {
    for (const setting of defaultSettings(protocol)) {
      found.set(setting.key.toLowerCase(), { ...setting, by: 'default' });
    }
  }
  const levels = [
    ['operator', operator],
    ['charger', charger],
  ] as const;
  for (const [by, wanted] of levels) {
    for (const [key, value] of Object.entries(settingsFor(protocol, wanted))) {
      found.set(key.toLowerCase(), value === null ? undefined : { key, value, by });
    }
  }
  return [...found.values()].filter((setting) => setting !== undefined);
}
