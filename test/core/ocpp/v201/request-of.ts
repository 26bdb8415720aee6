import type { CommandRequest } from '../../../../core/command/command-request.ts';
import { keyOf } from '../../../../core/ocpp/v201/requests/variable-name.ts';

type Wire = Readonly<Record<string, unknown>>;

const present = (properties: Wire): Wire =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));

const part = (value: unknown, name: string): unknown =>
  value === undefined ? undefined : (value as Wire)[name];

const token = (value: unknown): unknown => part(value, 'idToken');

const place = (value: unknown): unknown => {
  if (value === undefined) return undefined;
  const { id, connectorId = 0 } = value as Wire;
  return { evseId: id, connectorId };
};

/** The place of a message that knows only EVSEs. */
const whole = (evseId: unknown): unknown =>
  evseId === undefined ? undefined : { evseId, connectorId: 0 };

const purposes: Readonly<Record<string, string>> = {
  ChargingStationMaxProfile: 'charger-limit',
  TxDefaultProfile: 'default',
  TxProfile: 'transaction',
};

const profileOf = (value: unknown): unknown => {
  if (value === undefined) return undefined;
  const wire = value as Wire;
  const [schedule = {}] = wire['chargingSchedule'] as readonly Wire[];
  const periods = schedule['chargingSchedulePeriod'] as readonly Wire[];
  return present({
    profileId: wire['id'],
    transactionId: wire['transactionId'],
    stackLevel: wire['stackLevel'],
    purpose: purposes[String(wire['chargingProfilePurpose'])],
    kind: String(wire['recurrencyKind'] ?? wire['chargingProfileKind']).toLowerCase(),
    validFrom: wire['validFrom'],
    validTo: wire['validTo'],
    schedule: present({
      unit: schedule['chargingRateUnit'],
      startsAt: schedule['startSchedule'],
      durationSeconds: schedule['duration'],
      minimum: schedule['minChargingRate'],
      periods: periods.map(({ startPeriod, limit, numberPhases }) =>
        present({ startSeconds: startPeriod, limit, phases: numberPhases }),
      ),
    }),
  });
};

const uses: Readonly<Record<string, string>> = {
  CSMSRootCertificate: 'central-system-root',
  ManufacturerRootCertificate: 'manufacturer-root',
  V2GRootCertificate: 'v2g-root',
  MORootCertificate: 'mobility-operator-root',
};

const triggers: Readonly<Record<string, string>> = {
  BootNotification: 'boot',
  FirmwareStatusNotification: 'firmware-status',
  Heartbeat: 'heartbeat',
  LogStatusNotification: 'log-status',
  MeterValues: 'meter-values',
  PublishFirmwareStatusNotification: 'publish-firmware-status',
  SignChargingStationCertificate: 'sign-certificate',
  SignCombinedCertificate: 'sign-combined-certificate',
  SignV2GCertificate: 'sign-v2g-certificate',
  StatusNotification: 'status',
  TransactionEvent: 'transaction',
};

const key = ({ component, variable }: Wire): string =>
  keyOf(component as { name: string }, variable as { name: string });

