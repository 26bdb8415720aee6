import type { CommandRequest } from '../../../../core/command/command-request.ts';

type Wire = Readonly<Record<string, unknown>>;

const present = (properties: Wire): Wire =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));

const place = (connectorId: unknown): unknown =>
  connectorId === undefined ? undefined : { evseId: connectorId, connectorId };

const textOf = (value: unknown): string | undefined =>
  value === undefined ? undefined : String(value);

const profileOf = (value: unknown): unknown => {
  if (value === undefined) return undefined;
  const wire = value as Wire;
  const schedule = wire['chargingSchedule'] as Wire;
  const periods = schedule['chargingSchedulePeriod'] as readonly Wire[];
  return present({
    profileId: wire['chargingProfileId'],
    transactionId: textOf(wire['transactionId']),
    stackLevel: wire['stackLevel'],
    purpose: purposeOf(wire['chargingProfilePurpose']),
    kind: (textOf(wire['recurrencyKind']) ?? String(wire['chargingProfileKind'])).toLowerCase(),
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

const purposeOf = (word: unknown): unknown =>
  word === undefined
    ? undefined
    : ({ ChargePointMaxProfile: 'charger-limit', TxDefaultProfile: 'default' }[String(word)] ??
      'transaction');

const messages: Readonly<Record<string, string>> = {
  BootNotification: 'boot',
  DiagnosticsStatusNotification: 'diagnostics-status',
  FirmwareStatusNotification: 'firmware-status',
  Heartbeat: 'heartbeat',
  LogStatusNotification: 'log-status',
  MeterValues: 'meter-values',
  SignChargePointCertificate: 'sign-certificate',
  StatusNotification: 'status',
};

const useOf = (word: unknown): string =>
  word === 'ManufacturerRootCertificate' ? 'manufacturer-root' : 'central-system-root';

const tokensOf = (value: unknown): unknown =>
  (value as readonly Wire[] | undefined)?.map(({ idTag, idTagInfo }) => {
    const info = idTagInfo as Wire | undefined;
    return present({
      tokenId: idTag,
      authorization:
        info &&
        present({
          status: info['status'],
          expiryDate: info['expiryDate'],
          parentTokenId: info['parentIdTag'],
        }),
    });
  });

const trigger = (wire: Wire) => ({
  type: 'trigger',
  message: messages[String(wire['requestedMessage'])],
  connector: place(wire['connectorId']),
});

const attempts = (wire: Wire) => ({
  retries: wire['retries'],
  retrySeconds: wire['retryInterval'],
});

/** How a charger understands each request of OCPP 1.6, written without a look at the code that writes it. */
const readers: Readonly<Record<string, (wire: Wire) => Wire>> = {
  RemoteStartTransaction: (wire) => ({
    type: 'start',
    tokenId: wire['idTag'],
    connector: place(wire['connectorId']),
    profile: profileOf(wire['chargingProfile']),
  }),
  RemoteStopTransaction: (wire) => ({ type: 'stop', transactionId: textOf(wire['transactionId']) }),
  UnlockConnector: (wire) => ({ type: 'unlock', connector: place(wire['connectorId']) }),
  ReserveNow: (wire) => ({
    type: 'reserve',
    reservationId: wire['reservationId'],
    connector: place(wire['connectorId']),
    tokenId: wire['idTag'],
    parentTokenId: wire['parentIdTag'],
    expiresAt: wire['expiryDate'],
  }),
  CancelReservation: (wire) => ({
    type: 'cancel-reservation',
    reservationId: wire['reservationId'],
  }),
  Reset: (wire) => ({ type: 'reset', kind: wire['type'] === 'Hard' ? 'hard' : 'soft' }),
  ChangeAvailability: (wire) => ({
    type: 'availability',
    connector: place(wire['connectorId']),
    available: wire['type'] === 'Operative',
  }),
  TriggerMessage: trigger,
  ExtendedTriggerMessage: trigger,
  GetConfiguration: (wire) => ({ type: 'get-configuration', keys: wire['key'] }),
  ChangeConfiguration: (wire) => ({ ...wire, type: 'set-configuration' }),
  ClearCache: () => ({ type: 'clear-cache' }),
  GetLocalListVersion: () => ({ type: 'local-list-version' }),
  SendLocalList: (wire) => ({
    type: 'local-list',
    version: wire['listVersion'],
    full: wire['updateType'] === 'Full',
    tokens: tokensOf(wire['localAuthorizationList']),
  }),
  SetChargingProfile: (wire) => ({
    type: 'set-charging-profile',
    connector: place(wire['connectorId']),
    profile: profileOf(wire['csChargingProfiles']),
  }),
  ClearChargingProfile: (wire) => ({
    type: 'clear-charging-profile',
    profileId: wire['id'],
    connector: place(wire['connectorId']),
    purpose: purposeOf(wire['chargingProfilePurpose']),
    stackLevel: wire['stackLevel'],
  }),
  GetCompositeSchedule: (wire) => ({
    type: 'composite-schedule',
    connector: place(wire['connectorId']),
    durationSeconds: wire['duration'],
    unit: wire['chargingRateUnit'],
  }),
  UpdateFirmware: (wire) => ({
    type: 'update-firmware',
    url: wire['location'],
    retrieveAt: wire['retrieveDate'],
    ...attempts(wire),
  }),
  SignedUpdateFirmware: (wire) => {
    const firmware = wire['firmware'] as Wire;
    return {
      type: 'update-firmware',
      url: firmware['location'],
      retrieveAt: firmware['retrieveDateTime'],
      ...attempts(wire),
      signed: present({
        certificate: firmware['signingCertificate'],
        signature: firmware['signature'],
        requestId: wire['requestId'],
        installAt: firmware['installDateTime'],
      }),
    };
  },
  GetDiagnostics: (wire) => ({
    type: 'get-logs',
    kind: 'diagnostics',
    url: wire['location'],
    ...attempts(wire),
    from: wire['startTime'],
    to: wire['stopTime'],
  }),
  GetLog: (wire) => {
    const log = wire['log'] as Wire;
    return {
      type: 'get-logs',
      kind: wire['logType'] === 'SecurityLog' ? 'security' : 'diagnostics',
      url: log['remoteLocation'],
      requestId: wire['requestId'],
      ...attempts(wire),
      from: log['oldestTimestamp'],
      to: log['latestTimestamp'],
    };
  },
  DataTransfer: (wire) => ({ ...wire, type: 'data-transfer' }),
  GetInstalledCertificateIds: (wire) => ({
    type: 'list-certificates',
    use: useOf(wire['certificateType']),
  }),
  InstallCertificate: (wire) => ({
    type: 'install-certificate',
    use: useOf(wire['certificateType']),
    certificate: wire['certificate'],
  }),
  DeleteCertificate: (wire) => {
    const { hashAlgorithm: algorithm, ...names } = wire['certificateHashData'] as Wire;
    return { type: 'delete-certificate', certificate: { algorithm, ...names } };
  },
  CertificateSigned: (wire) => ({
    type: 'deliver-certificate',
    chain: wire['certificateChain'],
  }),
};

/** Reads a request of OCPP 1.6 as a charger does. */
export const requestOf = (action: string, payload: object): CommandRequest =>
  present(readers[action]?.(payload as Wire) ?? {}) as unknown as CommandRequest;
