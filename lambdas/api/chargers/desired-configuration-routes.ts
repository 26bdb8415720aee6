import { chargerKey } from '../../../core/charger/charger-key.ts';
import { done, refused } from '../../http/answer.ts';
import type { IsSeen } from '../../http/entity-tag.ts';
import { readChargerAndConnection } from '../../store/chargers/charger-and-connection.ts';
import {
  readConfiguration,
  readOperatorConfiguration,
  type StoredConfiguration,
  writeChargerConfiguration,
  writeOperatorConfiguration,
} from '../../store/chargers/desired-configuration.ts';
import { type ApiRoute, route } from '../api-route.ts';
import {
  DesiredConfigurationForm,
  DesiredConfigurationSchema,
  desiredConfigurationView,
  faultsOfCertificates,
  faultsOfSecrets,
  hasHidden,
  wantedOf,
} from './desired-configuration-form.ts';
import { readOwnCharger } from './read-own-charger.ts';

const isCurrentOf = (isSeen: IsSeen | undefined) =>
  isSeen && ((stored: StoredConfiguration | undefined) => isSeen(desiredConfigurationView(stored)));

/** Seconds after which what is wanted has been written: the sender looks again where it has not. */
const writingSeconds = 1;

/** The calls about the settings that chargers should have. */
export const desiredConfigurationRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/settings/configuration',
    summary: 'Returns the settings that all chargers of the operator should have.',
    scope: 'settings:read',
    response: DesiredConfigurationSchema,
    versioned: [],
    run: async ({ database, operatorId }) => {
      return done(desiredConfigurationView(await readOperatorConfiguration(database, operatorId)));
    },
  }),
  route({
    method: 'PUT',
    path: '/settings/configuration',
    summary:
      'Sets the settings that all chargers of the operator should have. A charger gets them after its next connection, within two hours.',
    scope: 'settings:write',
    body: DesiredConfigurationForm,
    example: { ocpp16: { MeterValueSampleInterval: '30' } },
    response: DesiredConfigurationSchema,
    errors: ['PRECONDITION_FAILED'],
    versioned: [],
    run: async ({ database, operatorId, now }, { body, isSeen }) => {
      const faults = await faultsOfCertificates(body.certificates, now);
      if (faults.length > 0) return refused('INVALID_REQUEST', faults);
      const before = hasHidden(body)
        ? await readOperatorConfiguration(database, operatorId)
        : undefined;
      const wanted = wantedOf(body, before?.wanted);
      const unknown = faultsOfSecrets(wanted);
      if (unknown.length > 0) return refused('INVALID_REQUEST', unknown);
      const stored = { wanted, changedAt: now };
      const isCurrent = isCurrentOf(isSeen);
      const written = await writeOperatorConfiguration(database, operatorId, stored, isCurrent);
      if (written === 'changed') return refused('PRECONDITION_FAILED');
      return done(desiredConfigurationView(stored));
    },
  }),
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/desired-configuration',
    summary:
      'Returns the settings that this one charger should have, besides those of its operator.',
    scope: 'chargers:read',
    response: DesiredConfigurationSchema,
    errors: ['CHARGER_NOT_FOUND'],
    versioned: [],
    run: async (caller, { path }) => {
      const { database, operatorId } = caller;
      const charger = await readOwnCharger(caller, path.chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const found = await readConfiguration(database, operatorId, charger.chargerKey);
      return done(desiredConfigurationView(found.charger));
    },
  }),
  route({
    method: 'PUT',
    path: '/chargers/{chargerId}/desired-configuration',
    summary:
      'Sets the settings that this one charger should have, besides those of its operator. It gets them at once, or when it connects.',
    scope: 'chargers:write',
    body: DesiredConfigurationForm,
    example: { ocpp16: { MeterValueSampleInterval: '10', StopTxnSampledData: null } },
    response: DesiredConfigurationSchema,
    errors: ['CHARGER_NOT_FOUND', 'PRECONDITION_FAILED'],
    versioned: [],
    run: async ({ database, operatorId, now, sendCommandMessage }, { path, body, isSeen }) => {
      const key = chargerKey(operatorId, path.chargerId);
      const { charger, connection } = await readChargerAndConnection(database, key);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const faults = await faultsOfCertificates(body.certificates, now);
      if (faults.length > 0) return refused('INVALID_REQUEST', faults);
      const before = hasHidden(body)
        ? (await readConfiguration(database, operatorId, key)).charger
        : undefined;
      const wanted = wantedOf(body, before?.wanted);
      const unknown = faultsOfSecrets(wanted);
      if (unknown.length > 0) return refused('INVALID_REQUEST', unknown);
      const stored = { wanted, changedAt: now };
      // Before it is written: a request that breaks off leaves no change that the charger hears of hours later.
      if (connection !== undefined && connection.disconnectedAt === undefined) {
        const message = { operatorId, chargerKey: key, changedAt: now };
        await sendCommandMessage({ kind: 'configure', ...message }, writingSeconds);
      }
      const written = await writeChargerConfiguration(database, key, stored, isCurrentOf(isSeen));
      if (written === 'changed') return refused('PRECONDITION_FAILED');
      return done(desiredConfigurationView(stored));
    },
  }),
];