const readers: Readonly<Record<string, (wire: Wire) => Wire>> = {
  RequestStartTransaction: (wire) => ({
    type: 'start',
    tokenId: token(wire['idToken']),
    connector: whole(wire['evseId']),
    profile: profileOf(wire['chargingProfile']),
  }),
  RequestStopTransaction: (wire) => ({ ...wire, type: 'stop' }),
  UnlockConnector: (wire) => ({ type: 'unlock', connector: wire }),
  ReserveNow: (wire) => ({
    type: 'reserve',
    reservationId: wire['id'],
    connector: whole(wire['evseId'] ?? 0),
    connectorType: wire['connectorType'],
    tokenId: token(wire['idToken']),
    parentTokenId: token(wire['groupIdToken']),
    expiresAt: wire['expiryDateTime'],
  }),
  CancelReservation: (wire) => ({ ...wire, type: 'cancel-reservation' }),
  Reset: (wire) => ({
    type: 'reset',
    kind: wire['type'] === 'Immediate' ? 'hard' : 'soft',
    evseId: wire['evseId'],
  }),
  ChangeAvailability: (wire) => ({
    type: 'availability',
    available: wire['operationalStatus'] === 'Operative',
    connector: place(wire['evse']),
  }),
  TriggerMessage: (wire) => ({
    type: 'trigger',
    message: triggers[String(wire['requestedMessage'])],
    connector: place(wire['evse']),
  }),
  GetBaseReport: () => ({ type: 'get-configuration' }),
  GetVariables: (wire) => ({
    type: 'get-configuration',
    keys: (wire['getVariableData'] as readonly Wire[]).map(key),
  }),
  SetVariables: (wire) => {
    const [data = {}] = wire['setVariableData'] as readonly Wire[];
    return { type: 'set-configuration', key: key(data), value: data['attributeValue'] };
  },
  ClearCache: () => ({ type: 'clear-cache' }),
  GetLocalListVersion: () => ({ type: 'local-list-version' }),
  SendLocalList: (wire) => ({
    type: 'local-list',
    version: wire['versionNumber'],
    full: wire['updateType'] === 'Full',
    tokens: (wire['localAuthorizationList'] as readonly Wire[] | undefined)?.map(
      ({ idToken, idTokenInfo }) =>
        present({
          tokenId: token(idToken),
          authorization:
            idTokenInfo &&
            present({
              status: part(idTokenInfo, 'status'),
              expiryDate: part(idTokenInfo, 'cacheExpiryDateTime'),
              parentTokenId: token(part(idTokenInfo, 'groupIdToken')),
            }),
        }),
    ),
  }),
  SetChargingProfile: (wire) => ({
    type: 'set-charging-profile',
    connector: whole(wire['evseId']),
    profile: profileOf(wire['chargingProfile']),
  }),
  ClearChargingProfile: (wire) => {
    const criteria = wire['chargingProfileCriteria'];
    return {
      type: 'clear-charging-profile',
      profileId: wire['chargingProfileId'],
      connector: whole(part(criteria, 'evseId')),
      purpose: purposes[String(part(criteria, 'chargingProfilePurpose'))],
      stackLevel: part(criteria, 'stackLevel'),
    };
  },
  GetCompositeSchedule: (wire) => ({
    type: 'composite-schedule',
    connector: whole(wire['evseId']),
    durationSeconds: wire['duration'],
    unit: wire['chargingRateUnit'],
  }),
  UpdateFirmware: (wire) => {
    const { location, retrieveDateTime, installDateTime, signingCertificate, signature } = wire[
      'firmware'
    ] as Wire;
    return {
      type: 'update-firmware',
      url: location,
      retrieveAt: retrieveDateTime,
      retries: wire['retries'],
      retrySeconds: wire['retryInterval'],
      signed:
        signature === undefined
          ? undefined
          : present({
              certificate: signingCertificate,
              signature,
              requestId: wire['requestId'],
              installAt: installDateTime,
            }),
    };
  },
  GetLog: (wire) => ({
    type: 'get-logs',
    kind: wire['logType'] === 'SecurityLog' ? 'security' : 'diagnostics',
    url: part(wire['log'], 'remoteLocation'),
    requestId: wire['requestId'],
    retries: wire['retries'],
    retrySeconds: wire['retryInterval'],
    from: part(wire['log'], 'oldestTimestamp'),
    to: part(wire['log'], 'latestTimestamp'),
  }),
  DataTransfer: (wire) => ({ ...wire, type: 'data-transfer' }),
  GetInstalledCertificateIds: (wire) => ({
    type: 'list-certificates',
    use: uses[String((wire['certificateType'] as readonly string[])[0])],
  }),
  InstallCertificate: (wire) => ({
    type: 'install-certificate',
    use: uses[String(wire['certificateType'])],
    certificate: wire['certificate'],
  }),
  DeleteCertificate: (wire) => {
    const { hashAlgorithm: algorithm, ...names } = wire['certificateHashData'] as Wire;
    return { type: 'delete-certificate', certificate: { algorithm, ...names } };
  },
  CertificateSigned: (wire) => ({ type: 'deliver-certificate', chain: wire['certificateChain'] }),
};

/** Reads a request of OCPP 2.0.1 or 2.1 as a charger does. */
export const requestOf = (action: string, payload: object): CommandRequest =>
  present(readers[action]?.(payload as Wire) ?? {}) as unknown as CommandRequest;
