// Generated from GET /openapi.json by `npm run api-client`.

/** `Error` of the operator API. */
export type Error = {
  readonly code: string;
  readonly message: string;
  readonly details: readonly ({
    readonly path: string;
    readonly message: string;
    readonly code?: string;
  })[];
};

/** `RegisteredCharger` of the operator API. */
export type RegisteredCharger = {
  readonly chargerId: string;
  readonly password: string;
  readonly connectionToken: string;
  readonly urls: {
    readonly basic: string;
    readonly token: string;
  };
};

/** `Charger` of the operator API. */
export type Charger = {
  readonly chargerId: string;
  readonly name: string | null;
  readonly maxPowerKw: number | null;
  /** Its own, else that of its location, else that of the settings, else UTC. */
  readonly timeZone: string;
  /** Its own tariff; where it is null, that of its location or of the settings applies. */
  readonly tariffId: string | null;
  readonly locationId: string | null;
  /** Whether the operator lets it take part: see POST /chargers/{chargerId}/approval. */
  readonly approval: "accepted" | "pending" | "rejected";
  /** What was registered of its EVSEs and their connectors; empty where nothing was. */
  readonly evses: readonly (EvseFacts)[];
  /** When it was commissioned: a session that is dated before that is held. */
  readonly commissionedAt: string | null;
  /** Counts up with every change of the registration. */
  readonly version: number;
  readonly ocppVersion: string | null;
  readonly vendor: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly firmwareVersion: string | null;
  /** False at most 15 minutes after the last sign of a charger that fell silent. */
  readonly online: boolean;
  readonly connectedAt: string | null;
  /** When the charger was last heard: exact for connections, boots, statuses, starts and stops; a minute or so late for the readings of a session; otherwise at most 15 minutes old while it sends heartbeats or readings. */
  readonly lastSeenAt: string | null;
  /** The last handshake under its id or with its token that was refused, at most one in 15 minutes; anybody can cause one. Null where none was. */
  readonly lastRefusal: {
    readonly at: string;
    readonly reason: "wrong-password" | "wrong-certificate";
    readonly address: string | null;
  } | null;
  readonly connectors: readonly (Connector)[];
};

/** `EvseFacts` of the operator API. */
export type EvseFacts = {
  readonly evseId: number;
  readonly emi3Id?: string;
  readonly physicalReference?: string;
  readonly floorLevel?: string;
  readonly capabilities?: readonly (string)[];
  readonly parkingRestrictions?: readonly (string)[];
  readonly connectors: readonly ({
    readonly connectorId: number;
    readonly standard?: string;
    readonly format?: string;
    readonly powerType?: string;
    /** V, between phase and neutral for AC. */
    readonly maxVoltage?: number;
    /** A, per phase. */
    readonly maxAmperage?: number;
    readonly maxPowerW?: number;
    /** Its own tariff. */
    readonly tariffId?: string;
  })[];
};

/** `Connector` of the operator API. */
export type Connector = {
  readonly evseId: number;
  readonly connectorId: number;
  readonly status: string | null;
  readonly errorCode: string | null;
  readonly statusAt: string | null;
  readonly sessionId: string | null;
  readonly tariff: ApplicableTariff | null;
};

/** The tariff of sessions that start here now, and whose it is: the nearest of connector, charger, location and operator. */
export type ApplicableTariff = {
  readonly tariffId: string;
  readonly of: "connector" | "charger" | "location" | "operator";
};

/** `WaitingCharger` of the operator API. */
export type WaitingCharger = {
  /** As its URL names it; nothing of it is proven. */
  readonly chargerId: string;
  readonly ocppVersion: string;
  /** The address that it tried to connect from. */
  readonly address: string | null;
  readonly firstSeenAt: string;
  /** Of its last attempt, to ten minutes. */
  readonly lastSeenAt: string;
};

/** `ChargerMessage` of the operator API. */
export type ChargerMessage = {
  readonly receivedAt: string;
  readonly ocppVersion: string;
  readonly action: string;
  /** The payload, exactly as the charger sent it, without passwords and other secrets. */
  readonly raw: string;
  /** The charger sent more on this day (UTC) than is kept: what came later is not. */
  readonly furtherLeftOut?: true;
};

/** `Report` of the operator API. */
export type Report = {
  readonly action: string;
  readonly requestId: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly parts: number;
  /** False while a part is missing, or the last one. */
  readonly complete: boolean;
  /** The numbers of parts that are missing between others. */
  readonly missing: readonly (number)[];
};

/** `WholeReport` of the operator API. */
export type WholeReport = {
  readonly action: string;
  readonly requestId: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly parts: number;
  /** False while a part is missing, or the last one. */
  readonly complete: boolean;
  /** The numbers of parts that are missing between others. */
  readonly missing: readonly (number)[];
  /** The parts in their order, in the words of OCPP. */
  readonly content: readonly ({ readonly [name: string]: unknown })[];
};

/** `Configuration` of the operator API. */
export type Configuration = {
  readonly chargerId: string;
  readonly settings: readonly ({
    readonly key: string;
    readonly value: string | null;
    readonly readOnly: boolean | null;
    readonly reportedAt: string;
  })[];
  /** The keys that were asked for and that the charger does not have. */
  readonly unknownKeys: readonly (string)[];
  /** The settings that the charger should have, and what it said of them. */
  readonly desired: readonly ({
    readonly key: string;
    readonly value: string;
    readonly by: "default" | "operator" | "charger";
    readonly state: "as-desired" | "differs" | "after-restart" | "read-only" | "unknown-to-charger" | "not-reported" | "left-alone";
    readonly reported: string | null;
    readonly reason: string | null;
  })[];
  /** The version of the local list it should have; null where it should have none. */
  readonly localList: {
    readonly state: "as-desired" | "differs" | "not-reported";
    readonly version: number;
    readonly reported: number | null;
  } | null;
  /** The root certificates that it should have. installed: it took it, and has not listed them since. */
  readonly certificates: readonly ({
    readonly use: "central-system-root" | "manufacturer-root" | "v2g-root" | "mobility-operator-root";
    readonly state: "as-desired" | "installed" | "differs" | "not-reported";
    readonly serialNumber: string;
  })[];
  /** not-used-yet: it was given a new one and has not connected with it. */
  readonly password: "as-desired" | "not-used-yet";
  /** When it was last given what differed; null while it has not answered. */
  readonly comparedAt: string | null;
};

/** `DeviceModel` of the operator API. */
export type DeviceModel = {
  readonly chargerId: string;
  readonly variables: readonly ({
    readonly component: { readonly [name: string]: unknown };
    readonly variable: { readonly [name: string]: unknown };
    readonly attributes: readonly ({ readonly [name: string]: unknown })[];
    readonly characteristics: { readonly [name: string]: unknown } | null;
    readonly reportedAt: string;
  })[];
  /** The reports of which parts are missing. */
  readonly incompleteReports: readonly (Report)[];
};

/** `ProposedEvses` of the operator API. */
export type ProposedEvses = {
  /** What the charger does not say of a connector is left out. */
  readonly evses: readonly (EvseFacts)[];
};

/** `DesiredConfiguration` of the operator API. */
export type DesiredConfiguration = {
  /** Whether settings that are not named get our defaults; null where the level above says it. */
  readonly useDefaults: boolean | null;
  /** Settings of OCPP 1.6. Null leaves one to the charger. */
  readonly ocpp16: { readonly [name: string]: string | null };
  /** Settings of OCPP 2.0.1 and 2.1, as Component.Variable. */
  readonly ocpp2: { readonly [name: string]: string | null };
  /** Whether chargers get the tokens of the operator as local list; null where the level above says it, or not. */
  readonly localList: boolean | null;
  /** Root certificates in PEM. Those of both levels are installed. */
  readonly certificates: readonly ({
    readonly use: "central-system-root" | "manufacturer-root" | "v2g-root" | "mobility-operator-root";
    readonly certificate: string;
  })[];
  readonly changedAt: string | null;
};

/** `Certificates` of the operator API. */
export type Certificates = {
  readonly items: readonly ({
    readonly use: "central-system-root" | "manufacturer-root" | "v2g-root" | "mobility-operator-root";
    readonly algorithm: "SHA256" | "SHA384" | "SHA512";
    readonly issuerNameHash: string;
    readonly issuerKeyHash: string;
    readonly serialNumber: string;
    readonly reportedAt: string;
  })[];
  /** The uses for which a certificate was installed since the charger listed them; list-certificates shows it. */
  readonly installedSince: readonly ("central-system-root" | "manufacturer-root" | "v2g-root" | "mobility-operator-root")[];
  /** The certificates that our authority has issued to it, the latest first. */
  readonly issued: readonly ({
    readonly serialNumber: string;
    /** SHA-256 of its DER, hexadecimal. */
    readonly fingerprint: string;
    readonly issuedAt: string;
    readonly validFrom: string;
    readonly validUntil: string;
    /** undelivered: the charger did not answer; its next request delivers it again. */
    readonly state: "in-delivery" | "accepted" | "rejected" | "undelivered" | "expired";
    /** The command that delivered it last. */
    readonly commandId: string | null;
  })[];
};

/** `Logs` of the operator API. */
export type Logs = {
  readonly items: readonly ({
    readonly kind: "diagnostics" | "security";
    readonly url: string;
    readonly askedAt: string;
    readonly fileName: string | null;
    /** The charger's latest word, as in Uploading or Uploaded. */
    readonly status: string | null;
    readonly statusAt: string | null;
    /** Names the file where it is to be kept here; null elsewhere. */
    readonly logId: string | null;
    /** The file that has come; null while none has. */
    readonly file: {
      readonly name: string | null;
      readonly bytes: number;
      readonly sha256: string;
      readonly arrivedAt: string;
    } | null;
  })[];
};

/** `Download` of the operator API. */
export type Download = {
  readonly url: string;
  readonly expiresAt: string;
};

/** `Reservations` of the operator API. */
export type Reservations = {
  readonly items: readonly ({
    readonly reservationId: number;
    /** 0 where any of the charger is reserved. */
    readonly evseId: number;
    /** 0 where any of the EVSE is reserved. */
    readonly connectorId: number;
    readonly connectorType: string | null;
    readonly tokenId: string;
    readonly parentTokenId: string | null;
    readonly reservedAt: string;
    readonly expiresAt: string;
    /** removed: by the charger; released: it has reported the connector as available since. */
    readonly state: "active" | "used" | "cancelled" | "expired" | "removed" | "released";
    readonly endedAt: string | null;
    /** The session that used it. */
    readonly sessionId: string | null;
  })[];
};

/** `ChargingProfiles` of the operator API. */
export type ChargingProfiles = {
  readonly items: readonly ({
    /** 0 for the whole charger. */
    readonly evseId: number;
    readonly connectorId: number;
    /** In the words of the command set-charging-profile. */
    readonly profile: { readonly [name: string]: unknown };
    readonly setAt: string;
  })[];
};

/** `ChargerPassword` of the operator API. */
export type ChargerPassword = {
  readonly chargerId: string;
  /** The password, shown only once. */
  readonly password: string;
  readonly urls: {
    readonly basic: string;
  };
  /** The command that sends it. */
  readonly commandId?: string;
};

/** `NewConnectionToken` of the operator API. */
export type NewConnectionToken = {
  readonly chargerId: string;
  /** Names a connection token; the token cannot be derived from it. */
  readonly connectionTokenId: string;
  /** The token, shown only once. */
  readonly connectionToken: string;
  readonly urls: {
    readonly token: string;
  };
};

/** `ConnectionToken` of the operator API. */
export type ConnectionToken = {
  /** Names a connection token; the token cannot be derived from it. */
  readonly connectionTokenId: string;
  /** A new one replaces the one in use when the charger connects with it. */
  readonly state: "in-use" | "new";
  readonly createdAt: string;
};

/** `MeterKey` of the operator API. */
export type MeterKey = {
  readonly meterKeyId: string;
  readonly publicKey: string;
  readonly encoding: "hex" | "base64" | null;
  readonly curve: string | null;
  readonly evseId: number | null;
  readonly connectorId: number | null;
  readonly meterSerial: string | null;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly createdAt: string;
};

/** `ProposedMeterKeys` of the operator API. */
export type ProposedMeterKeys = {
  readonly items: readonly ({
    readonly publicKey: string;
    readonly evseId: number | null;
    readonly connectorId: number | null;
  })[];
};

/** `CommandForm` of the operator API. */
export type CommandForm = {
  readonly type: "start";
  readonly tokenId: string;
  readonly connectorId?: string | number;
  readonly evseId?: string | number;
  readonly profile?: ChargingProfile;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "stop";
  readonly sessionId: string;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "unlock";
  readonly connectorId: string | number;
  readonly evseId?: string | number;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "reset";
  readonly kind: "soft" | "hard";
  readonly evseId?: string | number;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "availability";
  readonly connectorId?: string | number;
  readonly evseId?: string | number;
  readonly available: boolean;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "trigger";
  readonly connectorId?: string | number;
  readonly evseId?: string | number;
  readonly message: "boot" | "diagnostics-status" | "firmware-status" | "heartbeat" | "log-status" | "meter-values" | "publish-firmware-status" | "sign-certificate" | "sign-combined-certificate" | "sign-v2g-certificate" | "status" | "transaction";
  readonly expiresInSeconds?: number;
} | {
  readonly type: "get-configuration";
  readonly keys?: readonly (string)[];
  readonly expiresInSeconds?: number;
} | {
  readonly type: "set-configuration";
  readonly key: string;
  readonly value: string;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "clear-cache";
  readonly expiresInSeconds?: number;
} | {
  readonly type: "local-list-version";
  readonly expiresInSeconds?: number;
} | {
  readonly type: "local-list";
  readonly full: boolean;
  readonly tokens?: readonly ({
    readonly tokenId: string;
    /** Absent to take it off the list. */
    readonly status?: "Accepted" | "Blocked" | "Expired" | "Invalid" | "ConcurrentTx";
    readonly validUntil?: string;
    readonly parentTokenId?: string;
  })[];
  readonly version?: string | number;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "reserve";
  readonly connectorId?: string | number;
  readonly evseId?: string | number;
  readonly connectorType?: string;
  readonly tokenId: string;
  readonly parentTokenId?: string;
  readonly expiresAt: string;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "cancel-reservation";
  readonly reservationId: string | number;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "set-charging-profile";
  readonly connectorId?: string | number;
  readonly evseId?: string | number;
  readonly profile: ChargingProfile;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "clear-charging-profile";
  readonly connectorId?: string | number;
  readonly evseId?: string | number;
  readonly profileId?: string | number;
  readonly purpose?: "charger-limit" | "default" | "transaction";
  readonly stackLevel?: string | number;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "composite-schedule";
  readonly connectorId?: string | number;
  readonly evseId?: string | number;
  readonly durationSeconds: string | number;
  readonly unit?: "A" | "W";
  readonly expiresInSeconds?: number;
} | {
  readonly type: "update-firmware";
  readonly url?: string;
  /** A firmware of yours, instead of url. */
  readonly firmwareId?: string;
  readonly retrieveAt?: string;
  readonly retries?: string | number;
  readonly retrySeconds?: string | number;
  readonly signed?: {
    readonly certificate: string;
    readonly signature: string;
    readonly requestId: string | number;
    readonly installAt?: string;
  };
  readonly expiresInSeconds?: number;
} | {
  readonly type: "get-logs";
  readonly kind: "diagnostics" | "security";
  /** Absent to have the file kept here; the logs of the charger show it. */
  readonly url?: string;
  readonly requestId?: string | number;
  readonly retries?: string | number;
  readonly retrySeconds?: string | number;
  readonly from?: string;
  readonly to?: string;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "data-transfer";
  readonly vendorId: string;
  readonly messageId?: string;
  readonly data?: string;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "list-certificates";
  readonly use: "central-system-root" | "manufacturer-root" | "v2g-root" | "mobility-operator-root";
  readonly expiresInSeconds?: number;
} | {
  readonly type: "install-certificate";
  readonly use: "central-system-root" | "manufacturer-root" | "v2g-root" | "mobility-operator-root";
  readonly certificate: string;
  readonly expiresInSeconds?: number;
} | {
  readonly type: "delete-certificate";
  readonly certificate: {
    readonly algorithm: "SHA256" | "SHA384" | "SHA512";
    readonly issuerNameHash: string;
    readonly issuerKeyHash: string;
    readonly serialNumber: string;
  };
  readonly expiresInSeconds?: number;
} | {
  readonly type: "deliver-certificate";
  readonly chain: string;
  readonly use?: "charger" | "v2g";
  readonly expiresInSeconds?: number;
} | {
  readonly type: "clear-display-message" | "clear-variable-monitoring" | "cost-updated" | "customer-information" | "get-base-report" | "get-charging-profiles" | "get-display-messages" | "get-monitoring-report" | "get-report" | "get-transaction-status" | "get-variables" | "publish-firmware" | "set-display-message" | "set-monitoring-base" | "set-monitoring-level" | "set-network-profile" | "set-variable-monitoring" | "set-variables" | "unpublish-firmware" | "adjust-periodic-event-stream" | "afrr-signal" | "change-transaction-tariff" | "clear-der-control" | "clear-tariffs" | "get-der-control" | "get-periodic-event-stream" | "get-tariffs" | "notify-allowed-energy-transfer" | "notify-web-payment-started" | "request-battery-swap" | "set-default-tariff" | "set-der-control" | "update-dynamic-schedule" | "use-priority-charging";
  readonly expiresInSeconds?: number;
};

/** `ChargingProfile` of the operator API. */
export type ChargingProfile = {
  readonly profileId: string | number;
  readonly transactionId?: string;
  readonly stackLevel: string | number;
  readonly purpose: "charger-limit" | "default" | "transaction";
  readonly kind: "absolute" | "relative" | "daily" | "weekly";
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly schedule: {
    readonly unit: "A" | "W";
    readonly startsAt?: string;
    readonly durationSeconds?: string | number;
    readonly minimum?: number;
    readonly periods: readonly ({
      readonly startSeconds: string | number;
      readonly limit: number;
      readonly phases?: number;
    })[];
  };
};

/** `Command` of the operator API. */
export type Command = {
  readonly commandId: string;
  readonly chargerId: string;
  readonly type: string;
  readonly state: "queued" | "sent" | "accepted" | "rejected" | "failed" | "timed-out" | "expired" | "cancelled";
  /** In the words of the command. */
  readonly request: { readonly [name: string]: unknown };
  /** The outcome that the charger gave. */
  readonly response?: { readonly [name: string]: unknown };
  /** The error that the charger answered with. */
  readonly error?: {
    readonly code: string;
    readonly message: string;
  };
  /** The session that it began or is to stop. */
  readonly sessionId?: string;
  /** Nobody sent it: the desired configuration or a campaign asked for it. */
  readonly origin?: "desired-configuration" | "firmware-campaign" | "certificate" | "running-cost";
  /** The commands with the settings that the charger does not take in one message, when it is made. */
  readonly furtherCommandIds?: readonly (string)[];
  /** Of a command that waits, when it is made or asked for by its id: false where the charger is not connected, so that it waits until it is, or expires. */
  readonly chargerConnected?: boolean;
  /** When the connection of a charger that is not connected was heard last. */
  readonly chargerLastSeenAt?: string;
  readonly createdAt: string;
  readonly sentAt?: string;
  readonly finishedAt?: string;
  readonly expiresAt: string;
};

/** `FirmwareForm` of the operator API. */
export type FirmwareForm = {
  /** As a charger reports it when it runs. */
  readonly version: string;
  readonly vendor?: string;
  readonly model?: string;
  /** The end of the URL that chargers get: some look at its extension. */
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The manufacturer's certificate (PEM) and signature: chargers are then asked for a secure update. */
  readonly signed?: {
    readonly certificate: string;
    readonly signature: string;
  };
};

/** `Firmware` of the operator API. */
export type Firmware = {
  readonly firmwareId: string;
  readonly version: string;
  readonly vendor: string | null;
  readonly model: string | null;
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly signed: boolean;
  readonly createdAt: string;
  readonly uploadedAt: string | null;
  /** How to upload its file; null once it is there, and in lists. */
  readonly upload: {
    readonly method: "PUT";
    readonly url: string;
    readonly headers: { readonly [name: string]: string };
    readonly expiresAt: string;
  } | null;
};

/** `CampaignForm` of the operator API. */
export type CampaignForm = {
  readonly firmwareId: string;
  readonly chargers: {
    readonly chargerIds?: readonly (string)[];
    readonly locationId?: string;
    readonly vendor?: string;
    readonly model?: string;
    readonly firmwareVersion?: string;
  };
  readonly waveSize?: number;
  readonly maxFailedPercent?: number;
  readonly retries?: number;
  readonly hoursPerCharger?: number;
  readonly evenIfCharging?: boolean;
  readonly window?: {
    readonly from: string;
    readonly to: string;
    readonly timeZone: string;
  };
};

/** `FirmwareCampaign` of the operator API. */
export type FirmwareCampaign = {
  readonly campaignId: string;
  readonly firmwareId: string;
  readonly version: string;
  readonly state: "running" | "paused" | "stopped" | "finished";
  readonly createdAt: string;
  readonly rules: {
    readonly waveSize: number;
    readonly maxFailedPercent: number;
    readonly retries: number;
    readonly hoursPerCharger: number;
    readonly evenIfCharging: boolean;
    readonly window?: {
      readonly from: string;
      readonly to: string;
      readonly timeZone: string;
    };
  };
  readonly total: number;
  readonly waiting: number;
  readonly installed: number;
  readonly failed: number;
  /** Chargers that had the version already. */
  readonly skipped: number;
  readonly inFlight: readonly ({
    readonly chargerId: string;
    readonly attempt: number;
    readonly startedAt: string;
  })[];
  readonly ended: readonly ({
    readonly chargerId: string;
    readonly attempt: number;
    readonly outcome: "installed" | "failed" | "skipped";
    /** The word that the outcome follows from. */
    readonly word?: string;
    readonly at: string;
  })[];
};

/** `Location` of the operator API. */
export type Location = {
  readonly locationId: string;
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly postalCode: string | null;
  readonly state: string | null;
  /** ISO 3166-1, three letters. */
  readonly country: string;
  /** Decimal degrees. */
  readonly coordinates: {
    readonly latitude: string;
    readonly longitude: string;
  };
  readonly timeZone: string;
  readonly parkingType: string | null;
  readonly openingTimes: OpeningTimes | null;
  readonly chargingWhenClosed: boolean | null;
  readonly facilities: readonly (string)[];
  readonly directions: readonly ({
    readonly language: string;
    readonly text: string;
  })[];
  /** Who runs the chargers, where that is not the party that publishes them. */
  readonly operator: BusinessDetails | null;
  readonly suboperator: BusinessDetails | null;
  readonly owner: BusinessDetails | null;
  readonly helpPhone: string | null;
  /** The tariff of its chargers that have none of their own. */
  readonly tariffId: string | null;
  /** The party of OCPI that it is of for roaming partners; null: the first of the operator. */
  readonly party: {
    readonly countryCode: string;
    readonly partyId: string;
  } | null;
  /** Whether roaming partners may see it. */
  readonly publish: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Counts up with every change. */
  readonly version: number;
};

