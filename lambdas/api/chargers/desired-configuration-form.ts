import * as z from 'zod';
import { certificateUses } from '../../../core/command/certificate.ts';
import { hidden, holdsPassword } from '../../../core/command/secret-settings.ts';
import type {
  WantedCertificate,
  WantedConfiguration,
} from '../../../core/configuration/desired-configuration.ts';
import {
  shownSettings,
  withStoredSecrets,
} from '../../../core/configuration/with-stored-secrets.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { faultOfCertificate } from '../../connection/fault-of-certificate.ts';
import type { Detail } from '../../http/answer.ts';
import type { StoredConfiguration } from '../../store/chargers/desired-configuration.ts';

/** Settings of one level, in one version of OCPP. */
const mostSettings = 100;

const value = z.string().max(2_500);

const settings = (longest: number) =>
  z
    .record(z.string().min(1).max(longest), value.nullable())
    .meta({ maxProperties: mostSettings })
    .default({})
    .superRefine((given, context) => {
      const keys = Object.keys(given);
      const lower = new Set(keys.map((key) => key.toLowerCase()));
      const refuse = (message: string, path: string[] = []) =>
        context.addIssue({ code: 'custom', path, message });
      if (keys.length > mostSettings) refuse(`At most ${mostSettings} settings may be given.`);
      if (lower.size < keys.length) refuse('Two keys differ in upper and lower case alone.');
      for (const key of keys.filter(holdsPassword)) {
        refuse('Passwords are changed by POST /chargers/{chargerId}/password.', [key]);
      }
    });

const mostCertificates = 5;

const Certificate = z.strictObject({
  use: z.enum(certificateUses),
  certificate: z.string().max(4_000),
});

const certificates = z.array(Certificate).max(mostCertificates).default([]);

/** The settings that an operator wants its chargers to have, or one of them. */
export const DesiredConfigurationForm = z.strictObject({
  useDefaults: z.boolean().nullable().default(null),
  ocpp16: settings(50),
  ocpp2: settings(150).superRefine((given, context) => {
    for (const key of Object.keys(given)) {
      if (key.indexOf('.') > 0) continue;
      const message =
        'The key must be Component.Variable, as in SampledDataCtrlr.TxUpdatedInterval.';
      context.addIssue({ code: 'custom', path: [key], message });
    }
  }),
  localList: z.boolean().nullable().default(null),
  certificates,
});

const inAnswer = z.record(z.string(), z.string().nullable());

/** A desired configuration as it is answered. */
export const DesiredConfigurationSchema = z
  .strictObject({
    useDefaults: z.boolean().nullable().meta({
      description:
        'Whether settings that are not named get our defaults; null where the level above says it.',
    }),
    ocpp16: inAnswer.meta({ description: 'Settings of OCPP 1.6. Null leaves one to the charger.' }),
    ocpp2: inAnswer.meta({ description: 'Settings of OCPP 2.0.1 and 2.1, as Component.Variable.' }),
    localList: z.boolean().nullable().meta({
      description:
        'Whether chargers get the tokens of the operator as local list; null where the level above says it, or not.',
    }),
    certificates: z
      .array(Certificate)
      .meta({ description: 'Root certificates in PEM. Those of both levels are installed.' }),
    changedAt: z.string().meta({ format: 'date-time' }).nullable(),
  })
  .meta({ id: 'DesiredConfiguration' });

/** The faults of the certificates in a form, by their places; the reader of certificates is loaded with the first one. */
export async function faultsOfCertificates(
  wanted: readonly WantedCertificate[],
  now: string,
): Promise<readonly Detail[]> {
  if (wanted.length === 0) return [];
  const { readRootCertificate } = await import('../../../core/command/read-certificate.ts');
  const faultOf = (certificate: string): string | undefined =>
    readRootCertificate(certificate) === undefined
      ? 'The value must be one root certificate in PEM, which issued itself.'
      : faultOfCertificate(certificate, Date.parse(now))?.message;
  return wanted.flatMap(({ certificate }, at) => {
    const message = faultOf(certificate);
    return message === undefined ? [] : [{ path: `body.certificates.${at}.certificate`, message }];
  });
}

type Form = z.output<typeof DesiredConfigurationForm>;

/** Whether a form has a value that stands for a secret which is stored. */
export const hasHidden = ({ ocpp16, ocpp2 }: Form): boolean =>
  [...Object.values(ocpp16), ...Object.values(ocpp2)].some(
    (one) => one !== null && (one.includes(hidden) || one.includes('…')),
  );

/** The secrets of what is wanted that nobody has given, by their places. */
export const faultsOfSecrets = ({ ocpp16, ocpp2 }: WantedConfiguration): readonly Detail[] =>
  Object.entries({ ocpp16, ocpp2 }).flatMap(([version, given]) =>
    Object.entries(given)
      .filter(([, one]) => one === hidden)
      .map(([key]) => ({
        path: `body.${version}.${key}`,
        message: 'There is no secret yet that could stay as it is; give its value.',
      })),
  );

/** Reads a form; secrets that are given as they were shown stay as they are stored. */
export const wantedOf = (
  { useDefaults, ocpp16, ocpp2, localList, certificates: wanted }: Form,
  stored?: WantedConfiguration,
): WantedConfiguration =>
  omitUndefined({
    useDefaults: useDefaults ?? undefined,
    ocpp16: withStoredSecrets(ocpp16, stored?.ocpp16),
    ocpp2: withStoredSecrets(ocpp2, stored?.ocpp2),
    localList: localList ?? undefined,
    certificates: wanted.length === 0 ? undefined : wanted,
  });

/** Shows what is wanted without its secrets; nothing where nobody has said it yet. */
export const desiredConfigurationView = (stored: StoredConfiguration | undefined) => ({
  useDefaults: stored?.wanted.useDefaults ?? null,
  ocpp16: shownSettings(stored?.wanted.ocpp16),
  ocpp2: shownSettings(stored?.wanted.ocpp2),
  localList: stored?.wanted.localList ?? null,
  certificates: [...(stored?.wanted.certificates ?? [])],
  changedAt: stored?.changedAt ?? null,
});