/** As in OCPI: regular hours are local times of the location. */
export type OpeningTimes = {
  readonly twentyfourseven: boolean;
  readonly regularHours: readonly ({
    /** 1 is Monday. */
    readonly weekday: number;
    readonly periodBegin: string;
    readonly periodEnd: string;
  })[];
  readonly exceptionalOpenings: readonly ({
    readonly periodBegin: string;
    readonly periodEnd: string;
  })[];
  readonly exceptionalClosings: readonly ({
    readonly periodBegin: string;
    readonly periodEnd: string;
  })[];
};

/** `BusinessDetails` of the operator API. */
export type BusinessDetails = {
  readonly name: string;
  readonly website?: string;
};

/** `SingleLocation` of the operator API. */
export type SingleLocation = {
  readonly locationId: string;
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly postalCode: string | null;
  readonly state: string | null;
  /** ISO 3166-1, three letters. */
  readonly country: string;
  /** Decimal degrees. */
  readonly coordinates: {
    readonly latitude: string;
    readonly longitude: string;
  };
  readonly timeZone: string;
  readonly parkingType: string | null;
  readonly openingTimes: OpeningTimes | null;
  readonly chargingWhenClosed: boolean | null;
  readonly facilities: readonly (string)[];
  readonly directions: readonly ({
    readonly language: string;
    readonly text: string;
  })[];
  /** Who runs the chargers, where that is not the party that publishes them. */
  readonly operator: BusinessDetails | null;
  readonly suboperator: BusinessDetails | null;
  readonly owner: BusinessDetails | null;
  readonly helpPhone: string | null;
  /** The tariff of its chargers that have none of their own. */
  readonly tariffId: string | null;
  /** The party of OCPI that it is of for roaming partners; null: the first of the operator. */
  readonly party: {
    readonly countryCode: string;
    readonly partyId: string;
  } | null;
  /** Whether roaming partners may see it. */
  readonly publish: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Counts up with every change. */
  readonly version: number;
  /** The EVSEs of its chargers, in the order of their ids: those of the first 50 chargers. */
  readonly evses: readonly (Evse)[];
  /** Whether it has further chargers, whose EVSEs GET /locations/{locationId}/evses lists. */
  readonly moreEvses: boolean;
};

/** `Evse` of the operator API. */
export type Evse = {
  readonly chargerId: string;
  /** Its id for roaming partners. */
  readonly uid: string;
  /** In the words of OCPI; UNKNOWN while its charger is offline or has said nothing. */
  readonly status: "CHARGING" | "BLOCKED" | "RESERVED" | "AVAILABLE" | "OUTOFORDER" | "INOPERATIVE" | "UNKNOWN";
  readonly evseId: number;
  readonly emi3Id?: string;
  readonly physicalReference?: string;
  readonly floorLevel?: string;
  readonly capabilities?: readonly (string)[];
  readonly parkingRestrictions?: readonly (string)[];
  readonly connectors: readonly (EvseConnector)[];
};

/** `EvseConnector` of the operator API. */
export type EvseConnector = {
  readonly connectorId: number;
  /** In the words of OCPP, as reported. */
  readonly status: string | null;
  readonly standard?: string;
  readonly format?: string;
  readonly powerType?: string;
  /** V, between phase and neutral for AC. */
  readonly maxVoltage?: number;
  /** A, per phase. */
  readonly maxAmperage?: number;
  readonly maxPowerW?: number;
  readonly tariff: ApplicableTariff | null;
  /** What OCPI requires of a connector and nobody has stated: until then partners do not see it. */
  readonly missing: readonly ("standard" | "format" | "powerType" | "maxVoltage" | "maxAmperage")[];
};

/** `Account` of the operator API. */
export type Account = {
  readonly accountId: string;
  readonly name: string;
  readonly email: string | null;
  readonly externalRef: string | null;
  readonly currency: string;
  readonly vatId: string | null;
  readonly limits: {
    readonly energyKwh: number | null;
    readonly inclVat: string | null;
  };
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Counts up with every change. */
  readonly version: number;
};

/** `SingleAccount` of the operator API. */
export type SingleAccount = {
  readonly accountId: string;
  readonly name: string;
  readonly email: string | null;
  readonly externalRef: string | null;
  readonly currency: string;
  readonly vatId: string | null;
  readonly limits: {
    readonly energyKwh: number | null;
    readonly inclVat: string | null;
  };
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Counts up with every change. */
  readonly version: number;
  /** What counts against its limits in the current month, in UTC: sealed CDRs and sessions that run. Null without limits. */
  readonly use: {
    readonly month: string;
    readonly energyKwh: number;
    readonly inclVat: string;
    readonly reached: readonly ("energy" | "money")[];
  } | null;
};

/** `Statement` of the operator API. */
export type Statement = {
  readonly accountId: string;
  readonly name: string | null;
  readonly month: string;
  /** As the settings say it now. */
  readonly issuer: Issuer | null;
  /** One for each currency; they are never added together. */
  readonly sums: readonly ({
    readonly currency: string;
    /** CDRs less credits that another CDR follows. */
    readonly sessions: number;
    readonly energyKwh: number;
    readonly total: Money;
    readonly vat: readonly ({
      /** Null without VAT, and for what limits of the price and promo codes change in a CDR of several rates. */
      readonly vatPercent: string | null;
      readonly exclVat: string;
      readonly vat: string;
      readonly inclVat: string;
    })[];
  })[];
  readonly cdrs: readonly ({
    readonly cdrId: string;
    readonly sessionId: string;
    readonly chargerId: string;
    readonly tokenId: string | null;
    readonly startedAt: string;
    readonly endedAt: string;
    readonly timeZone: string;
    readonly energyKwh: number;
    readonly total: Money;
    readonly creditOf: string | null;
  })[];
  /** CDRs of roaming partners, at the price that they state, without VAT where they state none. The sums have them too. */
  readonly roaming: readonly ({
    readonly roamingCdrId: string;
    readonly partnerId: string;
    /** The partner’s id. */
    readonly cdrId: string;
    readonly sessionId: string | null;
    readonly evseUid: string;
    readonly tokenId: string;
    /** Ours on the CDR. */
    readonly verdict: string;
    readonly startedAt: string;
    readonly endedAt: string;
    readonly timeZone: string;
    readonly energyKwh: number;
    readonly total: Money;
    readonly creditOf: string | null;
  })[];
};

/** Who sells, as an invoice has to name it. */
export type Issuer = {
  readonly name: string;
  readonly addressLines: readonly (string)[];
  readonly postalCode: string | null;
  readonly city: string;
  readonly country: string;
  readonly vatId: string | null;
  readonly registration: string | null;
};

/** `Money` of the operator API. */
export type Money = {
  readonly currency: string;
  readonly exclVat: string;
  readonly inclVat: string;
};

/** `Token` of the operator API. */
export type Token = {
  readonly tokenId: string;
  readonly accountId: string | null;
  readonly status: string;
  readonly validUntil: string | null;
  readonly parentTokenId: string | null;
  readonly promoCode: string | null;
  /** The party of OCPI whose driver’s it is for roaming partners; null: the first of the operator. */
  readonly party: {
    readonly countryCode: string;
    readonly partyId: string;
  } | null;
};

/** account says whether its registration was deleted, tokens which tokens were; kept names what stays, and why. Where nextCursor is not null, the same call with it as cursor goes on. */
export type Erasure = {
  readonly account: boolean;
  readonly tokens: readonly (string)[];
  readonly kept: readonly ({
    readonly data: string;
    readonly reason: string;
  })[];
  readonly nextCursor: string | null;
};

/** `WrittenTariff` of the operator API. */
export type WrittenTariff = {
  readonly tariffId: string;
  readonly version: number;
  readonly name: string;
  readonly currency: string;
  readonly elements: readonly (TariffElement)[];
  readonly minPrice?: {
    readonly exclVat: string;
    readonly inclVat?: string;
  };
  readonly maxPrice?: {
    readonly exclVat: string;
    readonly inclVat?: string;
  };
  readonly idleGraceMinutes?: number;
  readonly idleCapMinutes?: number;
  readonly rounding: {
    readonly mode: "half-up" | "half-even";
    readonly scope: "total" | "component";
    readonly decimals?: number;
  };
  readonly taxIncluded?: boolean;
  readonly type?: string;
  readonly altTexts?: readonly ({
    readonly language: string;
    readonly text: string;
  })[];
  readonly altUrl?: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly requireSignedValues?: boolean;
  readonly createdAt: string;
  readonly warnings: readonly (Warning)[];
};

/** `TariffElement` of the operator API. */
export type TariffElement = {
  readonly priceComponents: readonly ({
    readonly type: "ENERGY" | "TIME" | "PARKING_TIME" | "FLAT";
    readonly price: string;
    readonly vat?: string;
    readonly stepSize: number;
  })[];
  readonly restrictions?: {
    readonly startTime?: string;
    readonly endTime?: string;
    readonly startDate?: string;
    readonly endDate?: string;
    readonly minKwh?: string;
    readonly maxKwh?: string;
    readonly minCurrent?: string;
    readonly maxCurrent?: string;
    readonly minPower?: string;
    readonly maxPower?: string;
    readonly minDuration?: number;
    readonly maxDuration?: number;
    readonly dayOfWeek?: readonly ("MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[];
    readonly reservation?: "RESERVATION" | "RESERVATION_EXPIRES";
  };
};

/** `Warning` of the operator API. */
export type Warning = {
  readonly path: string;
  readonly code: string;
  readonly message: string;
};

/** `Tariff` of the operator API. */
export type Tariff = {
  readonly tariffId: string;
  readonly version: number;
  readonly name: string;
  readonly currency: string;
  readonly elements: readonly (TariffElement)[];
  readonly minPrice?: {
    readonly exclVat: string;
    readonly inclVat?: string;
  };
  readonly maxPrice?: {
    readonly exclVat: string;
    readonly inclVat?: string;
  };
  readonly idleGraceMinutes?: number;
  readonly idleCapMinutes?: number;
  readonly rounding: {
    readonly mode: "half-up" | "half-even";
    readonly scope: "total" | "component";
    readonly decimals?: number;
  };
  readonly taxIncluded?: boolean;
  readonly type?: string;
  readonly altTexts?: readonly ({
    readonly language: string;
    readonly text: string;
  })[];
  readonly altUrl?: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly requireSignedValues?: boolean;
  readonly createdAt: string;
};

/** `PricePreview` of the operator API. */
export type PricePreview = {
  readonly tariffId: string;
  readonly version: number;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly timeZone: string;
  readonly energyKwh: number;
  readonly total: Money;
  readonly unrounded: {
    readonly exclVat: string;
    readonly inclVat: string;
  };
  readonly lines: readonly (PriceLine)[];
  readonly periods: readonly (PricePeriod)[];
  readonly beforePromoCode?: {
    readonly total: Money;
    readonly unrounded: {
      readonly exclVat: string;
      readonly inclVat: string;
    };
  };
  readonly warnings: readonly (Warning)[];
};

/** `PriceLine` of the operator API. */
export type PriceLine = {
  readonly component: "ENERGY" | "TIME" | "PARKING_TIME" | "FLAT" | "ROUNDING" | "MIN_PRICE" | "MAX_PRICE" | "PROMO_CODE";
  readonly quantity: string;
  readonly billedQuantity: string;
  readonly unit: "kWh" | "h" | "session";
  readonly unitPrice: string;
  readonly vatPercent: string | null;
  readonly exclVat: string;
  readonly inclVat: string;
  readonly reason: string;
};

/** `PricePeriod` of the operator API. */
export type PricePeriod = {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly energyKwh: number;
  readonly activity: "charging" | "idle" | "unused";
  readonly elements: { readonly [name: string]: number };
};

/** `PromoCode` of the operator API. */
export type PromoCode = {
  readonly kind: "percent";
  readonly percent: string;
  readonly code: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly uses: number | null;
  readonly usesPerAccount: number | null;
  readonly tariffIds: readonly (string)[] | null;
  readonly usesSoFar: number;
  readonly createdAt: string;
} | {
  readonly kind: "amount";
  readonly currency: string;
  readonly inclVat: string;
  readonly code: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly uses: number | null;
  readonly usesPerAccount: number | null;
  readonly tariffIds: readonly (string)[] | null;
  readonly usesSoFar: number;
  readonly createdAt: string;
} | {
  readonly kind: "kWh";
  readonly kwh: string;
  readonly code: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly uses: number | null;
  readonly usesPerAccount: number | null;
  readonly tariffIds: readonly (string)[] | null;
  readonly usesSoFar: number;
  readonly createdAt: string;
} | {
  readonly kind: "minutes";
  readonly minutes: number;
  readonly code: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly uses: number | null;
  readonly usesPerAccount: number | null;
  readonly tariffIds: readonly (string)[] | null;
  readonly usesSoFar: number;
  readonly createdAt: string;
};

/** `Redemption` of the operator API. */
export type Redemption = {
  readonly sessionId: string;
  readonly promoCode: RedeemedPromoCode;
};

/** `RedeemedPromoCode` of the operator API. */
export type RedeemedPromoCode = {
  readonly kind: "percent";
  readonly percent: string;
  readonly code: string;
  readonly redeemedAt: string;
} | {
  readonly kind: "amount";
  readonly currency: string;
  readonly inclVat: string;
  readonly code: string;
  readonly redeemedAt: string;
} | {
  readonly kind: "kWh";
  readonly kwh: string;
  readonly code: string;
  readonly redeemedAt: string;
} | {
  readonly kind: "minutes";
  readonly minutes: number;
  readonly code: string;
  readonly redeemedAt: string;
};

/** `Session` of the operator API. */
export type Session = {
  readonly sessionId: string;
  readonly chargerId: string;
  /** The location that the charger belonged to when the session began. */
  readonly locationId: string | null;
  readonly evseId: number;
  readonly connectorId: number;
  readonly transactionId: string;
  readonly tokenId: string | null;
  readonly accountId: string | null;
  readonly state: "active" | "ended" | "void";
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly energyKwh: number;
  readonly powerKw: number | null;
  readonly stateOfCharge: number | null;
  readonly cost: Money | null;
  readonly terminalPayment: {
    readonly status: string;
    readonly amount: string;
    readonly at: string;
  } | null;
  readonly tariffId: string | null;
  readonly promoCode: RedeemedPromoCode | null;
  readonly stopReason: string | null;
  readonly chargingPreferences: ChargingPreferences | null;
  readonly anomalies: readonly (Anomaly)[];
  readonly cdrId: string | null;
  /** Of a session of one of our drivers at a roaming partner, whose EVSE is then chargerId; null at our chargers. */
  readonly roaming: RoamingPart | null;
};

/** `ChargingPreferences` of the operator API. */
export type ChargingPreferences = {
  readonly profileType: string;
  readonly departureTime: string | null;
  readonly energyNeedKwh: string | null;
  readonly dischargeAllowed: boolean | null;
};

/** A finding about a session; docs/errors.md lists the codes. */
export type Anomaly = {
  readonly code: string;
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  readonly ref?: string;
};

/** `RoamingPart` of the operator API. */
export type RoamingPart = {
  readonly partnerId: string;
  readonly countryCode: string;
  readonly partyId: string;
  /** The partner’s id. */
  readonly sessionId: string;
  readonly status: string;
  readonly locationId: string;
  readonly evseUid: string;
  readonly connectorId: string;
  readonly cost: PartnerCost | null;
};

/** `PartnerCost` of the operator API. */
export type PartnerCost = {
  readonly currency: string;
  readonly exclVat: string;
  /** Null where the partner does not say it. */
  readonly inclVat: string | null;
};

/** `SingleSession` of the operator API. */
export type SingleSession = {
  readonly sessionId: string;
  readonly chargerId: string;
  /** The location that the charger belonged to when the session began. */
  readonly locationId: string | null;
  readonly evseId: number;
  readonly connectorId: number;
  readonly transactionId: string;
  readonly tokenId: string | null;
  readonly accountId: string | null;
  readonly state: "active" | "ended" | "void";
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly energyKwh: number;
  readonly powerKw: number | null;
  readonly stateOfCharge: number | null;
  readonly cost: Money | null;
  readonly terminalPayment: {
    readonly status: string;
    readonly amount: string;
    readonly at: string;
  } | null;
  readonly tariffId: string | null;
  readonly promoCode: RedeemedPromoCode | null;
  readonly stopReason: string | null;
  readonly chargingPreferences: ChargingPreferences | null;
  readonly anomalies: readonly (Anomaly)[];
  readonly cdrId: string | null;
  /** Of a session of one of our drivers at a roaming partner, whose EVSE is then chargerId; null at our chargers. */
  readonly roaming: RoamingPart | null;
  /** The command that began it. */
  readonly startedBy: string | null;
  /** The command that ended it. */
  readonly stoppedBy: string | null;
};

/** The CDR hash of readings is computed over key, kind, receivedAt, evseId, connectorId and raw; late is true when it arrived too late for the CDR. */
export type Reading = {
  readonly key: string;
  readonly kind: "meter" | "stop" | "status" | "event" | "pushed";
  readonly at: string;
  readonly receivedAt: string;
  readonly evseId: number;
  readonly connectorId: number;
  readonly late: boolean;
  readonly raw: string;
  readonly values: readonly ({
    readonly timestamp: string;
    readonly receivedAt: string;
    readonly offline: boolean;
    readonly seqNo?: number;
    readonly guessed?: true;
    readonly sampledValues: readonly ({
      readonly value: string;
      readonly context: string;
      readonly measurand: string;
      readonly unnamed?: true;
      readonly phase?: string;
      readonly location: string;
      readonly unit?: string;
      readonly multiplier: number;
      readonly format: "raw" | "signed";
    })[];
  })[];
  readonly state: {
    readonly timestamp: string;
    readonly status: string;
  } | null;
};

/** `Cdr` of the operator API. */
export type Cdr = {
  readonly cdrId: string;
  readonly sessionId: string;
  readonly operatorId: string;
  readonly chargerId: string;
  readonly evseId: number;
  readonly connectorId: number;
  readonly tokenId: string | null;
  readonly accountId: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationSeconds: number;
  readonly chargingSeconds: number;
  readonly idleSeconds: number;
  readonly unusedSeconds?: number;
  readonly energyKwh: number;
  readonly meterStart: {
    readonly wh: number;
    readonly at: string;
    readonly signed?: string;
  } | null;
  readonly meterStop: {
    readonly wh: number;
    readonly at: string;
    readonly signed?: string;
  } | null;
  readonly tariff: TariffOfSession | null;
  readonly timeZone: string;
  readonly periods: readonly (PricePeriod)[];
  readonly lines: readonly (PriceLine)[];
  readonly total: Money | null;
  readonly unrounded: {
    readonly exclVat: string;
    readonly inclVat: string;
  } | null;
  readonly beforePromoCode?: {
    readonly total: Money;
    readonly unrounded: {
      readonly exclVat: string;
      readonly inclVat: string;
    };
  };
  readonly anomalies: readonly (Anomaly)[];
  readonly candidates?: readonly (CdrCandidate)[];
  readonly creditOf: string | null;
  /** Of a credit that an operator ordered: why, by whom, and what is billed instead. */
  readonly correction?: {
    readonly kind: "tariff";
    readonly reason: string;
    readonly tariffId: string;
    readonly tariffVersion?: number;
    readonly decidedAt: string;
    readonly decidedBy: {
      readonly apiKeyId: string;
      readonly name: string;
    } | {
      readonly invocationId: string;
      readonly name: string;
    };
  } | {
    readonly kind: "credit";
    readonly reason: string;
    readonly decidedAt: string;
    readonly decidedBy: {
      readonly apiKeyId: string;
      readonly name: string;
    } | {
      readonly invocationId: string;
      readonly name: string;
    };
  };
  readonly replaces?: string;
  readonly evidence: CdrEvidence;
  readonly state: "sealed" | "held" | "credited";
  readonly seal: CdrSeal | null;
  readonly creditedBy?: string;
  /** Where the driver finds the receipt, if a link was made. Lists of CDRs do not have it. */
  readonly receiptUrl?: string;
};

/** `TariffOfSession` of the operator API. */
export type TariffOfSession = {
  readonly tariffId: string;
  readonly version: number;
  readonly name: string;
  readonly currency: string;
  readonly elements: readonly (TariffElement)[];
  readonly minPrice?: {
    readonly exclVat: string;
    readonly inclVat?: string;
  };
  readonly maxPrice?: {
    readonly exclVat: string;
    readonly inclVat?: string;
  };
  readonly idleGraceMinutes?: number;
  readonly idleCapMinutes?: number;
  readonly rounding: {
    readonly mode: "half-up" | "half-even";
    readonly scope: "total" | "component";
    readonly decimals?: number;
  };
  readonly taxIncluded?: boolean;
  readonly type?: string;
  readonly altTexts?: readonly ({
    readonly language: string;
    readonly text: string;
  })[];
  readonly altUrl?: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly requireSignedValues?: boolean;
};

/** `CdrCandidate` of the operator API. */
export type CdrCandidate = {
  readonly by: "signed-values" | "unverified-signed-values" | "register-ends" | "readings" | "rises" | "intervals" | "power" | "receipts" | "other-register" | "register-in-kwh" | "register-in-thousandths" | "since-previous-session" | "stated";
  readonly energyKwh: number;
  readonly reason: string;
  readonly total: Money | null;
  readonly accepted?: true;
};

/** The facts a CDR was computed from; joulegate verify checks it by them. */
export type CdrEvidence = {
  readonly readings: number;
  readonly readingsHash: string;
  readonly quality: "signed" | "register" | "interval" | "power" | "none" | "stated" | "decided";
  readonly session: {
    readonly transactionId: string;
    readonly protocol: "ocpp1.6" | "ocpp2.0.1" | "ocpp2.1" | "push";
    readonly start?: {
      /** As the charger sent it. */
      readonly startedAt: string;
      readonly receivedAt: string;
      readonly meterStart?: number;
      readonly isContinued?: true;
      readonly tokenId: string;
      readonly accountId?: string;
      readonly authorization: string;
      readonly promoCode?: string;
      readonly tokenAt?: string;
    };
    readonly stop?: {
      /** As the charger sent it. */
      readonly endedAt: string;
      readonly receivedAt: string;
      readonly meterStop?: number;
      readonly reason: string;
      readonly tokenId?: string;
      /** Who ended the session by hand, and why. */
      readonly byHand?: {
        readonly reason: string;
        readonly apiKeyId: string;
        readonly name: string;
      };
    };
    /** In Wh, of all stops of the session, where several different ones came. */
    readonly stopRegisters?: {
      readonly lowest: number;
      readonly highest: number;
    };
    readonly tariffId?: string;
    readonly maxPowerW?: number;
    readonly previousSessionId?: string;
    readonly anomalies: readonly (Anomaly)[];
  };
  readonly basis: {
    readonly decision?: {
      readonly kind: "accept";
      readonly reason?: string;
      readonly tariffId?: string;
      readonly decidedAt: string;
      readonly decidedBy: {
        readonly apiKeyId: string;
        readonly name: string;
      } | {
        readonly invocationId: string;
        readonly name: string;
      };
    } | {
      readonly kind: "setEnergy";
      readonly energyKwh: number;
      readonly reason: string;
      readonly tariffId?: string;
      readonly decidedAt: string;
      readonly decidedBy: {
        readonly apiKeyId: string;
        readonly name: string;
      } | {
        readonly invocationId: string;
        readonly name: string;
      };
    } | {
      readonly kind: "void";
      readonly reason: string;
      readonly decidedAt: string;
      readonly decidedBy: {
        readonly apiKeyId: string;
        readonly name: string;
      } | {
        readonly invocationId: string;
        readonly name: string;
      };
    };
    /** Why the session is billed by another tariff than at its start; cdrId was credited for it. */
    readonly correction?: {
      readonly kind: "tariff";
      readonly reason: string;
      readonly tariffId: string;
      readonly tariffVersion?: number;
      readonly decidedAt: string;
      readonly decidedBy: {
        readonly apiKeyId: string;
        readonly name: string;
      } | {
        readonly invocationId: string;
        readonly name: string;
      };
      readonly cdrId: string;
    };
    readonly previousRegister?: {
      readonly sessionId: string;
      readonly wh: number;
      readonly startWh?: number;
      readonly endedAt?: string;
    };
    readonly previousSigned?: {
      readonly sessionId: string;
      readonly meterSerial: string;
      readonly meterKeyId: string;
      readonly wh: number;
    };
    readonly previousPowerW?: number;
    readonly chargerCommissionedAt?: string;
    readonly chargerRegisteredAt?: string;
    readonly chargerBootedAt?: string;
    readonly chargerConnectedAt?: string;
    readonly meterKeys?: readonly ({
      readonly meterKeyId: string;
      readonly publicKey: string;
      readonly encoding?: "hex" | "base64";
      readonly connector?: {
        readonly evseId: number;
        readonly connectorId: number;
      };
      readonly meterSerial?: string;
      readonly validFrom?: string;
      readonly validUntil?: string;
    })[];
    readonly promoCode?: {
      readonly kind: "redeemed";
      readonly code: string;
      readonly benefit: {
        readonly kind: "percent";
        readonly percent: string;
      } | {
        readonly kind: "amount";
        readonly currency: string;
        readonly inclVat: string;
      } | {
        readonly kind: "kWh";
        readonly kwh: string;
      } | {
        readonly kind: "minutes";
        readonly minutes: number;
      };
      readonly redeemedAt: string;
    } | {
      readonly kind: "refused";
      readonly code: string;
      readonly reason: string;
    };
    readonly settings?: {
      readonly zeroEnergy: {
        readonly bill: "nothing" | "tariff";
        readonly upToKwh: number;
      };
      readonly aborted: {
        readonly waiveSessionFee: boolean;
        readonly stopReasons: readonly ("DeAuthorized" | "EmergencyStop" | "GroundFault" | "HardReset" | "ImmediateReset" | "Other" | "OvercurrentFault" | "PowerLoss" | "PowerQuality" | "Reboot" | "ReqEnergyTransferRejected" | "SoftReset" | "UnlockCommand" | "Abandoned" | "Superseded")[];
      };
    };
    readonly limits?: {
      readonly longestSessionDays: number;
      readonly highestPrice?: string;
    };
    readonly timeZoneData?: {
      readonly version: string;
      readonly offsets: readonly ({
        readonly from: string;
        readonly minutes: number;
      })[];
      readonly until: string;
    };
  };
  readonly rules: {
    readonly metering: number;
    readonly pricing: number;
    readonly cdr: number;
  };
  readonly signedValues?: readonly ({
    readonly format: "ocmf" | "alfen" | "edl" | "mennekes" | "pcdf" | "unknown";
    readonly record?: string;
    readonly recordHash?: string;
    readonly publicKey?: string;
    readonly contexts: readonly (string)[];
    readonly verdict: {
      readonly kind: "valid" | "invalid" | "unverified";
      readonly reason?: string;
      readonly message: string;
      readonly remarks: readonly (string)[];
      readonly meterKeyId?: string;
    };
  })[];
  readonly signedValuesLeftOut?: number;
  readonly signedPair?: {
    readonly kind: "pair";
    readonly startedAt: string;
    readonly endedAt: string;
    readonly energyKwh: number;
    readonly meterSerial: string;
    readonly time: "clock" | "duration" | "none";
    readonly stray: readonly (string)[];
  } | {
    readonly kind: "no-pair";
    readonly problems: readonly (string)[];
  };
};

/** `CdrSeal` of the operator API. */
export type CdrSeal = {
  readonly sequence: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly signature: string;
  readonly keyId: string;
  readonly publicKey?: string;
};

/** `CdrDecision` of the operator API. */
export type CdrDecision = {
  readonly cdrId?: string;
  readonly sessionId: string;
  readonly decision: "accept" | "setEnergy" | "void";
  readonly reason?: string;
  readonly energyKwh?: number;
  readonly tariffId?: string;
  readonly decidedAt: string;
  readonly decidedBy: {
    readonly apiKeyId: string;
    readonly name: string;
  } | {
    readonly invocationId: string;
    readonly name: string;
  };
};

/** `CdrCorrection` of the operator API. */
export type CdrCorrection = {
  /** The CDR that is corrected. */
  readonly cdrId: string;
  readonly sessionId: string;
  readonly reason: string;
  readonly tariffId?: string;
  readonly tariffVersion?: number;
  readonly credit?: true;
  /** The credit, once it is sealed. */
  readonly creditCdrId: string;
  /** The CDR that replaces the corrected one, once it is sealed; null without one. */
  readonly newCdrId: string | null;
  readonly decidedAt: string;
  readonly decidedBy: {
    readonly apiKeyId: string;
    readonly name: string;
  } | {
    readonly invocationId: string;
    readonly name: string;
  };
};

/** `ReceiptLink` of the operator API. */
export type ReceiptLink = {
  readonly receiptUrl: string;
  readonly sessionId: string;
  readonly createdAt: string;
};

/** `Bill` of the operator API. */
export type Bill = {
  readonly sessionId: string;
  readonly state: "unpaid" | "failed" | "paid" | "refund-due";
  readonly currency: string;
  /** The sum of its CDRs and credits, with VAT. */
  readonly due: string;
  /** Captured less refunded, and what came back of that. */
  readonly received: string;
  /** Still to be paid, in whole coins; below 0 to be refunded. */
  readonly open: string;
  readonly cdrs: readonly ({
    readonly cdrId: string;
    readonly inclVat: string;
  })[];
  readonly payments: readonly ({
    readonly reference: string;
    readonly kind: "captured" | "refunded" | "failed" | "refund-failed";
    readonly amount: string;
    readonly method: string | null;
    readonly at: string;
  })[];
};

/** `PaymentSettings` of the operator API. */
export type PaymentSettings = {
  readonly adapter: "none" | "invoice" | "stripe";
  readonly stripe: {
    readonly apiUrl: string;
    /** The URL that is to be entered at Stripe as the receiver of its events. */
    readonly webhookUrl: string;
    readonly holds: { readonly [name: string]: {
      readonly amount: string;
      readonly most: string;
    } };
  } | null;
};

/** `PayLink` of the operator API. */
export type PayLink = {
  readonly payLinkId: string;
  readonly evseId: number;
  readonly connectorId: number;
  /** The page at which a driver pays by card. */
  readonly payUrl: string;
  /** The page as a QR code, SVG. */
  readonly qrUrl: string;
  readonly createdAt: string;
};

/** `Rollup` of the operator API. */
export type Rollup = {
  /** The day (YYYY-MM-DD), the month (YYYY-MM), or the id of the group. */
  readonly group: string;
  readonly currency: string;
  /** Sealed CDRs less credits. */
  readonly sessions: number;
  readonly energyKwh: number;
  readonly revenue: Money;
  /** From the start to the end of each session. */
  readonly occupiedSeconds: number;
  readonly chargingSeconds: number;
  readonly idleSeconds: number;
};

/** `ChargerRollup` of the operator API. */
export type ChargerRollup = {
  /** The day (YYYY-MM-DD), the month (YYYY-MM), or the id of the group. */
  readonly group: string;
  readonly currency: string;
  /** Sealed CDRs less credits. */
  readonly sessions: number;
  readonly energyKwh: number;
  readonly revenue: Money;
  /** From the start to the end of each session. */
  readonly occupiedSeconds: number;
  readonly chargingSeconds: number;
  readonly idleSeconds: number;
  /** Occupied time over that of all connectors, from the begin of the month, or when it was commissioned or else registered, until its end or now; null where no connectors were registered. */
  readonly utilisationPercent: string | null;
};

/** `LocationMonth` of the operator API. */
export type LocationMonth = {
  readonly locationId: string;
  readonly month: string;
  /** Those that belong to it now. */
  readonly chargers: number;
  /** Those that its chargers are registered with. */
  readonly connectors: number;
  /** Occupied time over that of all connectors of its chargers, each from the begin of the month, or when its charger was commissioned or else registered, until its end or now; null where no connectors were registered. */
  readonly utilisationPercent: string | null;
  /** One for each currency. */
  readonly sums: readonly (Rollup)[];
};

/** `Uptime` of the operator API. */
export type Uptime = {
  readonly chargerId: string;
  readonly locationId: string | null;
  readonly maxPowerKw: number | null;
  readonly definition: "nevi" | "uk" | "contract";
  readonly thresholdPercent: string;
  /** Begin of the window, or when the charger was commissioned, or else registered, where that is later. */
  readonly from: string;
  /** End of the window, or now where that is earlier; `from` where the charger was not there yet, or the window has not begun. */
  readonly to: string;
  readonly connectors: readonly ({
    readonly evseId: number;
    readonly connectorId: number;
    /** 3 decimals, rounded down; null where nothing is known of the window. */
    readonly uptimePercent: string | null;
    readonly isReached: boolean | null;
    readonly countedMinutes: number;
    /** What was excluded of it is included. */
    readonly outageMinutes: number;
    readonly excludedMinutes: number;
    readonly leftOutMinutes: number;
  })[];
};

/** `ChargerAlerts` of the operator API. */
export type ChargerAlerts = {
  readonly chargerId: string;
  readonly locationId: string | null;
  readonly alerts: readonly ({
    readonly kind: "offline" | "often-offline" | "faulted" | "frozen-register" | "lost-phase" | "stuck-session" | "silent-session" | "long-session" | "unused";
    readonly since: string;
    readonly evseId: number | null;
    readonly connectorId: number | null;
    readonly sessionId: string | null;
  })[];
};

/** `FailedSession` of the operator API. */
export type FailedSession = {
  readonly sessionId: string;
  readonly cdrId: string;
  readonly chargerId: string;
  readonly evseId: number;
  readonly connectorId: number;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly energyKwh: number;
  readonly failure: "no-energy" | "stopped-by-fault" | "never-stopped";
  readonly stopReason: string | null;
};

/** `AbnormalReadings` of the operator API. */
export type AbnormalReadings = {
  readonly sessionId: string;
  readonly cdrId: string;
  readonly chargerId: string;
  readonly evseId: number;
  readonly connectorId: number;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly energyKwh: number;
  readonly anomalies: readonly (Anomaly)[];
};

/** `UptimeExclusion` of the operator API. */
export type UptimeExclusion = {
  readonly exclusionId: string;
  readonly from: string;
  readonly to: string;
  readonly cause: "utility-outage" | "vehicle-fault" | "scheduled-maintenance" | "vandalism" | "natural-disaster" | "other";
  readonly evseId: number | null;
  readonly note: string | null;
};

/** `Event` of the operator API. */
export type Event = {
  readonly type: "charger.connected" | "charger.disconnected" | "charger.offline" | "charger.online" | "charger.status" | "charger.fault" | "charger.alert" | "session.started" | "session.updated" | "session.ended" | "session.anomaly" | "session.failed" | "cdr.created" | "cdr.held" | "command.finished" | "campaign.state_changed" | "payment.failed" | "account.limit_reached" | "webhook.disabled" | "webhook.test";
  /** Greater, as text, than the ids of all earlier events. */
  readonly id: string;
  readonly at: string;
  readonly operatorId: string;
  /** What it is about, by its type: docs/webhooks.md. */
  readonly data: { readonly [name: string]: unknown };
};

/** `NewWebhook` of the operator API. */
export type NewWebhook = {
  readonly webhookId: string;
  readonly url: string;
  readonly events: readonly (string)[];
  readonly description: string | null;
  readonly state: "enabled" | "disabled";
  /** Why nothing is sent: gone after an answer 410, failing for five days. */
  readonly disabled: {
    readonly reason: "operator" | "gone" | "failing";
    readonly at: string;
  } | null;
  /** The first failure since the last success; after five days nothing more is sent. */
  readonly failingSince: string | null;
  /** whpk_…: verifies the signatures v1a (Ed25519). */
  readonly publicKey: string;
  readonly previousSecretUntil: string | null;
  readonly createdAt: string;
  /** whsec_…: verifies the signatures v1 (HMAC); shown only once. */
  readonly secret: string;
};

/** `Webhook` of the operator API. */
export type Webhook = {
  readonly webhookId: string;
  readonly url: string;
  readonly events: readonly (string)[];
  readonly description: string | null;
  readonly state: "enabled" | "disabled";
  /** Why nothing is sent: gone after an answer 410, failing for five days. */
  readonly disabled: {
    readonly reason: "operator" | "gone" | "failing";
    readonly at: string;
  } | null;
  /** The first failure since the last success; after five days nothing more is sent. */
  readonly failingSince: string | null;
  /** whpk_…: verifies the signatures v1a (Ed25519). */
  readonly publicKey: string;
  readonly previousSecretUntil: string | null;
  readonly createdAt: string;
};

/** `Delivery` of the operator API. */
export type Delivery = {
  readonly deliveryId: string;
  readonly state: "pending" | "delivered" | "failed";
  readonly event: Event;
  readonly attemptCount: number;
  readonly nextAttemptAt: string | null;
  readonly attempts: readonly ({
    readonly at: string;
    readonly url: string;
    readonly milliseconds: number;
    readonly status: number | null;
    /** Why there was no answer, as TIMEOUT, ADDRESS_REFUSED or ECONNREFUSED. */
    readonly error: string | null;
    readonly request: {
      readonly headers: { readonly [name: string]: string };
    };
    readonly response: {
      readonly headers: { readonly [name: string]: string };
      readonly body: string;
    } | null;
  })[];
};

/** `InvitedPartner` of the operator API. */
export type InvitedPartner = {
  readonly partnerId: string;
  readonly name: string;
  /** unregistered: the partner took its registration back and needs a new token A. */
  readonly state: "invited" | "registered" | "suspended" | "unregistered";
  /** The version of OCPI that is spoken. */
  readonly version: string | null;
  readonly roles: readonly (string)[];
  readonly ourParties: readonly ({
    readonly countryCode: string;
    readonly partyId: string;
  })[];
  readonly versions: readonly (string)[];
  readonly quirks: readonly (string)[];
  readonly negativeCredits: boolean;
  /** Hours between two pulls; null: only when asked for. */
  readonly pullEveryHours: number | null;
  readonly askUnknownTokens: boolean;
  readonly tariffIds: { readonly [name: string]: string };
  readonly ofDeployment: boolean;
  readonly countryCode: string | null;
  readonly partyId: string | null;
  /** The party of the hub that the partner is. */
  readonly hub: {
    readonly countryCode: string;
    readonly partyId: string;
  } | null;
  readonly registration: {
    readonly version: string;
    readonly versionsUrl: string;
    readonly registeredAt: string;
    readonly endpoints: readonly ({
      readonly identifier: string;
      readonly role: string | null;
      readonly url: string;
    })[];
    readonly parties: readonly ({
      readonly role: string | null;
      readonly countryCode: string;
      readonly partyId: string;
      readonly name: string;
    })[];
  } | null;
  readonly suspendedAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Our list of versions, for the partner. */
  readonly versionsUrl: string;
  /** The token that the partner registers with; shown only once. */
  readonly tokenA: string | null;
};

/** `Partner` of the operator API. */
export type Partner = {
  readonly partnerId: string;
  readonly name: string;
  /** unregistered: the partner took its registration back and needs a new token A. */
  readonly state: "invited" | "registered" | "suspended" | "unregistered";
  /** The version of OCPI that is spoken. */
  readonly version: string | null;
  readonly roles: readonly (string)[];
  readonly ourParties: readonly ({
    readonly countryCode: string;
    readonly partyId: string;
  })[];
  readonly versions: readonly (string)[];
  readonly quirks: readonly (string)[];
  readonly negativeCredits: boolean;
  /** Hours between two pulls; null: only when asked for. */
  readonly pullEveryHours: number | null;
  readonly askUnknownTokens: boolean;
  readonly tariffIds: { readonly [name: string]: string };
  readonly ofDeployment: boolean;
  readonly countryCode: string | null;
  readonly partyId: string | null;
  /** The party of the hub that the partner is. */
  readonly hub: {
    readonly countryCode: string;
    readonly partyId: string;
  } | null;
  readonly registration: {
    readonly version: string;
    readonly versionsUrl: string;
    readonly registeredAt: string;
    readonly endpoints: readonly ({
      readonly identifier: string;
      readonly role: string | null;
      readonly url: string;
    })[];
    readonly parties: readonly ({
      readonly role: string | null;
      readonly countryCode: string;
      readonly partyId: string;
      readonly name: string;
    })[];
  } | null;
  readonly suspendedAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** `PartnerTest` of the operator API. */
export type PartnerTest = {
  readonly ok: boolean;
  readonly checks: readonly ({
    readonly name: string;
    readonly ok: boolean;
    readonly detail: string;
  })[];
};

/** `PartnerDelivery` of the operator API. */
export type PartnerDelivery = {
  readonly deliveryId: string;
  readonly module: string;
  readonly objectId: string;
  /** failed: given up. impossible: the partner’s version has no words for it. not-pushed: the partner reads it. */
  readonly state: "pending" | "delivered" | "failed" | "impossible" | "not-pushed";
  /** Those that failed since the last success. */
  readonly attempts: number;
  readonly failingSince: string | null;
  readonly lastFailure: {
    readonly at: string;
    readonly http: number | null;
    /** The status of OCPI. */
    readonly statusCode: number | null;
    readonly message: string;
  } | null;
  readonly nextAttemptAt: string | null;
  readonly deliveredAt: string | null;
  /** Where the partner keeps a CDR. */
  readonly location: string | null;
  readonly reason: string | null;
  /** What the partner reads differently, because its version has no field for it: of an object that was pushed, the first 100 differences. */
  readonly losses: readonly ({
    /** In our names, as in tariffs[0].idleGraceMinutes. */
    readonly path: string;
    /** As JSON. */
    readonly lost: string | null;
    /** As JSON; null: nothing. */
    readonly instead: string | null;
  })[];
  /** How many further ones are not kept with the delivery; GET /partners/{partnerId}/losses has all. */
  readonly lossesLeftOut: number;
};

/** `PartnerLoss` of the operator API. */
export type PartnerLoss = {
  readonly deliveryId: string;
  readonly module: "locations" | "tariffs" | "sessions" | "cdrs" | "tokens";
  readonly objectId: string;
  /** Why the partner does not get it at all; else null. */
  readonly reason: string | null;
  readonly losses: readonly ({
    /** In our names, as in tariffs[0].idleGraceMinutes. */
    readonly path: string;
    /** As JSON. */
    readonly lost: string | null;
    /** As JSON; null: nothing. */
    readonly instead: string | null;
  })[];
};

/** `PartnerParty` of the operator API. */
export type PartnerParty = {
  readonly countryCode: string;
  readonly partyId: string;
  readonly roles: readonly ({
    readonly role: string;
    /** CONNECTED, or OFFLINE, PLANNED or SUSPENDED: nothing is sent to the party then. */
    readonly status: string;
    readonly lastUpdated: string;
  })[];
};

/** `OcpiSettings` of the operator API. */
export type OcpiSettings = {
  /** The parties of OCPI that the operator is, the first one first; none until set. */
  readonly parties: readonly ({
    readonly countryCode: string;
    readonly partyId: string;
    readonly businessName: string;
    readonly website: string | null;
    readonly roles: readonly (string)[];
  })[];
};

/** `RoamingLocation` of the operator API. */
export type RoamingLocation = {
  readonly roamingLocationId: string;
  readonly partnerId: string;
  readonly countryCode: string;
  readonly partyId: string;
  /** The partner’s id, which commands name. */
  readonly locationId: string;
  readonly name: string | null;
  readonly operatorName: string | null;
  readonly address: string;
  readonly city: string;
  readonly postalCode: string | null;
  readonly country: string;
  readonly coordinates: {
    readonly latitude: string;
    readonly longitude: string;
  };
  readonly timeZone: string | null;
  /** False: not to be shown to anyone but drivers whom the partner names. */
  readonly publish: boolean;
  readonly evses: number;
  /** EVSEs that a driver can use now. */
  readonly freeEvses: number;
  readonly maxPowerKw: number;
  /** Where it was searched around a point. */
  readonly distanceKm: number | null;
  readonly lastUpdated: string;
};

/** `RoamingEvse` of the operator API. */
export type RoamingEvse = {
  /** The partner’s id, which commands name. */
  readonly evseUid: string;
  /** The id that people see. */
  readonly evseId: string | null;
  readonly status: string;
  readonly capabilities: readonly (string)[];
  readonly physicalReference: string | null;
  readonly connectors: readonly ({
    readonly connectorId: string;
    readonly standard: string;
    readonly format: string;
    readonly powerType: string;
    readonly maxPowerKw: number;
    readonly tariffIds: readonly (string)[];
  })[];
  readonly lastUpdated: string;
};

/** `RoamingSession` of the operator API. */
export type RoamingSession = {
  readonly roamingSessionId: string;
  readonly roaming: true;
  readonly partnerId: string;
  readonly countryCode: string;
  readonly partyId: string;
  /** The partner’s id, which commands name. */
  readonly sessionId: string;
  readonly state: "active" | "ended";
  /** As the partner has it. */
  readonly status: string;
  readonly tokenId: string;
  readonly accountId: string | null;
  readonly locationId: string;
  readonly evseUid: string;
  readonly connectorId: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly energyKwh: string;
  /** So far; null does not mean free. */
  readonly cost: PartnerCost | null;
  readonly lastUpdated: string;
  readonly receivedAt: string;
};

/** `RoamingCdr` of the operator API. */
export type RoamingCdr = {
  readonly roamingCdrId: string;
  readonly partnerId: string;
  readonly countryCode: string;
  readonly partyId: string;
  /** The partner’s id. */
  readonly cdrId: string;
  readonly sessionId: string | null;
  /** unpriced: no difference was found, but the price could not be computed; docs/ocpi.md has the differences by name. */
  readonly verdict: "agrees" | "differs" | "unpriced";
  readonly differences: readonly ({
    readonly code: string;
    /** The field of the CDR as the partner sent it, in the words of its version. */
    readonly path: string;
    readonly stated: string;
    readonly expected: string;
    /** Stated less expected, in the currency, kWh or hours; null for other things. */
    readonly amount: string | null;
  })[];
  /** The partner’s CDR that it takes back. */
  readonly creditOf: string | null;
  /** The invoice that bills it. */
  readonly invoiceReferenceId: string | null;
  readonly tokenId: string;
  readonly accountId: string | null;
  readonly locationId: string;
  readonly evseUid: string;
  readonly connectorId: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly energyKwh: string;
  readonly totalHours: string;
  readonly total: PartnerCost;
  readonly receivedAt: string;
  readonly checkedAt: string;
};

/** `SingleRoamingCdr` of the operator API. */
export type SingleRoamingCdr = {
  readonly roamingCdrId: string;
  readonly partnerId: string;
  readonly countryCode: string;
  readonly partyId: string;
  /** The partner’s id. */
  readonly cdrId: string;
  readonly sessionId: string | null;
  /** unpriced: no difference was found, but the price could not be computed; docs/ocpi.md has the differences by name. */
  readonly verdict: "agrees" | "differs" | "unpriced";
  readonly differences: readonly ({
    readonly code: string;
    /** The field of the CDR as the partner sent it, in the words of its version. */
    readonly path: string;
    readonly stated: string;
    readonly expected: string;
    /** Stated less expected, in the currency, kWh or hours; null for other things. */
    readonly amount: string | null;
  })[];
  /** The partner’s CDR that it takes back. */
  readonly creditOf: string | null;
  /** The invoice that bills it. */
  readonly invoiceReferenceId: string | null;
  readonly tokenId: string;
  readonly accountId: string | null;
  readonly locationId: string;
  readonly evseUid: string;
  readonly connectorId: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly energyKwh: string;
  readonly totalHours: string;
  readonly total: PartnerCost;
  readonly receivedAt: string;
  readonly checkedAt: string;
  /** Our price by its tariff and periods; null, with a note, where there is none. */
  readonly price: {
    readonly exclVat: string | null;
    readonly inclVat: string | null;
    readonly lines: readonly (PriceLine)[];
    readonly notes: readonly (string)[];
  };
  readonly periods: readonly ({
    readonly startedAt: string;
    readonly tariffId: string | null;
    readonly dimensions: readonly ({
      readonly type: string;
      readonly volume: string;
    })[];
  })[];
  readonly remark: string | null;
};

/** `Settlement` of the operator API. */
export type Settlement = {
  readonly partnerId: string;
  readonly name: string;
  readonly month: string;
  /** Ourselves, as the settings say it now. */
  readonly issuer: Issuer | null;
  /** One for each direction, currency and VAT rate, exact to the last digit. */
  readonly sums: readonly ({
    /** receivable: the partner owes us for its drivers; payable: we owe it for ours. */
    readonly direction: "receivable" | "payable";
    readonly currency: string;
    /** Null where no rate is known. */
    readonly vatPercent: string | null;
    readonly exclVat: string;
    /** Null where a CDR does not say it. */
    readonly inclVat: string | null;
    readonly vat: string | null;
    /** CDRs with a part of this rate. */
    readonly cdrs: number;
    readonly energyKwh: string;
    /** Those of them that differ by our check. */
    readonly differingCdrs: number;
    /** How much of the sum without VAT is in dispute by these. */
    readonly differingExclVat: string;
  })[];
  readonly cdrs: readonly ({
    /** receivable: the partner owes us for its drivers; payable: we owe it for ours. */
    readonly direction: "receivable" | "payable";
    readonly cdrId: string;
    readonly sessionId: string | null;
    readonly creditOf: string | null;
    /** Ours on a CDR of the partner. */
    readonly verdict: string | null;
    readonly invoiceReferenceId: string | null;
    readonly tokenId: string;
    readonly endedAt: string;
    /** That it came after the month was over; false on a CDR of ours. */
    readonly isLate: boolean;
    readonly energyKwh: string;
    readonly currency: string;
    readonly parts: readonly ({
      /** Null where no rate is known. */
      readonly vatPercent: string | null;
      readonly exclVat: string;
      /** Null where a CDR does not say it. */
      readonly inclVat: string | null;
    })[];
  })[];
};

/** `RoamingInvoice` of the operator API. */
export type RoamingInvoice = {
  readonly roamingInvoiceId: string;
  readonly partnerId: string;
  readonly countryCode: string;
  readonly partyId: string;
  /** The partner’s id of the record. */
  readonly recordId: string;
  /** Names the invoice, which is delivered elsewhere. */
  readonly invoiceId: string;
  /** CDRs that it bills. */
  readonly cdrs: number;
  readonly lastUpdated: string;
};

/** `SingleRoamingInvoice` of the operator API. */
export type SingleRoamingInvoice = {
  readonly roamingInvoiceId: string;
  readonly partnerId: string;
  readonly countryCode: string;
  readonly partyId: string;
  /** The partner’s id of the record. */
  readonly recordId: string;
  /** Names the invoice, which is delivered elsewhere. */
  readonly invoiceId: string;
  /** CDRs that it bills. */
  readonly cdrs: number;
  readonly lastUpdated: string;
  /** What the invoice ought to say, by currency and VAT rate, exact to the last digit. */
  readonly sums: readonly ({
    readonly currency: string;
    readonly vatPercent: string | null;
    readonly cdrs: number;
    readonly energyKwh: string;
    readonly exclVat: string;
    readonly vat: string | null;
    readonly inclVat: string | null;
  })[];
  /** CDRs of it that never came, by the partner’s ids: they are in no sum. */
  readonly missing: readonly (string)[];
  /** CDRs of it whose price differs from ours, by the partner’s ids. */
  readonly differing: readonly (string)[];
  /** CDRs of it that are billed once more, by the invoices that do: others of this partner, or this one where it names a CDR again. They are in the sums once. */
  readonly billedTwice: readonly ({
    readonly cdrId: string;
    readonly invoiceIds: readonly (string)[];
  })[];
  /** CDRs of it that say themselves that another invoice bills them. */
  readonly otherReference: readonly (string)[];
};

/** `IssuedInvoiceForm` of the operator API. */
export type IssuedInvoiceForm = {
  /** The number of your invoice, which you deliver elsewhere. */
  readonly invoiceNumber: string;
  /** In which the sessions ended (UTC), as in 2026-03. */
  readonly month: string;
  readonly currency: string;
  /** The party of yours that bills; the first one unless stated. */
  readonly party?: {
    readonly countryCode: string;
    readonly partyId: string;
  };
  /** The party behind a hub whose drivers are billed; required there. */
  readonly forParty?: {
    readonly countryCode: string;
    readonly partyId: string;
  };
};

/** `SingleIssuedInvoice` of the operator API. */
export type SingleIssuedInvoice = {
  /** The id of its record at the partner, too. */
  readonly partnerInvoiceId: string;
  readonly partnerId: string;
  readonly invoiceNumber: string;
  /** issuing: it is completed within seconds, or when it is issued once more. taken-back: its CDRs may be on another one. */
  readonly state: "issuing" | "issued" | "taken-back";
  readonly month: string;
  readonly currency: string;
  readonly countryCode: string;
  readonly partyId: string;
  readonly forParty: {
    readonly countryCode: string;
    readonly partyId: string;
  } | null;
  /** CDRs that it bills, 5,000 at most. */
  readonly cdrs: number;
  /** true: the month had more CDRs to bill than one record holds; another invoice, with a number of its own, bills the next ones. */
  readonly hasMore: boolean;
  readonly sums: readonly ({
    readonly vatPercent: string | null;
    readonly cdrs: number;
    readonly energyKwh: string;
    readonly exclVat: string;
    readonly vat: string | null;
    readonly inclVat: string | null;
  })[];
  readonly lastUpdated: string;
  /** For GET /partners/{partnerId}/deliveries: how far the partner is with its record. */
  readonly deliveryId: string;
  readonly cdrIds: readonly (string)[];
};

/** `IssuedInvoice` of the operator API. */
export type IssuedInvoice = {
  /** The id of its record at the partner, too. */
  readonly partnerInvoiceId: string;
  readonly partnerId: string;
  readonly invoiceNumber: string;
  /** issuing: it is completed within seconds, or when it is issued once more. taken-back: its CDRs may be on another one. */
  readonly state: "issuing" | "issued" | "taken-back";
  readonly month: string;
  readonly currency: string;
  readonly countryCode: string;
  readonly partyId: string;
  readonly forParty: {
    readonly countryCode: string;
    readonly partyId: string;
  } | null;
  /** CDRs that it bills, 5,000 at most. */
  readonly cdrs: number;
  /** true: the month had more CDRs to bill than one record holds; another invoice, with a number of its own, bills the next ones. */
  readonly hasMore: boolean;
  readonly sums: readonly ({
    readonly vatPercent: string | null;
    readonly cdrs: number;
    readonly energyKwh: string;
    readonly exclVat: string;
    readonly vat: string | null;
    readonly inclVat: string | null;
  })[];
  readonly lastUpdated: string;
  /** For GET /partners/{partnerId}/deliveries: how far the partner is with its record. */
  readonly deliveryId: string;
};

/** `RoamingPulls` of the operator API. */
export type RoamingPulls = {
  readonly partnerId: string;
  readonly pulls: readonly ({
    readonly module: "locations" | "tariffs" | "sessions" | "cdrs" | "invoicereconciliation" | "tokens" | "hubclientinfo";
    readonly state: "running" | "complete" | "failed";
    /** Null in a pull of everything. */
    readonly since: string | null;
    /** What the partner counts. */
    readonly total: number | null;
    readonly received: number;
    /** Objects that could not be kept. */
    readonly refused: number;
    readonly examples: readonly ({
      readonly id: string;
      readonly problems: readonly ({
        readonly path: string;
        readonly message: string;
      })[];
    })[];
    readonly error: string | null;
    readonly startedAt: string;
    readonly updatedAt: string;
  })[];
};

/** `RoamingChargingProfile` of the operator API. */
export type RoamingChargingProfile = {
  readonly unit: "A" | "W";
  readonly startsAt?: string;
  readonly durationSeconds?: string | number;
  readonly minimum?: number;
  readonly periods: readonly ({
    readonly startSeconds: string | number;
    readonly limit: number;
  })[];
};

/** `RoamingCommand` of the operator API. */
export type RoamingCommand = {
  readonly roamingCommandId: string;
  readonly partnerId: string;
  readonly type: "start" | "stop" | "reserve" | "cancel-reservation" | "unlock" | "set-charging-profile" | "clear-charging-profile" | "composite-schedule";
  /** sent: the partner has it; accepted: it was carried out; cancelled: a reservation that was taken back. A result may come late. */
  readonly state: "sent" | "accepted" | "rejected" | "failed" | "cancelled" | "timed-out";
  readonly locationId: string | null;
  readonly evseUid: string | null;
  readonly connectorId: string | null;
  readonly sessionId: string | null;
  readonly tokenId: string | null;
  /** The number that the partner got. */
  readonly reservationId: string | null;
  readonly reservedUntil: string | null;
  /** The profile that the session is charged by, as the partner said last. */
  readonly activeProfile: {
    readonly from: string;
    readonly unit: string;
    readonly durationSeconds: number | null;
    readonly periods: readonly ({
      readonly startSeconds: number;
      readonly limit: string;
    })[];
  } | null;
  /** The partner’s word at once. */
  readonly response: string | null;
  /** The partner’s word for the outcome. */
  readonly result: string | null;
  readonly message: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly expiresAt: string;
};

/** `Settings` of the operator API. */
export type Settings = {
  /** The tariff of chargers that have none, nor a location with one. */
  readonly tariffId: string | null;
  /** The time zone of chargers that have none, nor a location; UTC where it is null. */
  readonly timeZone: string | null;
  /** Whether chargers of OCPP 2 get what a running session costs so far with each answer to an update, to show it. */
  readonly showRunningCost: boolean;
  /** Whether a tag of a charger is read without its spaces, as in 04A2B3C4 for 04 A2 B3 C4; from its next connection on. */
  readonly ignoreTagSpaces: boolean;
  /** The group (parentTokenId) whose tokens stop any session and begin none; from the next connection of a charger on. */
  readonly masterPassGroup: string | null;
  /** Who sells: receipts whose link is made from then on, statements and settlements name it. */
  readonly issuer: Issuer | null;
  readonly zeroEnergy: {
    readonly bill: "nothing" | "tariff";
    readonly upToKwh: number;
  };
  readonly aborted: {
    readonly waiveSessionFee: boolean;
    readonly stopReasons: readonly ("DeAuthorized" | "EmergencyStop" | "GroundFault" | "HardReset" | "ImmediateReset" | "Other" | "OvercurrentFault" | "PowerLoss" | "PowerQuality" | "Reboot" | "ReqEnergyTransferRejected" | "SoftReset" | "UnlockCommand" | "Abandoned" | "Superseded")[];
  };
  readonly neverStopped: {
    readonly closeAfterHours: number;
    readonly closeWhenAvailableMinutes: number;
  };
  readonly missingMessages: {
    readonly waitMinutes: number;
  };
  readonly limits: {
    readonly longestSessionDays: number;
    readonly highestPrice: { readonly [name: string]: string };
  };
};

/** `MonitoringSettings` of the operator API. */
export type MonitoringSettings = {
  readonly failedSessions: {
    /** Energy up to which a session counts as one that gave none. */
    readonly noEnergyKwh: string;
  };
  readonly abnormalReadings: {
    readonly from: "warning" | "error";
  };
  readonly alerts: {
    readonly offlineMinutes: number;
    readonly absencesPerDay: number;
    readonly frozenMinutes: number;
    readonly lostPhaseMinutes: number;
    readonly stuckMinutes: number;
    readonly stuckWatts: number;
    readonly silentMinutes: number;
    readonly longHours: number;
    readonly unusedDays: number;
  };
  readonly uptime: {
    readonly thresholdPercent: {
      readonly nevi: string;
      readonly uk: string;
      readonly contract: string;
    };
    readonly contract: {
      readonly offline: "outage" | "left-out";
      readonly excludedCauses: readonly ("utility-outage" | "vehicle-fault" | "scheduled-maintenance" | "vandalism" | "natural-disaster" | "other")[];
      readonly setsClosedHoursAside: boolean;
      readonly aside: "up" | "left-out";
    };
  };
};

/** `ChargerAuthority` of the operator API. */
export type ChargerAuthority = {
  /** PEM: what a trust store of CloudFront takes. */
  readonly certificate: string;
  /** SHA-256 of its DER, hexadecimal. */
  readonly fingerprint: string;
  readonly validUntil: string;
};

/** `Admission` of the operator API. */
export type Admission = {
  /** True if a charger that is registered from now on is pending until it is approved. */
  readonly approveNewChargers: boolean;
  /** Places for unknown chargers that try to connect by the URL of the operator, and hours after which one that does not come again is forgotten. Closed while there is no place. */
  readonly waitingRoom: {
    readonly places: number;
    readonly hours: number;
  };
};

/** `NewApiKey` of the operator API. */
export type NewApiKey = {
  readonly apiKeyId: string;
  readonly name: string;
  readonly scopes: readonly (string)[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly chargerId: string | null;
  readonly tariffId: string | null;
  readonly timeZone: string | null;
  readonly locationIds: readonly (string)[] | null;
  /** When it was used last, at most an hour behind; null where it never was. */
  readonly lastUsedAt: string | null;
  /** The key itself, shown only once. */
  readonly apiKey: string;
};

/** `ApiKey` of the operator API. */
export type ApiKey = {
  readonly apiKeyId: string;
  readonly name: string;
  readonly scopes: readonly (string)[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly chargerId: string | null;
  readonly tariffId: string | null;
  readonly timeZone: string | null;
  readonly locationIds: readonly (string)[] | null;
  /** When it was used last, at most an hour behind; null where it never was. */
  readonly lastUsedAt: string | null;
};

/** `PushedSession` of the operator API. */
export type PushedSession = {
  readonly carConnected: string;
  readonly carDisconnected: string;
  /** With up to 1 decimal. */
  readonly kiloWattHours: number;
};

/** `PushOutcome` of the operator API. */
export type PushOutcome = {
  /** Sessions that are stored from now on. */
  readonly accepted: number;
  /** Sessions that were known already, and are skipped. */
  readonly duplicates: number;
};

/** keyId is that of the seals; publicKey is SPKI in DER and base64. Each key seals CDRs from validFrom (null: from the first one on) until validUntil (null: it is in use). */
export type PublishedKey = {
  readonly keyId: string;
  readonly algorithm: "ECDSA_SHA_256";
  readonly publicKey: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
};

/** `Receipt` of the operator API. */
export type Receipt = {
  readonly state: "pending";
  readonly sessionId: string;
} | {
  readonly state: "final";
  readonly cdrId: string;
  readonly sessionId: string;
  readonly issuedBy: string;
  /** As the settings said it when the link was made. */
  readonly issuer: Issuer | null;
  readonly chargerId: string;
  readonly evseId: number;
  readonly connectorId: number;
  readonly place: {
    readonly name: string;
    readonly address: string;
    readonly city: string;
    readonly country: string;
  } | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly timeZone: string;
  readonly durationSeconds: number;
  readonly energyKwh: number;
  readonly meterStart: {
    readonly wh: number;
    readonly at: string;
    readonly signed?: string;
  } | null;
  readonly meterStop: {
    readonly wh: number;
    readonly at: string;
    readonly signed?: string;
  } | null;
  readonly tariffName: string | null;
  readonly lines: readonly (PriceLine)[];
  readonly vat: readonly ({
    readonly vatPercent: string | null;
    readonly exclVat: string;
    readonly vat: string;
    readonly inclVat: string;
  })[];
  readonly total: Money;
  readonly replaces: string | null;
  /** The credit that takes the bill back, with nothing billed instead. */
  readonly creditedBy: string | null;
  readonly correctionReason: string | null;
  /** The total, or nothing of a bill that was taken back. */
  readonly due: Money;
  readonly signedValues: readonly ({
    readonly format: string;
    readonly record?: string;
    readonly recordHash?: string;
    readonly publicKey?: string;
    readonly keyEncoding?: string;
    readonly contexts: readonly (string)[];
    readonly verdict: "valid" | "invalid" | "unverified";
    readonly message: string;
  })[];
  readonly signedValuesLeftOut: number;
  readonly signedEnergyKwh: number | null;
  readonly meterSerial: string | null;
  readonly seal: {
    readonly sequence: number;
    readonly hash: string;
    readonly signature: string;
    readonly keyId: string;
  };
};

/** Calls of the operator API by their routes, with their arguments, their answers and the codes by which they refuse. */
export type Operations = {
  /** Registers a charger and shows its password and connection token once. Scope: `chargers:write` */
  readonly "POST /chargers": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly chargerId: string;
      readonly name?: string;
      readonly maxPowerKw?: string | number;
      readonly connectors?: string | number;
      /** Its EVSEs and their connectors in the words of OCPI; replaced as a whole. A charger of OCPP 1.6 has an EVSE for each connector, with the same number. */
      readonly evses?: readonly ({
        readonly evseId: number;
        readonly emi3Id?: string;
        readonly physicalReference?: string;
        readonly floorLevel?: string;
        readonly capabilities?: readonly ("CHARGING_PROFILE_CAPABLE" | "CHARGING_PREFERENCES_CAPABLE" | "CHIP_CARD_SUPPORT" | "CONTACTLESS_CARD_SUPPORT" | "CREDIT_CARD_PAYABLE" | "DEBIT_CARD_PAYABLE" | "PED_TERMINAL" | "REMOTE_START_STOP_CAPABLE" | "RESERVABLE" | "RFID_READER" | "START_SESSION_CONNECTOR_REQUIRED" | "TOKEN_GROUP_CAPABLE" | "UNLOCK_CAPABLE")[];
        readonly parkingRestrictions?: readonly ("EV_ONLY" | "PLUGGED" | "DISABLED" | "CUSTOMERS" | "MOTORCYCLES")[];
        readonly connectors: readonly ({
          readonly connectorId: number;
          readonly standard?: "CHADEMO" | "DOMESTIC_A" | "DOMESTIC_B" | "DOMESTIC_C" | "DOMESTIC_D" | "DOMESTIC_E" | "DOMESTIC_F" | "DOMESTIC_G" | "DOMESTIC_H" | "DOMESTIC_I" | "DOMESTIC_J" | "DOMESTIC_K" | "DOMESTIC_L" | "IEC_60309_2_single_16" | "IEC_60309_2_three_16" | "IEC_60309_2_three_32" | "IEC_60309_2_three_64" | "IEC_62196_T1" | "IEC_62196_T1_COMBO" | "IEC_62196_T2" | "IEC_62196_T2_COMBO" | "IEC_62196_T3A" | "IEC_62196_T3C" | "TESLA_R" | "TESLA_S" | "CHAOJI" | "DOMESTIC_M" | "DOMESTIC_N" | "DOMESTIC_O" | "GBT_AC" | "GBT_DC" | "NEMA_5_20" | "NEMA_6_30" | "NEMA_6_50" | "NEMA_10_30" | "NEMA_10_50" | "NEMA_14_30" | "NEMA_14_50" | "PANTOGRAPH_BOTTOM_UP" | "PANTOGRAPH_TOP_DOWN";
          readonly format?: "SOCKET" | "CABLE";
          readonly powerType?: "AC_1_PHASE" | "AC_3_PHASE" | "DC" | "AC_2_PHASE" | "AC_2_PHASE_SPLIT";
          readonly maxVoltage?: number;
          readonly maxAmperage?: number;
          readonly maxPowerW?: number;
          readonly tariffId?: string;
        })[];
      })[];
      readonly timeZone?: string;
      readonly tariffId?: string;
      readonly locationId?: string;
      /** When it was commissioned, where that was before it is registered: a session that is dated before that is held. */
      readonly commissionedAt?: string;
      readonly password?: string;
    };
    readonly answer: RegisteredCharger;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "TARIFF_NOT_FOUND" | "LOCATION_NOT_FOUND" | "CHARGER_EXISTS" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists chargers by id, all or those of a location, that are online or not, or have a connector in a status, with their connection and connectors. Scope: `chargers:read` */
  readonly "GET /chargers": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Only what belongs to the location with this id. */
      readonly locationId?: string;
      /** Chargers that can be heard now, or those that cannot. */
      readonly online?: "true" | "false";
      /** Chargers with a connector in this status. With it, as with online, a page may have fewer items than its limit, even none, while there are more. */
      readonly status?: "Available" | "Preparing" | "Charging" | "SuspendedEV" | "SuspendedEVSE" | "Finishing" | "Reserved" | "Unavailable" | "Faulted" | "Occupied";
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Charger)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a charger with its connection and connectors. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Charger;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Changes what a charger was registered with, from its next session on; null removes a value. Scope: `chargers:write` */
  readonly "PATCH /chargers/{chargerId}": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: {
      readonly name?: string | null;
      readonly maxPowerKw?: string | number | null;
      readonly connectors?: string | number | null;
      readonly evses?: readonly ({
        readonly evseId: number;
        readonly emi3Id?: string;
        readonly physicalReference?: string;
        readonly floorLevel?: string;
        readonly capabilities?: readonly ("CHARGING_PROFILE_CAPABLE" | "CHARGING_PREFERENCES_CAPABLE" | "CHIP_CARD_SUPPORT" | "CONTACTLESS_CARD_SUPPORT" | "CREDIT_CARD_PAYABLE" | "DEBIT_CARD_PAYABLE" | "PED_TERMINAL" | "REMOTE_START_STOP_CAPABLE" | "RESERVABLE" | "RFID_READER" | "START_SESSION_CONNECTOR_REQUIRED" | "TOKEN_GROUP_CAPABLE" | "UNLOCK_CAPABLE")[];
        readonly parkingRestrictions?: readonly ("EV_ONLY" | "PLUGGED" | "DISABLED" | "CUSTOMERS" | "MOTORCYCLES")[];
        readonly connectors: readonly ({
          readonly connectorId: number;
          readonly standard?: "CHADEMO" | "DOMESTIC_A" | "DOMESTIC_B" | "DOMESTIC_C" | "DOMESTIC_D" | "DOMESTIC_E" | "DOMESTIC_F" | "DOMESTIC_G" | "DOMESTIC_H" | "DOMESTIC_I" | "DOMESTIC_J" | "DOMESTIC_K" | "DOMESTIC_L" | "IEC_60309_2_single_16" | "IEC_60309_2_three_16" | "IEC_60309_2_three_32" | "IEC_60309_2_three_64" | "IEC_62196_T1" | "IEC_62196_T1_COMBO" | "IEC_62196_T2" | "IEC_62196_T2_COMBO" | "IEC_62196_T3A" | "IEC_62196_T3C" | "TESLA_R" | "TESLA_S" | "CHAOJI" | "DOMESTIC_M" | "DOMESTIC_N" | "DOMESTIC_O" | "GBT_AC" | "GBT_DC" | "NEMA_5_20" | "NEMA_6_30" | "NEMA_6_50" | "NEMA_10_30" | "NEMA_10_50" | "NEMA_14_30" | "NEMA_14_50" | "PANTOGRAPH_BOTTOM_UP" | "PANTOGRAPH_TOP_DOWN";
          readonly format?: "SOCKET" | "CABLE";
          readonly powerType?: "AC_1_PHASE" | "AC_3_PHASE" | "DC" | "AC_2_PHASE" | "AC_2_PHASE_SPLIT";
          readonly maxVoltage?: number;
          readonly maxAmperage?: number;
          readonly maxPowerW?: number;
          readonly tariffId?: string;
        })[];
      })[] | null;
      readonly timeZone?: string | null;
      readonly tariffId?: string | null;
      readonly locationId?: string | null;
      readonly commissionedAt?: string | null;
      /** The version that the change is based on; the change is refused if it is not the latest. */
      readonly version?: number;
    };
    readonly answer: Charger;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "TARIFF_NOT_FOUND" | "LOCATION_NOT_FOUND" | "CHARGER_CHANGED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Deletes a charger that has no active session; its sessions, CDRs, readings and meter keys stay. Scope: `chargers:write` */
  readonly "DELETE /chargers/{chargerId}": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "CHARGER_HAS_ACTIVE_SESSION" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Accepts a charger, which is then asked to boot again, or makes it pending or rejected, which closes its connection. Scope: `chargers:write` */
  readonly "POST /chargers/{chargerId}/approval": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: {
      readonly approval: "accepted" | "pending" | "rejected";
    };
    readonly answer: Charger;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the unknown chargers that tried to connect by the URL of the operator, by id, while the waiting room is open. Scope: `chargers:read` */
  readonly "GET /waiting-chargers": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (WaitingCharger)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Registers a charger that waits, and shows its password and connection token once: enter one of them in the charger. Scope: `chargers:write` */
  readonly "POST /waiting-chargers/{waitingChargerId}/adopt": {
    readonly path: {
      /** The id of the waiting charger. */
      readonly waitingChargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly name?: string;
      readonly maxPowerKw?: string | number;
      readonly connectors?: string | number;
      /** Its EVSEs and their connectors in the words of OCPI; replaced as a whole. A charger of OCPP 1.6 has an EVSE for each connector, with the same number. */
      readonly evses?: readonly ({
        readonly evseId: number;
        readonly emi3Id?: string;
        readonly physicalReference?: string;
        readonly floorLevel?: string;
        readonly capabilities?: readonly ("CHARGING_PROFILE_CAPABLE" | "CHARGING_PREFERENCES_CAPABLE" | "CHIP_CARD_SUPPORT" | "CONTACTLESS_CARD_SUPPORT" | "CREDIT_CARD_PAYABLE" | "DEBIT_CARD_PAYABLE" | "PED_TERMINAL" | "REMOTE_START_STOP_CAPABLE" | "RESERVABLE" | "RFID_READER" | "START_SESSION_CONNECTOR_REQUIRED" | "TOKEN_GROUP_CAPABLE" | "UNLOCK_CAPABLE")[];
        readonly parkingRestrictions?: readonly ("EV_ONLY" | "PLUGGED" | "DISABLED" | "CUSTOMERS" | "MOTORCYCLES")[];
        readonly connectors: readonly ({
          readonly connectorId: number;
          readonly standard?: "CHADEMO" | "DOMESTIC_A" | "DOMESTIC_B" | "DOMESTIC_C" | "DOMESTIC_D" | "DOMESTIC_E" | "DOMESTIC_F" | "DOMESTIC_G" | "DOMESTIC_H" | "DOMESTIC_I" | "DOMESTIC_J" | "DOMESTIC_K" | "DOMESTIC_L" | "IEC_60309_2_single_16" | "IEC_60309_2_three_16" | "IEC_60309_2_three_32" | "IEC_60309_2_three_64" | "IEC_62196_T1" | "IEC_62196_T1_COMBO" | "IEC_62196_T2" | "IEC_62196_T2_COMBO" | "IEC_62196_T3A" | "IEC_62196_T3C" | "TESLA_R" | "TESLA_S" | "CHAOJI" | "DOMESTIC_M" | "DOMESTIC_N" | "DOMESTIC_O" | "GBT_AC" | "GBT_DC" | "NEMA_5_20" | "NEMA_6_30" | "NEMA_6_50" | "NEMA_10_30" | "NEMA_10_50" | "NEMA_14_30" | "NEMA_14_50" | "PANTOGRAPH_BOTTOM_UP" | "PANTOGRAPH_TOP_DOWN";
          readonly format?: "SOCKET" | "CABLE";
          readonly powerType?: "AC_1_PHASE" | "AC_3_PHASE" | "DC" | "AC_2_PHASE" | "AC_2_PHASE_SPLIT";
          readonly maxVoltage?: number;
          readonly maxAmperage?: number;
          readonly maxPowerW?: number;
          readonly tariffId?: string;
        })[];
      })[];
      readonly timeZone?: string;
      readonly tariffId?: string;
      readonly locationId?: string;
      /** When it was commissioned, where that was before it is registered: a session that is dated before that is held. */
      readonly commissionedAt?: string;
      readonly password?: string;
    } | undefined;
    readonly answer: RegisteredCharger;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "WAITING_CHARGER_NOT_FOUND" | "TARIFF_NOT_FOUND" | "LOCATION_NOT_FOUND" | "CHARGER_EXISTS" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Dismisses a charger that waits; it is not shown again before its time is over. Scope: `chargers:write` */
  readonly "DELETE /waiting-chargers/{waitingChargerId}": {
    readonly path: {
      /** The id of the waiting charger. */
      readonly waitingChargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "WAITING_CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists what a charger sent beside its sessions in the last 30 days, as in events, reports and notices of firmware; the latest come first. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/messages": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: {
      /** Only messages of this action of OCPP, as in `StatusNotification`. */
      readonly action?: string;
      /** Only what happened from this time on. */
      readonly from?: string;
      /** Only what happened before this time. */
      readonly to?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (ChargerMessage)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the reports that a charger of OCPP 2 sent in several messages, in the last 30 days; those heard last come first. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/reports": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Report)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the latest report with a request id, put together from its messages. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/reports/{requestId}": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
      /** The number by which the charger was asked for the report. */
      readonly requestId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: WholeReport;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "REPORT_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the settings of a charger as far as its answers have shown them, beside those that it should have. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/configuration": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Configuration;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the components and variables of a charger of OCPP 2, from its reports, with the values that events and answers showed later. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/device-model": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: DeviceModel;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the EVSEs and connectors of a charger of OCPP 2 as its device model describes them, in the form in which a charger takes them. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/proposed-evses": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: ProposedEvses;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the settings that all chargers of the operator should have. Scope: `settings:read` */
  readonly "GET /settings/configuration": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: DesiredConfiguration;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Sets the settings that all chargers of the operator should have. A charger gets them after its next connection, within two hours. Scope: `settings:write` */
  readonly "PUT /settings/configuration": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** The ETag that the resource had when it was fetched: the change is refused with 412 where it was changed since. Without it the change is made in any case. */
      readonly "If-Match"?: string;
    };
    readonly body: {
      readonly useDefaults?: boolean | null;
      readonly ocpp16?: { readonly [name: string]: string | null };
      readonly ocpp2?: { readonly [name: string]: string | null };
      readonly localList?: boolean | null;
      readonly certificates?: readonly ({
        readonly use: "central-system-root" | "manufacturer-root" | "v2g-root" | "mobility-operator-root";
        readonly certificate: string;
      })[];
    };
    readonly answer: DesiredConfiguration;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "PRECONDITION_FAILED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the settings that this one charger should have, besides those of its operator. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/desired-configuration": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: DesiredConfiguration;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Sets the settings that this one charger should have, besides those of its operator. It gets them at once, or when it connects. Scope: `chargers:write` */
  readonly "PUT /chargers/{chargerId}/desired-configuration": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** The ETag that the resource had when it was fetched: the change is refused with 412 where it was changed since. Without it the change is made in any case. */
      readonly "If-Match"?: string;
    };
    readonly body: {
      readonly useDefaults?: boolean | null;
      readonly ocpp16?: { readonly [name: string]: string | null };
      readonly ocpp2?: { readonly [name: string]: string | null };
      readonly localList?: boolean | null;
      readonly certificates?: readonly ({
        readonly use: "central-system-root" | "manufacturer-root" | "v2g-root" | "mobility-operator-root";
        readonly certificate: string;
      })[];
    };
    readonly answer: DesiredConfiguration;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "PRECONDITION_FAILED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the root certificates of a charger as far as its answers to list-certificates have shown them, without those deleted later, and the certificates that were issued to it. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/certificates": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Certificates;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the logs that a charger was asked to upload, the latest first, with what it said of each in the last 30 days. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/logs": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Logs;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a URL at which a log that a charger has uploaded can be downloaded for five minutes. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/logs/{logId}/url": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
      /** The id of the log. */
      readonly logId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Download;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "LOG_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the reservations that a charger confirmed, the latest first, each with what became of it. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/reservations": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Reservations;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the charging profiles that a charger took by commands and that were not replaced, cleared or ended since. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/charging-profiles": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: ChargingProfiles;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Gives a charger a new password, shown once; the old one is valid until the new one is used. With send, a command tells the charger. Scope: `chargers:write` */
  readonly "POST /chargers/{chargerId}/password": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly password?: string;
      readonly send?: boolean;
    } | undefined;
    readonly answer: ChargerPassword;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "CHARGER_NEVER_CONNECTED" | "PASSWORD_NOT_USED_YET" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Gives a charger a new connection token, shown once; the old one is valid until the new one is used. Scope: `chargers:write` */
  readonly "POST /chargers/{chargerId}/connection-token": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: undefined;
    readonly answer: NewConnectionToken;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the connection tokens of a charger, without the tokens themselves. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/connection-tokens": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (ConnectionToken)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Revokes a connection token: no charger connects with it any more, and one that is connected with it is disconnected. Scope: `chargers:write` */
  readonly "DELETE /chargers/{chargerId}/connection-tokens/{connectionTokenId}": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
      /** The id of the connection token. */
      readonly connectionTokenId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "CONNECTION_TOKEN_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Registers a public key of a charger's meter; registering the same key again changes nothing. Scope: `chargers:write` */
  readonly "POST /chargers/{chargerId}/meter-keys": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly publicKey: string;
      readonly encoding?: "hex" | "base64" | null;
      readonly evseId?: string | number | null;
      readonly connectorId?: string | number | null;
      readonly meterSerial?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
    };
    readonly answer: MeterKey;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "METER_KEY_UNREADABLE" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "METER_KEYS_TOO_MANY" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the public keys of a charger's meters. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/meter-keys": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (MeterKey)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the public keys that a charger says its meters have and that are not registered; they verify nothing. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/proposed-meter-keys": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: ProposedMeterKeys;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Deletes a public key of a charger's meter; CDRs keep the keys they were verified with. Scope: `chargers:write` */
  readonly "DELETE /chargers/{chargerId}/meter-keys/{meterKeyId}": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
      /** The id of the meter key. */
      readonly meterKeyId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "METER_KEY_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Sends a command to a charger, after those that it has not answered yet; wait (1 to 25 seconds) waits for the outcome. Scope: `commands:write` */
  readonly "POST /chargers/{chargerId}/commands": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: {
      /** Seconds to wait for the outcome. */
      readonly wait?: number;
    };
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: CommandForm;
    readonly answer: Command;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "CERTIFICATE_UNREADABLE" | "CERTIFICATE_EXPIRED" | "CERTIFICATE_NOT_YET_VALID" | "COMMAND_FIELDS_INVALID" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "SESSION_NOT_FOUND" | "TARIFF_NOT_FOUND" | "FIRMWARE_NOT_FOUND" | "COMMAND_NOT_FOUND" | "CHARGER_NEVER_CONNECTED" | "CHARGER_NOT_ACCEPTED" | "SESSION_NOT_ACTIVE" | "PASSWORD_NOT_REGISTERED" | "NOT_SUPPORTED_BY_VERSION" | "FIRMWARE_NOT_UPLOADED" | "TARIFF_NOT_EXPRESSIBLE" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "COMMAND_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the commands to a charger; the latest come first. Scope: `commands:read` */
  readonly "GET /chargers/{chargerId}/commands": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Command)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a command; a start with the session that it began. Scope: `commands:read` */
  readonly "GET /commands/{commandId}": {
    readonly path: {
      /** The id of the command. */
      readonly commandId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Command;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "COMMAND_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Cancels a command that was not sent yet. Scope: `commands:write` */
  readonly "DELETE /commands/{commandId}": {
    readonly path: {
      /** The id of the command. */
      readonly commandId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Command;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "COMMAND_NOT_FOUND" | "COMMAND_NOT_QUEUED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Registers a firmware; the answer says how to upload its file, which must have the length and the SHA-256 that are given. Scope: `firmware:write` */
  readonly "POST /firmware": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: FirmwareForm;
    readonly answer: Firmware;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "CERTIFICATE_UNREADABLE" | "CERTIFICATE_EXPIRED" | "CERTIFICATE_NOT_YET_VALID" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists firmware by id. Scope: `firmware:read` */
  readonly "GET /firmware": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Firmware)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a firmware; while its file is missing with a new way to upload it. Scope: `firmware:read` */
  readonly "GET /firmware/{firmwareId}": {
    readonly path: {
      /** The id of the firmware. */
      readonly firmwareId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Firmware;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "FIRMWARE_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Deletes a firmware and its file; chargers that were asked to download it get 404. Scope: `firmware:write` */
  readonly "DELETE /firmware/{firmwareId}": {
    readonly path: {
      /** The id of the firmware. */
      readonly firmwareId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "FIRMWARE_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Starts a campaign: chargers get a firmware in waves; it is paused when more of them failed than it allows. Scope: `firmware:write` */
  readonly "POST /firmware-campaigns": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: CampaignForm;
    readonly answer: FirmwareCampaign;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "CERTIFICATE_UNREADABLE" | "CERTIFICATE_EXPIRED" | "CERTIFICATE_NOT_YET_VALID" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "FIRMWARE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "FIRMWARE_NOT_UPLOADED" | "CAMPAIGN_TOO_LARGE" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists campaigns by id. Scope: `firmware:read` */
  readonly "GET /firmware-campaigns": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (FirmwareCampaign)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a campaign with its progress. Scope: `firmware:read` */
  readonly "GET /firmware-campaigns/{campaignId}": {
    readonly path: {
      /** The id of the campaign. */
      readonly campaignId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: FirmwareCampaign;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CAMPAIGN_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Stops a campaign: chargers that were asked already go on, no other is. Scope: `firmware:write` */
  readonly "POST /firmware-campaigns/{campaignId}/stop": {
    readonly path: {
      /** The id of the campaign. */
      readonly campaignId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: FirmwareCampaign;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CAMPAIGN_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Resumes a campaign that was paused or stopped; failures so far no longer count. Scope: `firmware:write` */
  readonly "POST /firmware-campaigns/{campaignId}/resume": {
    readonly path: {
      /** The id of the campaign. */
      readonly campaignId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: FirmwareCampaign;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CAMPAIGN_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Creates a location: a site whose chargers share its time zone and its tariff, where they have none of their own. Scope: `locations:write` */
  readonly "POST /locations": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly name: string;
      readonly address: string;
      readonly city: string;
      readonly postalCode?: string;
      readonly state?: string;
      readonly country: string;
      readonly coordinates: {
        readonly latitude: string | number;
        readonly longitude: string | number;
      };
      readonly timeZone: string;
      readonly parkingType?: "ALONG_MOTORWAY" | "PARKING_GARAGE" | "PARKING_LOT" | "ON_DRIVEWAY" | "ON_STREET" | "UNDERGROUND_GARAGE";
      readonly openingTimes?: {
        readonly twentyfourseven: boolean;
        readonly regularHours?: readonly ({
          /** 1 is Monday. */
          readonly weekday: number;
          readonly periodBegin: string;
          readonly periodEnd: string;
        })[];
        readonly exceptionalOpenings?: readonly ({
          readonly periodBegin: string;
          readonly periodEnd: string;
        })[];
        readonly exceptionalClosings?: readonly ({
          readonly periodBegin: string;
          readonly periodEnd: string;
        })[];
      };
      readonly chargingWhenClosed?: boolean;
      readonly facilities?: readonly ("HOTEL" | "RESTAURANT" | "CAFE" | "MALL" | "SUPERMARKET" | "SPORT" | "RECREATION_AREA" | "NATURE" | "MUSEUM" | "BIKE_SHARING" | "BUS_STOP" | "TAXI_STAND" | "TRAM_STOP" | "METRO_STATION" | "TRAIN_STATION" | "AIRPORT" | "PARKING_LOT" | "CARPOOL_PARKING" | "FUEL_STATION" | "WIFI")[];
      readonly directions?: readonly ({
        readonly language: string;
        readonly text: string;
      })[];
      readonly operator?: {
        readonly name: string;
        readonly website?: string;
      };
      readonly suboperator?: {
        readonly name: string;
        readonly website?: string;
      };
      readonly owner?: {
        readonly name: string;
        readonly website?: string;
      };
      readonly helpPhone?: string;
      readonly tariffId?: string;
      readonly party?: {
        readonly countryCode: string;
        readonly partyId: string;
      };
      readonly publish?: boolean;
    };
    readonly answer: Location;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "TARIFF_NOT_FOUND" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists locations by id. Scope: `locations:read` */
  readonly "GET /locations": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Location)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a location with its EVSEs and their status. Scope: `locations:read` */
  readonly "GET /locations/{locationId}": {
    readonly path: {
      /** The id of the location. */
      readonly locationId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: SingleLocation;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "LOCATION_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Changes a location; its tariff and time zone hold from the next session of each charger on. null removes a value. Scope: `locations:write` */
  readonly "PATCH /locations/{locationId}": {
    readonly path: {
      /** The id of the location. */
      readonly locationId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: {
      readonly name?: string;
      readonly address?: string;
      readonly city?: string;
      readonly postalCode?: string | null;
      readonly state?: string | null;
      readonly country?: string;
      readonly coordinates?: {
        readonly latitude: string | number;
        readonly longitude: string | number;
      };
      readonly timeZone?: string;
      readonly parkingType?: "ALONG_MOTORWAY" | "PARKING_GARAGE" | "PARKING_LOT" | "ON_DRIVEWAY" | "ON_STREET" | "UNDERGROUND_GARAGE" | null;
      readonly openingTimes?: {
        readonly twentyfourseven: boolean;
        readonly regularHours?: readonly ({
          /** 1 is Monday. */
          readonly weekday: number;
          readonly periodBegin: string;
          readonly periodEnd: string;
        })[];
        readonly exceptionalOpenings?: readonly ({
          readonly periodBegin: string;
          readonly periodEnd: string;
        })[];
        readonly exceptionalClosings?: readonly ({
          readonly periodBegin: string;
          readonly periodEnd: string;
        })[];
      } | null;
      readonly chargingWhenClosed?: boolean | null;
      readonly facilities?: readonly ("HOTEL" | "RESTAURANT" | "CAFE" | "MALL" | "SUPERMARKET" | "SPORT" | "RECREATION_AREA" | "NATURE" | "MUSEUM" | "BIKE_SHARING" | "BUS_STOP" | "TAXI_STAND" | "TRAM_STOP" | "METRO_STATION" | "TRAIN_STATION" | "AIRPORT" | "PARKING_LOT" | "CARPOOL_PARKING" | "FUEL_STATION" | "WIFI")[] | null;
      readonly directions?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly operator?: {
        readonly name: string;
        readonly website?: string;
      } | null;
      readonly suboperator?: {
        readonly name: string;
        readonly website?: string;
      } | null;
      readonly owner?: {
        readonly name: string;
        readonly website?: string;
      } | null;
      readonly helpPhone?: string | null;
      readonly tariffId?: string | null;
      readonly party?: {
        readonly countryCode: string;
        readonly partyId: string;
      } | null;
      readonly publish?: boolean;
      /** The version that the change is based on; the change is refused if it is not the latest. */
      readonly version?: number;
    };
    readonly answer: Location;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "LOCATION_NOT_FOUND" | "TARIFF_NOT_FOUND" | "LOCATION_CHANGED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Deletes a location without chargers. Scope: `locations:write` */
  readonly "DELETE /locations/{locationId}": {
    readonly path: {
      /** The id of the location. */
      readonly locationId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "LOCATION_NOT_FOUND" | "LOCATION_HAS_CHARGERS" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the EVSEs of a location with their status, by charger. Scope: `locations:read` */
  readonly "GET /locations/{locationId}/evses": {
    readonly path: {
      /** The id of the location. */
      readonly locationId: string | number;
    };
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Evse)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "LOCATION_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Creates an account: who pays for the sessions of the tokens that name it, and how much they may use in a month. Scope: `accounts:write` */
  readonly "POST /accounts": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly accountId?: string;
      readonly name: string;
      readonly email?: string | null;
      readonly externalRef?: string | null;
      readonly currency: string;
      readonly vatId?: string | null;
      /** The most that its tokens may use in a month. */
      readonly limits?: {
        readonly energyKwh?: string | number | null;
        /** With VAT, in the currency of the account. */
        readonly inclVat?: string | number | null;
      };
    };
    readonly answer: Account;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ACCOUNT_EXISTS" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists accounts by id. Scope: `accounts:read` */
  readonly "GET /accounts": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Account)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns an account, with what it has used of its limits. Scope: `accounts:read` */
  readonly "GET /accounts/{accountId}": {
    readonly path: {
      /** The id of the account. */
      readonly accountId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: SingleAccount;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "ACCOUNT_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Changes an account; new limits hold at once, also for sessions that run. null removes a value, and limits are replaced together. Scope: `accounts:write` */
  readonly "PATCH /accounts/{accountId}": {
    readonly path: {
      /** The id of the account. */
      readonly accountId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: {
      readonly name?: string;
      readonly email?: string | null;
      readonly externalRef?: string | null;
      readonly currency?: string;
      readonly vatId?: string | null;
      /** The most that its tokens may use in a month. */
      readonly limits?: {
        readonly energyKwh?: string | number | null;
        /** With VAT, in the currency of the account. */
        readonly inclVat?: string | number | null;
      };
      /** The version that the change is based on; the change is refused if it is not the latest. */
      readonly version?: number;
    };
    readonly answer: Account;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "ACCOUNT_NOT_FOUND" | "ACCOUNT_CHANGED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Deletes an account with its limits; tokens, sessions and CDRs keep its id, and statements can still be fetched. Scope: `accounts:write` */
  readonly "DELETE /accounts/{accountId}": {
    readonly path: {
      /** The id of the account. */
      readonly accountId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "ACCOUNT_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns all that an account is billed for a month, by the local time at which sessions ended: each CDR, also of roaming partners, and the sums by currency and VAT rate. Scope: `accounts:read` */
  readonly "GET /accounts/{accountId}/statements/{month}": {
    readonly path: {
      /** The id of the account. */
      readonly accountId: string | number;
      /** The id of the month. */
      readonly month: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Statement;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "ACCOUNT_NOT_FOUND" | "STATEMENT_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the CDRs of a statement as CSV. Scope: `accounts:read` */
  readonly "GET /accounts/{accountId}/statements/{month}/csv": {
    readonly path: {
      /** The id of the account. */
      readonly accountId: string | number;
      /** The id of the month. */
      readonly month: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: string;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "ACCOUNT_NOT_FOUND" | "STATEMENT_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Creates a token. Scope: `tokens:write` */
  readonly "POST /tokens": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly tokenId: string;
      readonly accountId?: string | null;
      readonly status?: string;
      readonly validUntil?: string | null;
      readonly parentTokenId?: string | null;
      readonly promoCode?: string | null;
      readonly party?: {
        readonly countryCode: string;
        readonly partyId: string;
      } | null;
    };
    readonly answer: Token;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "PROMO_CODE_NOT_FOUND" | "TOKEN_EXISTS" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists tokens by id. Scope: `tokens:read` */
  readonly "GET /tokens": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Token)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a token. Scope: `tokens:read` */
  readonly "GET /tokens/{tokenId}": {
    readonly path: {
      /** The id of the token. */
      readonly tokenId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Token;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "TOKEN_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Replaces a token. Scope: `tokens:write` */
  readonly "PUT /tokens/{tokenId}": {
    readonly path: {
      /** The id of the token. */
      readonly tokenId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** The ETag that the resource had when it was fetched: the change is refused with 412 where it was changed since. Without it the change is made in any case. */
      readonly "If-Match"?: string;
    };
    readonly body: {
      readonly tokenId?: string;
      readonly accountId?: string | null;
      readonly status?: string;
      readonly validUntil?: string | null;
      readonly parentTokenId?: string | null;
      readonly promoCode?: string | null;
      readonly party?: {
        readonly countryCode: string;
        readonly partyId: string;
      } | null;
    };
    readonly answer: Token;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PROMO_CODE_NOT_FOUND" | "TOKEN_NOT_FOUND" | "PRECONDITION_FAILED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Deletes a token; sessions that it started are unchanged. Scope: `tokens:write` */
  readonly "DELETE /tokens/{tokenId}": {
    readonly path: {
      /** The id of the token. */
      readonly tokenId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "TOKEN_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Erases what is known of the person behind an account: the account with its name, address and numbers, and all of its tokens. Sealed CDRs stay, with ids alone; the answer names what is kept, and why. Scope: `erasures:write` */
  readonly "POST /accounts/{accountId}/erasure": {
    readonly path: {
      /** The id of the account. */
      readonly accountId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: {
      readonly cursor?: string;
    };
    readonly answer: Erasure;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "ACCOUNT_NOT_FOUND" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Erases what is known of a token: whose it is and what it may. Sealed CDRs stay, with its id alone; the answer names what is kept, and why. Scope: `erasures:write` */
  readonly "POST /tokens/{tokenId}/erasure": {
    readonly path: {
      /** The id of the token. */
      readonly tokenId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: Record<never, never>;
    readonly answer: Erasure;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "TOKEN_NOT_FOUND" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Creates a tariff of any kind: simple, flat, idle, time-of-use, tiered or free, or full with OCPI elements. Scope: `tariffs:write` */
  readonly "POST /tariffs": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly kind?: "simple";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
      readonly vatPercent?: string | number | null;
      readonly taxIncluded?: boolean | null;
      readonly minPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly maxPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly idleGraceMinutes?: string | number | null;
      readonly idleCapMinutes?: string | number | null;
      readonly rounding?: {
        readonly mode: "half-up" | "half-even";
        readonly scope: "total" | "component";
        readonly decimals?: string | number;
      } | null;
      readonly perKwh?: string | number | null;
      readonly perMinute?: string | number | null;
      readonly sessionFee?: string | number | null;
      readonly idlePerMinute?: string | number | null;
    } | {
      readonly kind: "flat";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
      readonly vatPercent?: string | number | null;
      readonly taxIncluded?: boolean | null;
      readonly minPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly maxPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly idleGraceMinutes?: string | number | null;
      readonly idleCapMinutes?: string | number | null;
      readonly rounding?: {
        readonly mode: "half-up" | "half-even";
        readonly scope: "total" | "component";
        readonly decimals?: string | number;
      } | null;
      readonly sessionFee: string | number;
      readonly idlePerMinute?: string | number | null;
    } | {
      readonly kind: "idle";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
      readonly vatPercent?: string | number | null;
      readonly taxIncluded?: boolean | null;
      readonly minPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly maxPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly idleGraceMinutes?: string | number | null;
      readonly idleCapMinutes?: string | number | null;
      readonly rounding?: {
        readonly mode: "half-up" | "half-even";
        readonly scope: "total" | "component";
        readonly decimals?: string | number;
      } | null;
      readonly perKwh?: string | number | null;
      readonly perMinute?: string | number | null;
      readonly sessionFee?: string | number | null;
      readonly idlePerMinute: string | number;
    } | {
      readonly kind?: "time-of-use";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
      readonly vatPercent?: string | number | null;
      readonly taxIncluded?: boolean | null;
      readonly minPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly maxPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly idleGraceMinutes?: string | number | null;
      readonly idleCapMinutes?: string | number | null;
      readonly rounding?: {
        readonly mode: "half-up" | "half-even";
        readonly scope: "total" | "component";
        readonly decimals?: string | number;
      } | null;
      readonly perKwh?: string | number | null;
      readonly perMinute?: string | number | null;
      readonly sessionFee?: string | number | null;
      readonly idlePerMinute?: string | number | null;
      readonly hours: readonly ({
        readonly from: string;
        readonly to: string;
        readonly days?: readonly ("MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[] | null;
        readonly perKwh?: string | number | null;
        readonly perMinute?: string | number | null;
        readonly idlePerMinute?: string | number | null;
      })[];
    } | {
      readonly kind?: "tiered";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
      readonly vatPercent?: string | number | null;
      readonly taxIncluded?: boolean | null;
      readonly minPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly maxPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly idleGraceMinutes?: string | number | null;
      readonly idleCapMinutes?: string | number | null;
      readonly rounding?: {
        readonly mode: "half-up" | "half-even";
        readonly scope: "total" | "component";
        readonly decimals?: string | number;
      } | null;
      readonly perKwh?: string | number | null;
      readonly perMinute?: string | number | null;
      readonly sessionFee?: string | number | null;
      readonly idlePerMinute?: string | number | null;
      readonly tiers: readonly ({
        readonly upToKwh: string | number;
        readonly perKwh: string | number;
      })[];
    } | {
      readonly kind: "free";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
    } | {
      readonly kind?: "full";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
      readonly vatPercent?: string | number | null;
      readonly taxIncluded?: boolean | null;
      readonly minPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly maxPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly idleGraceMinutes?: string | number | null;
      readonly idleCapMinutes?: string | number | null;
      readonly rounding?: {
        readonly mode: "half-up" | "half-even";
        readonly scope: "total" | "component";
        readonly decimals?: string | number;
      } | null;
      readonly elements: readonly ({
        readonly priceComponents: readonly ({
          readonly type: "ENERGY" | "TIME" | "PARKING_TIME" | "FLAT";
          readonly price: string | number;
          readonly vat?: string | number | null;
          readonly stepSize?: string | number;
        })[];
        readonly restrictions?: {
          readonly startTime?: string;
          readonly endTime?: string;
          readonly startDate?: string;
          readonly endDate?: string;
          readonly minKwh?: string | number;
          readonly maxKwh?: string | number;
          readonly minCurrent?: string | number;
          readonly maxCurrent?: string | number;
          readonly minPower?: string | number;
          readonly maxPower?: string | number;
          readonly minDuration?: string | number;
          readonly maxDuration?: string | number;
          readonly dayOfWeek?: readonly ("MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[];
          readonly reservation?: "RESERVATION" | "RESERVATION_EXPIRES";
        } | null;
      })[];
    };
    readonly answer: WrittenTariff;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "INVALID_TARIFF" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "TARIFF_CHANGED" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists tariffs by id, each in its latest version. Scope: `tariffs:read` */
  readonly "GET /tariffs": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Tariff)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a tariff in its latest version. Scope: `tariffs:read` */
  readonly "GET /tariffs/{tariffId}": {
    readonly path: {
      /** The id of the tariff. */
      readonly tariffId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Tariff;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "TARIFF_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Creates a new version of a tariff; sessions that started earlier keep theirs. A version in the body must be the latest one. Scope: `tariffs:write` */
  readonly "PUT /tariffs/{tariffId}": {
    readonly path: {
      /** The id of the tariff. */
      readonly tariffId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** The ETag that the resource had when it was fetched: the change is refused with 412 where it was changed since. Without it the change is made in any case. */
      readonly "If-Match"?: string;
    };
    readonly body: {
      readonly kind?: "simple";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
      readonly vatPercent?: string | number | null;
      readonly taxIncluded?: boolean | null;
      readonly minPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly maxPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly idleGraceMinutes?: string | number | null;
      readonly idleCapMinutes?: string | number | null;
      readonly rounding?: {
        readonly mode: "half-up" | "half-even";
        readonly scope: "total" | "component";
        readonly decimals?: string | number;
      } | null;
      readonly perKwh?: string | number | null;
      readonly perMinute?: string | number | null;
      readonly sessionFee?: string | number | null;
      readonly idlePerMinute?: string | number | null;
      readonly tariffId?: string;
      readonly version?: number;
      readonly createdAt?: string;
      readonly warnings?: readonly (unknown)[];
    } | {
      readonly kind: "flat";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
      readonly vatPercent?: string | number | null;
      readonly taxIncluded?: boolean | null;
      readonly minPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly maxPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly idleGraceMinutes?: string | number | null;
      readonly idleCapMinutes?: string | number | null;
      readonly rounding?: {
        readonly mode: "half-up" | "half-even";
        readonly scope: "total" | "component";
        readonly decimals?: string | number;
      } | null;
      readonly sessionFee: string | number;
      readonly idlePerMinute?: string | number | null;
      readonly tariffId?: string;
      readonly version?: number;
      readonly createdAt?: string;
      readonly warnings?: readonly (unknown)[];
    } | {
      readonly kind: "idle";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
      readonly vatPercent?: string | number | null;
      readonly taxIncluded?: boolean | null;
      readonly minPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly maxPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly idleGraceMinutes?: string | number | null;
      readonly idleCapMinutes?: string | number | null;
      readonly rounding?: {
        readonly mode: "half-up" | "half-even";
        readonly scope: "total" | "component";
        readonly decimals?: string | number;
      } | null;
      readonly perKwh?: string | number | null;
      readonly perMinute?: string | number | null;
      readonly sessionFee?: string | number | null;
      readonly idlePerMinute: string | number;
      readonly tariffId?: string;
      readonly version?: number;
      readonly createdAt?: string;
      readonly warnings?: readonly (unknown)[];
    } | {
      readonly kind?: "time-of-use";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
      readonly vatPercent?: string | number | null;
      readonly taxIncluded?: boolean | null;
      readonly minPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly maxPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly idleGraceMinutes?: string | number | null;
      readonly idleCapMinutes?: string | number | null;
      readonly rounding?: {
        readonly mode: "half-up" | "half-even";
        readonly scope: "total" | "component";
        readonly decimals?: string | number;
      } | null;
      readonly perKwh?: string | number | null;
      readonly perMinute?: string | number | null;
      readonly sessionFee?: string | number | null;
      readonly idlePerMinute?: string | number | null;
      readonly hours: readonly ({
        readonly from: string;
        readonly to: string;
        readonly days?: readonly ("MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[] | null;
        readonly perKwh?: string | number | null;
        readonly perMinute?: string | number | null;
        readonly idlePerMinute?: string | number | null;
      })[];
      readonly tariffId?: string;
      readonly version?: number;
      readonly createdAt?: string;
      readonly warnings?: readonly (unknown)[];
    } | {
      readonly kind?: "tiered";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
      readonly vatPercent?: string | number | null;
      readonly taxIncluded?: boolean | null;
      readonly minPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly maxPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly idleGraceMinutes?: string | number | null;
      readonly idleCapMinutes?: string | number | null;
      readonly rounding?: {
        readonly mode: "half-up" | "half-even";
        readonly scope: "total" | "component";
        readonly decimals?: string | number;
      } | null;
      readonly perKwh?: string | number | null;
      readonly perMinute?: string | number | null;
      readonly sessionFee?: string | number | null;
      readonly idlePerMinute?: string | number | null;
      readonly tiers: readonly ({
        readonly upToKwh: string | number;
        readonly perKwh: string | number;
      })[];
      readonly tariffId?: string;
      readonly version?: number;
      readonly createdAt?: string;
      readonly warnings?: readonly (unknown)[];
    } | {
      readonly kind: "free";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
      readonly tariffId?: string;
      readonly version?: number;
      readonly createdAt?: string;
      readonly warnings?: readonly (unknown)[];
    } | {
      readonly kind?: "full";
      readonly name: string;
      readonly currency: string;
      readonly type?: "AD_HOC_PAYMENT" | "PROFILE_CHEAP" | "PROFILE_FAST" | "PROFILE_GREEN" | "REGULAR" | null;
      readonly altTexts?: readonly ({
        readonly language: string;
        readonly text: string;
      })[] | null;
      readonly altUrl?: string | null;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly requireSignedValues?: boolean | null;
      readonly vatPercent?: string | number | null;
      readonly taxIncluded?: boolean | null;
      readonly minPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly maxPrice?: {
        readonly currency?: string | null;
        readonly exclVat: string | number;
        readonly inclVat?: string | number | null;
      } | null;
      readonly idleGraceMinutes?: string | number | null;
      readonly idleCapMinutes?: string | number | null;
      readonly rounding?: {
        readonly mode: "half-up" | "half-even";
        readonly scope: "total" | "component";
        readonly decimals?: string | number;
      } | null;
      readonly elements: readonly ({
        readonly priceComponents: readonly ({
          readonly type: "ENERGY" | "TIME" | "PARKING_TIME" | "FLAT";
          readonly price: string | number;
          readonly vat?: string | number | null;
          readonly stepSize?: string | number;
        })[];
        readonly restrictions?: {
          readonly startTime?: string;
          readonly endTime?: string;
          readonly startDate?: string;
          readonly endDate?: string;
          readonly minKwh?: string | number;
          readonly maxKwh?: string | number;
          readonly minCurrent?: string | number;
          readonly maxCurrent?: string | number;
          readonly minPower?: string | number;
          readonly maxPower?: string | number;
          readonly minDuration?: string | number;
          readonly maxDuration?: string | number;
          readonly dayOfWeek?: readonly ("MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[];
          readonly reservation?: "RESERVATION" | "RESERVATION_EXPIRES";
        } | null;
      })[];
      readonly tariffId?: string;
      readonly version?: number;
      readonly createdAt?: string;
      readonly warnings?: readonly (unknown)[];
    };
    readonly answer: WrittenTariff;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "INVALID_TARIFF" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "TARIFF_NOT_FOUND" | "TARIFF_CHANGED" | "PRECONDITION_FAILED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Prices a described session under a tariff line by line, in the same way as a real one. Nothing is stored. Scope: `tariffs:read` */
  readonly "POST /tariffs/{tariffId}/preview": {
    readonly path: {
      /** The id of the tariff. */
      readonly tariffId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: {
      readonly startedAt: string;
      readonly timeZone?: string | null;
      readonly durationMinutes: string | number;
      readonly idleMinutes?: string | number;
      readonly energyKwh?: string | number | null;
      readonly powerCurve?: readonly ({
        readonly afterMinutes: string | number;
        readonly kw: string | number;
      })[] | null;
      readonly version?: number | null;
    };
    readonly answer: PricePreview;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "TARIFF_NOT_FOUND" | "TARIFF_VERSION_NOT_FOUND" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Creates a promo code for a percentage, an amount, the first kWh or the first minutes. Scope: `promo-codes:write` */
  readonly "POST /promo-codes": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly kind: "percent";
      readonly percent: string | number;
      readonly code: string;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly uses?: string | number | null;
      readonly usesPerAccount?: string | number | null;
      readonly tariffIds?: readonly (string)[] | null;
    } | {
      readonly kind: "amount";
      readonly currency: string;
      readonly inclVat: string | number;
      readonly code: string;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly uses?: string | number | null;
      readonly usesPerAccount?: string | number | null;
      readonly tariffIds?: readonly (string)[] | null;
    } | {
      readonly kind: "kWh";
      readonly kwh: string | number;
      readonly code: string;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly uses?: string | number | null;
      readonly usesPerAccount?: string | number | null;
      readonly tariffIds?: readonly (string)[] | null;
    } | {
      readonly kind: "minutes";
      readonly minutes: string | number;
      readonly code: string;
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly uses?: string | number | null;
      readonly usesPerAccount?: string | number | null;
      readonly tariffIds?: readonly (string)[] | null;
    };
    readonly answer: PromoCode;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "TARIFF_NOT_FOUND" | "PROMO_CODE_EXISTS" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists promo codes by name, with their uses so far. Scope: `promo-codes:read` */
  readonly "GET /promo-codes": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (PromoCode)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a promo code and its uses so far. Scope: `promo-codes:read` */
  readonly "GET /promo-codes/{code}": {
    readonly path: {
      /** The name of the promo code. */
      readonly code: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: PromoCode;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PROMO_CODE_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Deletes a promo code; sessions that redeemed it keep their discount. Scope: `promo-codes:write` */
  readonly "DELETE /promo-codes/{code}": {
    readonly path: {
      /** The name of the promo code. */
      readonly code: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PROMO_CODE_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Redeems a promo code for a session that is active or not billed yet; redeeming the same code again changes nothing. Scope: `sessions:write` */
  readonly "POST /sessions/{sessionId}/promo-code": {
    readonly path: {
      /** The id of the session. */
      readonly sessionId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly code: string;
    };
    readonly answer: Redemption;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "SESSION_NOT_FOUND" | "PROMO_CODE_NOT_FOUND" | "PROMO_CODE_NOT_YET_VALID" | "PROMO_CODE_EXPIRED" | "PROMO_CODE_USED_UP" | "PROMO_CODE_USED_UP_BY_ACCOUNT" | "PROMO_CODE_OTHER_TARIFF" | "PROMO_CODE_OTHER_CURRENCY" | "SESSION_HAS_PROMO_CODE" | "SESSION_BILLED" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists sessions at our chargers and of our drivers at roaming partners, all or those of a charger, a location or an account; those that started last come first. Scope: `sessions:read` */
  readonly "GET /sessions": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Only what belongs to the charger with this id. */
      readonly chargerId?: string;
      /** The location that the charger belonged to when the session began. */
      readonly locationId?: string;
      /** Only what belongs to the account with this id. */
      readonly accountId?: string;
      /** true: only sessions of our drivers at roaming partners; false: only those at our chargers. */
      readonly roaming?: "true" | "false";
      /** Only what happened from this time on. */
      readonly from?: string;
      /** Only what happened before this time. */
      readonly to?: string;
      /** Only those in this state. */
      readonly state?: "active" | "ended" | "void";
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Session)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists active sessions with their energy, power and cost so far. Scope: `sessions:read` */
  readonly "GET /sessions/active": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Only what belongs to the charger with this id. */
      readonly chargerId?: string;
      /** The location that the charger belonged to when the session began. */
      readonly locationId?: string;
      /** Only what belongs to the account with this id. */
      readonly accountId?: string;
      /** true: only sessions of our drivers at roaming partners; false: only those at our chargers. */
      readonly roaming?: "true" | "false";
      /** Only what happened from this time on. */
      readonly from?: string;
      /** Only what happened before this time. */
      readonly to?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Session)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a session, with the commands that began and ended it. Scope: `sessions:read` */
  readonly "GET /sessions/{sessionId}": {
    readonly path: {
      /** The id of the session. */
      readonly sessionId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: SingleSession;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "SESSION_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Ends an active session that its charger will not end, as one that was taken away: it is billed by its readings until then. What the charger says later still counts. Scope: `sessions:write` */
  readonly "POST /sessions/{sessionId}/end": {
    readonly path: {
      /** The id of the session. */
      readonly sessionId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      /** Why, for whoever asks later: it is kept in the evidence of the CDR. */
      readonly reason: string;
      /** When it ended, between its start and now. Without it, at its last reading, or at its start where there is none. */
      readonly endedAt?: string;
      /** true: also where the charger is connected and still reports the session. */
      readonly force?: boolean;
    };
    readonly answer: Session;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "SESSION_NOT_FOUND" | "SESSION_NOT_ACTIVE" | "SESSION_STILL_REPORTED" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the readings of a session, as received and as understood; late=false leaves out those that arrived too late for its CDR. Scope: `sessions:read` */
  readonly "GET /sessions/{sessionId}/readings": {
    readonly path: {
      /** The id of the session. */
      readonly sessionId: string | number;
    };
    readonly query: {
      /** `false` leaves out readings that arrived too late for the CDR. */
      readonly late?: "true" | "false";
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Reading)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "SESSION_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the current CDR of a session. Scope: `cdrs:read` */
  readonly "GET /sessions/{sessionId}/cdr": {
    readonly path: {
      /** The id of the session. */
      readonly sessionId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Cdr;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "SESSION_NOT_FOUND" | "CDR_NOT_READY" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists CDRs, all or those of a charger, a location or an account; those of the sessions that ended last come first. Scope: `cdrs:read` */
  readonly "GET /cdrs": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Only those in this state. */
      readonly state?: "held" | "sealed" | "credited";
      /** Only what belongs to the charger with this id. */
      readonly chargerId?: string;
      /** The location that the charger belonged to when the session began. */
      readonly locationId?: string;
      /** Only what belongs to the account with this id. */
      readonly accountId?: string;
      /** Only what happened from this time on. */
      readonly from?: string;
      /** Only what happened before this time. */
      readonly to?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Cdr)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a CDR: the current one of a session, a credited one, or a credit. Scope: `cdrs:read` */
  readonly "GET /cdrs/{cdrId}": {
    readonly path: {
      /** The id of the cdr. */
      readonly cdrId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Cdr;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CDR_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the readings that a CDR was computed from, as received and as understood: everything needed to verify it. Scope: `sessions:read` */
  readonly "GET /cdrs/{cdrId}/readings": {
    readonly path: {
      /** The id of the cdr. */
      readonly cdrId: string | number;
    };
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Reading)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CDR_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Decides a held CDR: bill it as measured, bill another energy, or declare the session void. The decision is sealed with the CDR. Scope: `cdrs:write` */
  readonly "POST /cdrs/{cdrId}/resolve": {
    readonly path: {
      /** The id of the cdr. */
      readonly cdrId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly decision: "accept";
      readonly reason?: string | null;
      readonly tariffId?: string | null;
    } | {
      readonly decision: "setEnergy";
      readonly energyKwh: string | number;
      readonly reason: string;
      readonly tariffId?: string | null;
    } | {
      readonly decision: "void";
      readonly reason: string;
    };
    readonly answer: CdrDecision;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CDR_NOT_FOUND" | "TARIFF_NOT_FOUND" | "CDR_NOT_HELD" | "CDR_RESOLVED" | "CDR_CHANGED" | "CDR_NEEDS_TARIFF" | "CDR_HAS_TARIFF" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Corrects the newest sealed CDR of a session: credits it and bills the same readings by another tariff, or credits it alone, so that nothing is billed. Reason and key are sealed with the credit. Scope: `cdrs:write` */
  readonly "POST /cdrs/{cdrId}/corrections": {
    readonly path: {
      /** The id of the cdr. */
      readonly cdrId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      /** It is sealed with the credit, and shown on receipts. */
      readonly reason: string;
      readonly tariffId: string;
      /** By default the version in force at the start of the session. */
      readonly tariffVersion?: number | null;
    } | {
      /** It is sealed with the credit, and shown on receipts. */
      readonly reason: string;
      readonly credit: true;
    };
    readonly answer: CdrCorrection;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CDR_NOT_FOUND" | "TARIFF_NOT_FOUND" | "TARIFF_VERSION_NOT_FOUND" | "CDR_HELD" | "CDR_NOT_IN_FORCE" | "CDR_CORRECTED_OTHERWISE" | "CDR_CHANGED" | "CORRECTION_CHANGES_NOTHING" | "CORRECTION_OTHER_CURRENCY" | "CORRECTION_HELD" | "READINGS_EXPIRED" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Makes the link by which the driver opens the receipt of a session, without a key; a session has one, whichever of its CDRs names it. Scope: `cdrs:write` */
  readonly "POST /cdrs/{cdrId}/receipt": {
    readonly path: {
      /** The id of the cdr. */
      readonly cdrId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: undefined;
    readonly answer: ReceiptLink;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CDR_NOT_FOUND" | "RECEIPT_NOT_FOUND" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Revokes the link to the receipt of a session for good; a new one can be made. Scope: `cdrs:write` */
  readonly "DELETE /cdrs/{cdrId}/receipt": {
    readonly path: {
      /** The id of the cdr. */
      readonly cdrId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CDR_NOT_FOUND" | "RECEIPT_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Records what another system did about the bill of a session: money that it captured or refunded, or an attempt that failed; the same reference counts once. Scope: `payments:write` */
  readonly "POST /cdrs/{cdrId}/payments": {
    readonly path: {
      /** The id of the cdr. */
      readonly cdrId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      /** Its id in the other system: sent again, it is the same payment. */
      readonly reference: string;
      readonly kind: "captured" | "refunded" | "failed" | "refund-failed";
      readonly amount: string | number;
      readonly currency: string;
      readonly method?: string;
      /** When it happened there; now unless given. */
      readonly at?: string;
    };
    readonly answer: Bill;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CDR_NOT_FOUND" | "BILL_NOT_FOUND" | "PAYMENT_REFERENCE_USED" | "PAYMENT_OTHER_CURRENCY" | "PAYMENTS_TOO_MANY" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the bill of the session of a CDR, with what was paid of it. Scope: `payments:read` */
  readonly "GET /cdrs/{cdrId}/payments": {
    readonly path: {
      /** The id of the cdr. */
      readonly cdrId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Bill;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CDR_NOT_FOUND" | "BILL_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the bills of sessions, all or those in a state: unpaid ones, those whose last attempt failed, those to be refunded, or paid ones. Scope: `payments:read` */
  readonly "GET /payments": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Only those in this state. */
      readonly state?: "unpaid" | "failed" | "paid" | "refund-due";
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Bill)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns how the bills of sessions are paid. Scope: `settings:read` */
  readonly "GET /settings/payments": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: PaymentSettings;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Sets how the bills of sessions are paid: none keeps no bills; invoice keeps one for each session that is sealed from then on, for another system to pay; stripe does so too, and takes cards of drivers at charge pages. Scope: `settings:write` */
  readonly "PUT /settings/payments": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** The ETag that the resource had when it was fetched: the change is refused with 412 where it was changed since. Without it the change is made in any case. */
      readonly "If-Match"?: string;
    };
    readonly body: {
      readonly adapter: "none" | "invoice" | "stripe";
      readonly stripe?: {
        /** The secret or restricted key; the one that is kept where it is left out. */
        readonly secretKey?: string;
        /** The signing secret of the webhook; the one that is kept where it is left out. */
        readonly webhookSecret?: string;
        readonly apiUrl?: string;
        readonly holds: { readonly [name: string]: {
          readonly amount: string | number;
          readonly most?: string | number;
        } };
      };
    };
    readonly answer: PaymentSettings;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "PRECONDITION_FAILED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Makes the page at which a driver without a contract charges at a connector and pays by card; a connector has one. Scope: `chargers:write` */
  readonly "POST /chargers/{chargerId}/pay-links": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly evseId: string | number;
      readonly connectorId: string | number;
    };
    readonly answer: PayLink;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Revokes the page of a connector for good; another one can be made. Scope: `chargers:write` */
  readonly "DELETE /chargers/{chargerId}/pay-links/{payLinkId}": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
      /** The id of the pay link. */
      readonly payLinkId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "PAY_LINK_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists revenue, energy, sessions and times by the day on which sessions ended. Scope: `cdrs:read` */
  readonly "GET /analytics/days": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Only what happened from this time on. */
      readonly from?: string;
      /** Only what happened before this time. */
      readonly to?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Rollup)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists revenue, energy, sessions and times by the month in which sessions ended. Scope: `cdrs:read` */
  readonly "GET /analytics/months": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Only what happened from this time on. */
      readonly from?: string;
      /** Only what happened before this time. */
      readonly to?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Rollup)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists revenue, energy, sessions, times and utilisation of a month by charger. Scope: `cdrs:read` */
  readonly "GET /analytics/chargers": {
    readonly path: Record<never, never>;
    readonly query: {
      /** The current month in UTC unless given. */
      readonly month?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (ChargerRollup)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists revenue, energy, sessions and times of a month by location. Scope: `cdrs:read` */
  readonly "GET /analytics/locations": {
    readonly path: Record<never, never>;
    readonly query: {
      /** The current month in UTC unless given. */
      readonly month?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Rollup)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists revenue, energy, sessions and times of a month by tariff. Scope: `cdrs:read` */
  readonly "GET /analytics/tariffs": {
    readonly path: Record<never, never>;
    readonly query: {
      /** The current month in UTC unless given. */
      readonly month?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Rollup)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists revenue, energy, sessions and times of a month by account. Scope: `cdrs:read` */
  readonly "GET /analytics/accounts": {
    readonly path: Record<never, never>;
    readonly query: {
      /** The current month in UTC unless given. */
      readonly month?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Rollup)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists revenue, energy, sessions and times of a month by promo code. Scope: `cdrs:read` */
  readonly "GET /analytics/promo-codes": {
    readonly path: Record<never, never>;
    readonly query: {
      /** The current month in UTC unless given. */
      readonly month?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Rollup)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns revenue, energy, sessions, times and utilisation of a location in a month. Scope: `cdrs:read` */
  readonly "GET /analytics/locations/{locationId}": {
    readonly path: {
      /** The id of the location. */
      readonly locationId: string | number;
    };
    readonly query: {
      /** The current month in UTC unless given. */
      readonly month?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: LocationMonth;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "LOCATION_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the uptime of every connector by a definition, for the window of it that ends with a month; a charger is an item. Scope: `chargers:read` */
  readonly "GET /monitoring/uptime": {
    readonly path: Record<never, never>;
    readonly query: {
      /** The current month in UTC unless given. */
      readonly month?: string;
      /** How uptime is computed: docs/uptime.md has the formulas. */
      readonly definition?: "nevi" | "uk" | "contract";
      /** Only what belongs to the location with this id. */
      readonly locationId?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Uptime)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the chargers that somebody may have to look after as they are now, each with why: offline, faulted, a session that is stuck, silent or long, a frozen register, a lost phase, a connector that nobody uses. Scope: `chargers:read` */
  readonly "GET /monitoring/alerts": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Only what belongs to the location with this id. */
      readonly locationId?: string;
      /** Only alerts of this kind: docs/uptime.md says when there is one. */
      readonly kind?: "offline" | "often-offline" | "faulted" | "frozen-register" | "lost-phase" | "stuck-session" | "silent-session" | "long-session" | "unused";
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (ChargerAlerts)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the sessions that ended in a month (UTC) and failed, the latest first: without energy, ended by a fault, or never stopped. Scope: `sessions:read` */
  readonly "GET /monitoring/failed-sessions": {
    readonly path: Record<never, never>;
    readonly query: {
      /** The current month in UTC unless given. */
      readonly month?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (FailedSession)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the sessions that ended in a month (UTC) and whose meter or readings were abnormal, the latest first. Scope: `sessions:read` */
  readonly "GET /monitoring/abnormal-readings": {
    readonly path: Record<never, never>;
    readonly query: {
      /** The current month in UTC unless given. */
      readonly month?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (AbnormalReadings)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Excludes a time from the uptime of a charger or one of its EVSEs, for a cause; the same one again changes its note alone. Scope: `chargers:write` */
  readonly "POST /chargers/{chargerId}/uptime-exclusions": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly from: string;
      readonly to: string;
      readonly cause: "utility-outage" | "vehicle-fault" | "scheduled-maintenance" | "vandalism" | "natural-disaster" | "other";
      readonly evseId?: string | number;
      readonly note?: string;
    };
    readonly answer: UptimeExclusion;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "UPTIME_EXCLUSIONS_TOO_MANY" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the times that are excluded from the uptime of a charger, by their begins. Scope: `chargers:read` */
  readonly "GET /chargers/{chargerId}/uptime-exclusions": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
    };
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (UptimeExclusion)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lets a time count again for the uptime of a charger. Scope: `chargers:write` */
  readonly "DELETE /chargers/{chargerId}/uptime-exclusions/{exclusionId}": {
    readonly path: {
      /** The id of the charger. */
      readonly chargerId: string | number;
      /** The id of the exclusion. */
      readonly exclusionId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CHARGER_NOT_FOUND" | "UPTIME_EXCLUSION_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the events of the last 7 days in their order, the oldest first. Scope: `events:read` */
  readonly "GET /events": {
    readonly path: Record<never, never>;
    readonly query: {
      /** The id of an event, or a position: only what came after it. */
      readonly after?: string;
      /** The same as after. */
      readonly cursor?: string;
      /** Types of events, separated by commas; all unless given. */
      readonly types?: string;
      /** Most items of the page. */
      readonly limit?: number;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Event)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
      /** The place up to which this answer has read: the next after. */
      readonly position: string | null;
      /** Events since then are complete; before, nobody had read any for a week. */
      readonly loggedSince: string;
    };
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "EVENTS_GONE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Creates a webhook: a URL that events are sent to. Its secret is shown once. Scope: `webhooks:write` */
  readonly "POST /webhooks": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly url: string;
      /** Types of events; * for all, also those that will be added. */
      readonly events: readonly ("charger.connected" | "charger.disconnected" | "charger.offline" | "charger.online" | "charger.status" | "charger.fault" | "charger.alert" | "session.started" | "session.updated" | "session.ended" | "session.anomaly" | "session.failed" | "cdr.created" | "cdr.held" | "command.finished" | "campaign.state_changed" | "payment.failed" | "account.limit_reached" | "webhook.disabled" | "webhook.test" | "*")[];
      readonly description?: string | null;
    };
    readonly answer: NewWebhook;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "WEBHOOKS_TOO_MANY" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists webhooks, without their secrets. Scope: `webhooks:read` */
  readonly "GET /webhooks": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Webhook)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Shows a webhook and whether it works. Scope: `webhooks:read` */
  readonly "GET /webhooks/{webhookId}": {
    readonly path: {
      /** The id of the webhook. */
      readonly webhookId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Webhook;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "WEBHOOK_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Changes a webhook, or enables it again after it was disabled. Scope: `webhooks:write` */
  readonly "PATCH /webhooks/{webhookId}": {
    readonly path: {
      /** The id of the webhook. */
      readonly webhookId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: {
      readonly url?: string;
      /** Types of events; * for all, also those that will be added. */
      readonly events?: readonly ("charger.connected" | "charger.disconnected" | "charger.offline" | "charger.online" | "charger.status" | "charger.fault" | "charger.alert" | "session.started" | "session.updated" | "session.ended" | "session.anomaly" | "session.failed" | "cdr.created" | "cdr.held" | "command.finished" | "campaign.state_changed" | "payment.failed" | "account.limit_reached" | "webhook.disabled" | "webhook.test" | "*")[];
      readonly description?: string | null;
      readonly enabled?: boolean;
    };
    readonly answer: Webhook;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "WEBHOOK_NOT_FOUND" | "WEBHOOK_CHANGED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Deletes a webhook; deliveries that are under way are given up. Scope: `webhooks:write` */
  readonly "DELETE /webhooks/{webhookId}": {
    readonly path: {
      /** The id of the webhook. */
      readonly webhookId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "WEBHOOK_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Replaces the secret and shows the new one once; the old one signs as well for a day. Scope: `webhooks:write` */
  readonly "POST /webhooks/{webhookId}/rotate": {
    readonly path: {
      /** The id of the webhook. */
      readonly webhookId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: undefined;
    readonly answer: NewWebhook;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "WEBHOOK_NOT_FOUND" | "WEBHOOK_CHANGED" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Sends a test event to a webhook; GET …/deliveries shows what became of it. Scope: `webhooks:write` */
  readonly "POST /webhooks/{webhookId}/test": {
    readonly path: {
      /** The id of the webhook. */
      readonly webhookId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly webhookId: string;
      readonly requestedAt: string;
    };
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "WEBHOOK_NOT_FOUND" | "WEBHOOK_DISABLED" | "WEBHOOK_CHANGED" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the deliveries of the last 7 days, the latest first, with each attempt. Scope: `webhooks:read` */
  readonly "GET /webhooks/{webhookId}/deliveries": {
    readonly path: {
      /** The id of the webhook. */
      readonly webhookId: string | number;
    };
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Delivery)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "WEBHOOK_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Shows a delivery: what was sent, each attempt and each answer. Scope: `webhooks:read` */
  readonly "GET /webhooks/{webhookId}/deliveries/{deliveryId}": {
    readonly path: {
      /** The id of the webhook. */
      readonly webhookId: string | number;
      /** The id of the delivery. */
      readonly deliveryId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Delivery;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "WEBHOOK_NOT_FOUND" | "DELIVERY_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Sends an event to a webhook again, whether it was delivered or not. Scope: `webhooks:write` */
  readonly "POST /webhooks/{webhookId}/deliveries/{deliveryId}/replay": {
    readonly path: {
      /** The id of the webhook. */
      readonly webhookId: string | number;
      /** The id of the delivery. */
      readonly deliveryId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly deliveryId: string;
    };
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "WEBHOOK_NOT_FOUND" | "DELIVERY_NOT_FOUND" | "WEBHOOK_DISABLED" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Sends all events of a span of time within the last 7 days to a webhook again. Scope: `webhooks:write` */
  readonly "POST /webhooks/{webhookId}/replay": {
    readonly path: {
      /** The id of the webhook. */
      readonly webhookId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly from: string;
      readonly to?: string;
    };
    readonly answer: {
      readonly from: string;
      readonly to: string;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "WEBHOOK_NOT_FOUND" | "WEBHOOK_DISABLED" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Creates a roaming partner. Without versionsUrl and tokenA the answer has the token A and the URL that it registers with; with them, we register at the partner at once. Scope: `partners:write` */
  readonly "POST /partners": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly name: string;
      readonly countryCode?: string;
      readonly partyId?: string;
      /** Our roles on this connection; with OCPI 2.1.1 the first. */
      readonly roles?: readonly ("CPO" | "EMSP")[];
      /** The parties of ours that the partner is connected to; none: all. It gets them with the next registration or rotation. In OCPI 2.1.1, whose connections have one party, the first counts. */
      readonly ourParties?: readonly ({
        readonly countryCode: string;
        readonly partyId: string;
      })[];
      /** Versions of OCPI that may be spoken; all unless stated. */
      readonly versions?: readonly ("2.3.0" | "2.2.1" | "2.1.1")[];
      /** Known mistakes of the partner, by the names of docs/ocpi.md. */
      readonly quirks?: readonly ("plain-token" | "encoded-token" | "trailing-slash" | "own-party-in-to" | "limit-is-count" | "put-for-patch" | "explicit-nulls" | "empty-text-for-nothing" | "text-for-numbers" | "numbers-for-text" | "text-for-flags" | "single-for-list" | "missing-last-updated" | "token-without-party")[];
      /** In OCPI 2.1.1, which has no credits: the partner agreed to CDRs with a negative total instead. */
      readonly negativeCredits?: boolean;
      /** Hours between two pulls of the partner’s locations, tariffs, sessions and CDRs, where we are its eMSP, and of its drivers’ tokens, where we are its CPO; null: never. */
      readonly pullEveryHours?: number | null;
      /** Whether the partner is asked, where we are its CPO, about a token that nobody knows while its driver waits at a charger; about its own tokens it is asked as they say. */
      readonly askUnknownTokens?: boolean;
      /** Tariffs that drivers of the partner pay instead of those of our places: by the id of the place’s tariff, the id of another one in the same currency. */
      readonly tariffIds?: { readonly [name: string]: string };
      /** The hub between the operators of this deployment that have such a partner: registered at once, and reached by routing headers. */
      readonly ofDeployment?: boolean;
      /** The partner’s list of versions. */
      readonly versionsUrl?: string;
      /** The token that the partner gave us. */
      readonly tokenA?: string;
    };
    readonly answer: InvitedPartner;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "TARIFF_NOT_FOUND" | "OCPI_SETTINGS_MISSING" | "PARTY_TAKEN" | "HUB_JOINED_ALREADY" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "PARTNER_HANDSHAKE_FAILED" | "RATE_LIMITED" | "INTERNAL_ERROR" | "PARTNER_UNREACHABLE";
  };
  /** Lists roaming partners by id. Scope: `partners:read` */
  readonly "GET /partners": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (Partner)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a roaming partner. Scope: `partners:read` */
  readonly "GET /partners/{partnerId}": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Partner;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Changes the name, the versions, the known mistakes, the agreement on credits or the price list of a roaming partner. Scope: `partners:write` */
  readonly "PATCH /partners/{partnerId}": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: {
      readonly name?: string;
      /** The parties of ours that the partner is connected to; none: all. It gets them with the next registration or rotation. In OCPI 2.1.1, whose connections have one party, the first counts. */
      readonly ourParties?: readonly ({
        readonly countryCode: string;
        readonly partyId: string;
      })[];
      /** Versions of OCPI that may be spoken; all unless stated. */
      readonly versions?: readonly ("2.3.0" | "2.2.1" | "2.1.1")[];
      /** Known mistakes of the partner, by the names of docs/ocpi.md. */
      readonly quirks?: readonly ("plain-token" | "encoded-token" | "trailing-slash" | "own-party-in-to" | "limit-is-count" | "put-for-patch" | "explicit-nulls" | "empty-text-for-nothing" | "text-for-numbers" | "numbers-for-text" | "text-for-flags" | "single-for-list" | "missing-last-updated" | "token-without-party")[];
      /** In OCPI 2.1.1, which has no credits: the partner agreed to CDRs with a negative total instead. */
      readonly negativeCredits?: boolean;
      /** Hours between two pulls of the partner’s locations, tariffs, sessions and CDRs, where we are its eMSP, and of its drivers’ tokens, where we are its CPO; null: never. */
      readonly pullEveryHours?: number | null;
      /** Whether the partner is asked, where we are its CPO, about a token that nobody knows while its driver waits at a charger; about its own tokens it is asked as they say. */
      readonly askUnknownTokens?: boolean;
      /** Tariffs that drivers of the partner pay instead of those of our places: by the id of the place’s tariff, the id of another one in the same currency. */
      readonly tariffIds?: { readonly [name: string]: string };
    };
    readonly answer: Partner;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "TARIFF_NOT_FOUND" | "PARTNER_CHANGED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Deletes a roaming partner. It is asked to end its registration; its tokens are refused from then on, whatever it answers. Scope: `partners:write` */
  readonly "DELETE /partners/{partnerId}": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "PARTNER_CHANGED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Registers a roaming partner again: with its versionsUrl and tokenA we do it at once, else the answer has a new token A. The old registration is valid until the new one is complete. Scope: `partners:write` */
  readonly "POST /partners/{partnerId}/register": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      /** The partner’s list of versions. */
      readonly versionsUrl?: string;
      /** The token that the partner gave us. */
      readonly tokenA?: string;
    };
    readonly answer: InvitedPartner;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "OCPI_SETTINGS_MISSING" | "PARTNER_CHANGED" | "PARTNER_OF_DEPLOYMENT" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "BODY_TOO_LARGE" | "PARTNER_HANDSHAKE_FAILED" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR" | "PARTNER_UNREACHABLE";
  };
  /** Replaces both tokens of a registered partner, and reads its versions and endpoints again. The old tokens are valid until the new ones were used. Scope: `partners:write` */
  readonly "POST /partners/{partnerId}/rotate": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: undefined;
    readonly answer: Partner;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "PARTNER_NOT_REGISTERED" | "PARTNER_OF_DEPLOYMENT" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "PARTNER_HANDSHAKE_FAILED" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR" | "PARTNER_UNREACHABLE";
  };
  /** Tests the connection to a registered partner: token, versions, endpoints, clock, a page of each module, latency. Changes nothing. Scope: `partners:write` */
  readonly "POST /partners/{partnerId}/test": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: PartnerTest;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "PARTNER_NOT_REGISTERED" | "PARTNER_OF_DEPLOYMENT" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Suspends a roaming partner: nothing is sent to it, and its calls are refused. Scope: `partners:write` */
  readonly "POST /partners/{partnerId}/suspend": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Partner;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "PARTNER_CHANGED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Ends the suspension of a roaming partner. Scope: `partners:write` */
  readonly "POST /partners/{partnerId}/resume": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Partner;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "PARTNER_CHANGED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the sessions, CDRs, locations and tariffs that have not arrived at a roaming partner although they were pushed, those that fail for longest first. Scope: `partners:read` */
  readonly "GET /partners/{partnerId}/deliveries": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (PartnerDelivery)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the locations, tariffs, sessions, CDRs or tokens that a roaming partner reads differently, or not at all, because its version has no words for them. Scope: `partners:read` */
  readonly "GET /partners/{partnerId}/losses": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: {
      /** The module of OCPI whose objects are looked through. */
      readonly module?: "locations" | "tariffs" | "sessions" | "cdrs" | "tokens";
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (PartnerLoss)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns how far a roaming partner is with an object, as in cdrs.cdr_…, and everything that it reads differently. Scope: `partners:read` */
  readonly "GET /partners/{partnerId}/deliveries/{partnerDeliveryId}": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
      /** The id of the partner delivery. */
      readonly partnerDeliveryId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: PartnerDelivery;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_DELIVERY_NOT_FOUND" | "PARTNER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the parties behind a hub by country and party id, with what it says about their connections. Scope: `partners:read` */
  readonly "GET /partners/{partnerId}/parties": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (PartnerParty)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the parties of OCPI that the operator is for its roaming partners. Scope: `settings:read` */
  readonly "GET /settings/ocpi": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: OcpiSettings;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Sets the party of OCPI that the operator is for its roaming partners, and further ones. Registered partners get them with the next registration or rotation. Scope: `settings:write` */
  readonly "PUT /settings/ocpi": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** The ETag that the resource had when it was fetched: the change is refused with 412 where it was changed since. Without it the change is made in any case. */
      readonly "If-Match"?: string;
    };
    readonly body: {
      readonly countryCode: string;
      readonly partyId: string;
      readonly businessName: string;
      readonly website?: string | null;
      readonly roles: readonly ("CPO" | "EMSP")[];
      readonly furtherParties?: readonly ({
        readonly countryCode: string;
        readonly partyId: string;
        readonly businessName: string;
        readonly website?: string | null;
        readonly roles: readonly ("CPO" | "EMSP")[];
      })[];
    };
    readonly answer: OcpiSettings;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "PRECONDITION_FAILED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists locations of roaming partners: around a point, the nearest first, or by words, or all. Filters may leave a page with fewer of them than there are. Scope: `partners:read` */
  readonly "GET /roaming/locations": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Of the point to search around. */
      readonly latitude?: number;
      /** Of the point to search around. */
      readonly longitude?: number;
      /** Around the point; 5 unless given. */
      readonly radiusKm?: number;
      /** Beginnings of words of name, address, city and postal code; one of them has three letters or more. */
      readonly text?: string;
      /** Only those that give so much. */
      readonly minPowerKw?: number;
      /** `true` lists only those with an EVSE that a driver can use now. */
      readonly free?: "true" | "false";
      /** Only those of this partner. */
      readonly partnerId?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (RoamingLocation)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists the EVSEs of a location of a roaming partner by their ids, with their status. Scope: `partners:read` */
  readonly "GET /roaming/locations/{roamingLocationId}/evses": {
    readonly path: {
      /** The id of the roaming location. */
      readonly roamingLocationId: string | number;
    };
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (RoamingEvse)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "LOCATION_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists sessions of our drivers at roaming partners; those that started last come first. Scope: `partners:read` */
  readonly "GET /roaming/sessions": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Only those in this state. */
      readonly state?: "active" | "ended";
      /** Only what happened from this time on. */
      readonly from?: string;
      /** Only what happened before this time. */
      readonly to?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (RoamingSession)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists CDRs of roaming partners with our verdict on each; those of the sessions that ended last come first. Scope: `partners:read` */
  readonly "GET /roaming/cdrs": {
    readonly path: Record<never, never>;
    readonly query: {
      /** `differs` lists what is to be disputed. */
      readonly verdict?: "agrees" | "differs" | "unpriced";
      /** Only those of this partner. */
      readonly partnerId?: string;
      /** Only those of the drivers of it. */
      readonly accountId?: string;
      /** Only what happened from this time on. */
      readonly from?: string;
      /** Only what happened before this time. */
      readonly to?: string;
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (RoamingCdr)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a CDR of a roaming partner with our price and every difference. Scope: `partners:read` */
  readonly "GET /roaming/cdrs/{roamingCdrId}": {
    readonly path: {
      /** The id of the roaming cdr. */
      readonly roamingCdrId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: SingleRoamingCdr;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CDR_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Checks a CDR of a roaming partner again by what is known now, as when its tariff came after it. Scope: `partners:write` */
  readonly "POST /roaming/cdrs/{roamingCdrId}/check": {
    readonly path: {
      /** The id of the roaming cdr. */
      readonly roamingCdrId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: SingleRoamingCdr;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "CDR_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns what we and a roaming partner owe each other for the sessions that ended in a month (UTC): each CDR, and the sums by direction, currency and VAT rate. Scope: `partners:read` */
  readonly "GET /partners/{partnerId}/settlements/{month}": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
      /** The id of the month. */
      readonly month: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Settlement;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "SETTLEMENT_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the sums of a settlement as CSV. Scope: `partners:read` */
  readonly "GET /partners/{partnerId}/settlements/{month}/csv": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
      /** The id of the month. */
      readonly month: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: string;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "SETTLEMENT_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists which CDRs roaming partners invoiced, by what they say over OCPI 2.3.0; the latest first. Scope: `partners:read` */
  readonly "GET /roaming/invoices": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (RoamingInvoice)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns what an invoice of a roaming partner ought to say by the CDRs that it bills, and which of them are missing or differ. Scope: `partners:read` */
  readonly "GET /roaming/invoices/{roamingInvoiceId}": {
    readonly path: {
      /** The id of the roaming invoice. */
      readonly roamingInvoiceId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: SingleRoamingInvoice;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "INVOICE_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Says that an invoice of yours bills what a roaming partner owes for a month in a currency, as far as no other does: the partner is sent which CDRs these are (OCPI 2.3.0). Scope: `partners:write` */
  readonly "POST /partners/{partnerId}/invoices": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: IssuedInvoiceForm;
    readonly answer: SingleIssuedInvoice;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "OCPI_SETTINGS_MISSING" | "SETTLEMENT_TOO_LARGE" | "INVOICE_EMPTY" | "INVOICE_NUMBER_USED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists your invoices to a roaming partner, the first one first. Scope: `partners:read` */
  readonly "GET /partners/{partnerId}/invoices": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (IssuedInvoice)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns an invoice of yours to a roaming partner with the CDRs that it bills. Scope: `partners:read` */
  readonly "GET /partners/{partnerId}/invoices/{partnerInvoiceId}": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
      /** The id of the partner invoice. */
      readonly partnerInvoiceId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: SingleIssuedInvoice;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "PARTNER_INVOICE_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Takes an invoice to a roaming partner back: it is deleted at the partner, its CDRs may be billed by another one, and its number is used. Scope: `partners:write` */
  readonly "DELETE /partners/{partnerId}/invoices/{partnerInvoiceId}": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
      /** The id of the partner invoice. */
      readonly partnerInvoiceId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: SingleIssuedInvoice;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "PARTNER_INVOICE_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Has locations, tariffs, sessions and CDRs, or tokens, read at a roaming partner: everything the first time, then what changed since. Pulls that run go on. Scope: `partners:write` */
  readonly "POST /partners/{partnerId}/pulls": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      /** All that the partner offers unless stated. */
      readonly modules?: readonly ("locations" | "tariffs" | "sessions" | "cdrs" | "invoicereconciliation" | "tokens" | "hubclientinfo")[];
      /** Everything again, and not only what changed since the last pull. */
      readonly full?: boolean;
    };
    readonly answer: RoamingPulls;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "PARTNER_NOT_REGISTERED" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns how far the last pulls from a roaming partner are, and what could not be kept. Scope: `partners:read` */
  readonly "GET /partners/{partnerId}/pulls": {
    readonly path: {
      /** The id of the partner. */
      readonly partnerId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: RoamingPulls;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "PARTNER_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Has a roaming partner start or end a session of one of our drivers, reserve an EVSE, release a cable or limit the power of a session. The answer has the partner’s word at once; the outcome comes later. Scope: `partners:write` */
  readonly "POST /roaming/commands": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly type: "start";
      readonly roamingLocationId: string;
      readonly evseUid?: string;
      /** Only together with evseUid. */
      readonly connectorId?: string;
      readonly tokenId: string;
    } | {
      readonly type: "stop";
      readonly roamingSessionId: string;
    } | {
      readonly type: "reserve";
      readonly roamingLocationId: string;
      readonly evseUid?: string;
      readonly tokenId: string;
      readonly expiresAt: string;
    } | {
      readonly type: "cancel-reservation";
      /** The command by which it was reserved. */
      readonly roamingCommandId: string;
    } | {
      readonly type: "unlock";
      readonly roamingLocationId: string;
      readonly evseUid: string;
      readonly connectorId: string;
    } | {
      readonly type: "set-charging-profile";
      readonly roamingSessionId: string;
      readonly profile: RoamingChargingProfile;
    } | {
      readonly type: "clear-charging-profile";
      readonly roamingSessionId: string;
    } | {
      readonly type: "composite-schedule";
      readonly roamingSessionId: string;
      readonly durationSeconds: number;
    };
    readonly answer: RoamingCommand;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "COMMAND_NOT_FOUND" | "LOCATION_NOT_FOUND" | "SESSION_NOT_FOUND" | "TOKEN_NOT_FOUND" | "PARTNER_NOT_REGISTERED" | "PARTNER_PARTY_NOT_CONNECTED" | "PARTNER_TAKES_NO_COMMANDS" | "IDEMPOTENCY_KEY_ROTATED" | "IDEMPOTENCY_KEY_IN_USE" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns a command to a roaming partner with its outcome. Scope: `partners:read` */
  readonly "GET /roaming/commands/{roamingCommandId}": {
    readonly path: {
      /** The id of the roaming command. */
      readonly roamingCommandId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: RoamingCommand;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "COMMAND_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns how sessions are billed that deliver nothing, are aborted, never stop, last too long or cost too much, and who sells. Scope: `settings:read` */
  readonly "GET /settings": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Settings;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Sets how sessions are billed that deliver nothing, are aborted, never stop, last too long or cost too much, and who sells. Omitted settings get their default; CDRs made from then on follow the new settings. Scope: `settings:write` */
  readonly "PUT /settings": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** The ETag that the resource had when it was fetched: the change is refused with 412 where it was changed since. Without it the change is made in any case. */
      readonly "If-Match"?: string;
    };
    readonly body: {
      readonly tariffId?: string | null;
      readonly timeZone?: string | null;
      readonly showRunningCost?: boolean;
      readonly ignoreTagSpaces?: boolean;
      readonly masterPassGroup?: string | null;
      readonly issuer?: {
        readonly name: string;
        readonly addressLines: readonly (string)[];
        readonly postalCode?: string | null;
        readonly city: string;
        readonly country: string;
        readonly vatId?: string | null;
        readonly registration?: string | null;
      } | null;
      readonly zeroEnergy?: {
        readonly bill?: "nothing" | "tariff";
        readonly upToKwh?: string | number;
      };
      readonly aborted?: {
        readonly waiveSessionFee?: boolean;
        readonly stopReasons?: readonly ("DeAuthorized" | "EmergencyStop" | "GroundFault" | "HardReset" | "ImmediateReset" | "Other" | "OvercurrentFault" | "PowerLoss" | "PowerQuality" | "Reboot" | "ReqEnergyTransferRejected" | "SoftReset" | "UnlockCommand" | "Abandoned" | "Superseded")[];
      };
      readonly neverStopped?: {
        readonly closeAfterHours?: string | number;
        readonly closeWhenAvailableMinutes?: string | number;
      };
      readonly missingMessages?: {
        readonly waitMinutes?: string | number;
      };
      readonly limits?: {
        readonly longestSessionDays?: string | number;
        readonly highestPrice?: { readonly [name: string]: string | number };
      };
    };
    readonly answer: Settings;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "TARIFF_NOT_FOUND" | "PRECONDITION_FAILED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns when a session counts as failed, which readings count as abnormal, what is an alert, and the thresholds and terms of uptime. Scope: `settings:read` */
  readonly "GET /settings/monitoring": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: MonitoringSettings;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Sets when a session counts as failed, which readings count as abnormal, what is an alert, and the thresholds and terms of uptime. Omitted settings get their default; lists and uptimes of past months follow the new settings. Scope: `settings:write` */
  readonly "PUT /settings/monitoring": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** The ETag that the resource had when it was fetched: the change is refused with 412 where it was changed since. Without it the change is made in any case. */
      readonly "If-Match"?: string;
    };
    readonly body: {
      readonly failedSessions?: {
        readonly noEnergyKwh?: string | number;
      };
      readonly abnormalReadings?: {
        readonly from?: "warning" | "error";
      };
      readonly alerts?: {
        readonly offlineMinutes?: number;
        readonly absencesPerDay?: number;
        readonly frozenMinutes?: number;
        readonly lostPhaseMinutes?: number;
        readonly stuckMinutes?: number;
        readonly stuckWatts?: number;
        readonly silentMinutes?: number;
        readonly longHours?: number;
        readonly unusedDays?: number;
      };
      readonly uptime?: {
        readonly thresholdPercent?: {
          readonly nevi?: string | number;
          readonly uk?: string | number;
          readonly contract?: string | number;
        };
        readonly contract?: {
          readonly offline?: "outage" | "left-out";
          readonly excludedCauses?: readonly ("utility-outage" | "vehicle-fault" | "scheduled-maintenance" | "vandalism" | "natural-disaster" | "other")[];
          readonly setsClosedHoursAside?: boolean;
          readonly aside?: "up" | "left-out";
        };
      };
    };
    readonly answer: MonitoringSettings;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "PRECONDITION_FAILED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Returns the certificate of the authority that certifies the chargers of this deployment; the first call has it made. Scope: `settings:read` */
  readonly "GET /settings/charger-authority": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: ChargerAuthority;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "CHARGER_AUTHORITY_OFF" | "RATE_LIMITED" | "INTERNAL_ERROR" | "CHARGER_AUTHORITY_NOT_READY";
  };
  /** Returns which chargers take part. Scope: `settings:read` */
  readonly "GET /settings/admission": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: Admission;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Sets which chargers take part. Omitted settings get their default; chargers that are registered already stay as they are. Scope: `settings:write` */
  readonly "PUT /settings/admission": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** The ETag that the resource had when it was fetched: the change is refused with 412 where it was changed since. Without it the change is made in any case. */
      readonly "If-Match"?: string;
    };
    readonly body: {
      readonly approveNewChargers?: boolean;
      readonly waitingRoom?: {
        readonly places?: string | number;
        readonly hours?: string | number;
      };
    };
    readonly answer: Admission;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "PRECONDITION_FAILED" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Creates an API key and shows it once; only a hash of it is stored. Scope: `admin` */
  readonly "POST /api-keys": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      readonly name: string;
      readonly scopes: readonly ("admin" | "chargers:read" | "chargers:write" | "commands:read" | "commands:write" | "firmware:read" | "firmware:write" | "locations:read" | "locations:write" | "accounts:read" | "accounts:write" | "tokens:read" | "tokens:write" | "erasures:write" | "tariffs:read" | "tariffs:write" | "promo-codes:read" | "promo-codes:write" | "sessions:read" | "sessions:write" | "sessions:push" | "cdrs:read" | "cdrs:write" | "payments:read" | "payments:write" | "events:read" | "webhooks:read" | "webhooks:write" | "partners:read" | "partners:write" | "settings:read" | "settings:write" | "mcp:write")[];
      readonly expiresAt?: string | null;
      /** The wallbox whose sessions this key pushes; they get its tariff and time zone. */
      readonly chargerId?: string | null;
      /** The tariff of pushed sessions where there is no wallbox, or it has none. */
      readonly tariffId?: string | null;
      /** The time zone of pushed sessions without a wallbox; UTC by default. */
      readonly timeZone?: string | null;
      /** Bounds the key to these locations: it sees and changes their chargers, sessions, CDRs and commands alone, and can have no scope for anything else. */
      readonly locationIds?: readonly (string)[] | null;
    };
    readonly answer: NewApiKey;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "CHARGER_NOT_FOUND" | "TARIFF_NOT_FOUND" | "LOCATION_NOT_FOUND" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Lists API keys, without their secrets. Scope: `admin` */
  readonly "GET /api-keys": {
    readonly path: Record<never, never>;
    readonly query: {
      /** Most items of the page. */
      readonly limit?: number;
      /** The nextCursor of the previous page; omitted for the first page. */
      readonly cursor?: string;
    };
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (ApiKey)[];
      /** The cursor of the next page; null on the last page. */
      readonly nextCursor: string | null;
    };
    readonly codes: "INVALID_REQUEST" | "INVALID_CURSOR" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Gives an API key another secret and shows it once; the old one is valid until the new one is used, or until a date. Scope: `admin` */
  readonly "POST /api-keys/{apiKeyId}/rotate": {
    readonly path: {
      /** The id of the api key. */
      readonly apiKeyId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: {
      /** Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice. */
      readonly "Idempotency-Key"?: string;
    };
    readonly body: {
      /** Until when the old key is valid at most. It ends when the new one is used first, in any case. */
      readonly previousValidUntil?: string | null;
    };
    readonly answer: NewApiKey;
    readonly codes: "INVALID_REQUEST" | "INVALID_JSON" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "API_KEY_NOT_FOUND" | "API_KEY_CHANGED" | "IDEMPOTENCY_KEY_ROTATED" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Deletes an API key; it stops working within seconds. Scope: `admin` */
  readonly "DELETE /api-keys/{apiKeyId}": {
    readonly path: {
      /** The id of the api key. */
      readonly apiKeyId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: undefined;
    readonly codes: "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "KEY_BOUNDED" | "ROUTE_NOT_FOUND" | "API_KEY_NOT_FOUND" | "LAST_ADMINISTRATOR_KEY" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Takes sessions that are over from a third party; those that are known already are skipped. At most 100 requests an hour. Scope: `sessions:push` */
  readonly "POST /api/gateway/sessions": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: {
      readonly sessions: readonly (PushedSession)[];
    };
    readonly answer: PushOutcome;
    readonly codes: "SESSIONS_ARRAY_REQUIRED" | "MAX_SESSIONS_EXCEEDED" | "INVALID_SESSION" | "INVALID_REQUEST" | "AUTH_HEADER_MISSING" | "INVALID_API_KEY" | "SCOPE_MISSING" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL_ERROR";
  };
  /** Answers as long as the API does. Needs no key. */
  readonly "GET /health": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly status: "ok";
    };
    readonly codes: never;
  };
  /** Returns this description as an OpenAPI 3.1 document. Needs no key. */
  readonly "GET /openapi.json": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: { readonly [name: string]: unknown };
    readonly codes: never;
  };
  /** Lists the public keys that the seals of CDRs are verified with. Needs no key. */
  readonly "GET /.well-known/joulegate-cdr-keys": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (PublishedKey)[];
    };
    readonly codes: never;
  };
  /** Returns the script by which pages to pay at look for news. Needs no key. */
  readonly "GET /pay/pay.js": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: string;
    readonly codes: never;
  };
  /** Returns the script by which the pages of receipts verify signed values. Needs no key. */
  readonly "GET /receipts/receipt.js": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: string;
    readonly codes: never;
  };
  /** Returns the link to the page of a connector as a QR code. Needs no key. */
  readonly "GET /pay/{token}/qr": {
    readonly path: {
      /** The last part of the link. */
      readonly token: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: string;
    readonly codes: never;
  };
  /** Takes an event of Stripe, whose signature is verified: the attempt that it names is looked at. Needs no key. */
  readonly "POST /payments/stripe/{operatorId}": {
    readonly path: {
      /** The id of the operator. */
      readonly operatorId: string | number;
    };
    readonly query: Record<never, never>;
    readonly headers: Record<never, never>;
    readonly body: undefined;
    readonly answer: {
      readonly received: true;
    };
    readonly codes: "PAYMENT_EVENT_REFUSED";
  };
};
