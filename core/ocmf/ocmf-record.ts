import type { Instant } from '../units/instant.ts';
import type { OcmfRemark } from './remarks.ts';

/** How far the clock of a reading can be trusted: unsynchronised, informative, synchronised, or relative (durations only). */
export type TimeStatus = 'U' | 'I' | 'S' | 'R';

/** One reading of a record, with what it left out taken from the reading before it. */
export type OcmfReading = {
  /** `TM` as written: local time, offset and status. */
  readonly time?: string;
  readonly at?: Instant;
  readonly timeStatus?: TimeStatus;
  /** `TX`: B begin, C charging, X exception, E L R A P end, S suspended, T tariff change. */
  readonly transaction?: string;
  /** `RV` as the decimal literal in the record, without surrounding spaces. */
  readonly value?: string;
  /** `RI`: the OBIS code of what was read. */
  readonly obis?: string;
  /** `RU`: kWh, Wh, mOhm, uOhm, or what the meter wrote. */
  readonly unit?: string;
  /** `RT`: AC or DC. */
  readonly currentType?: string;
  /** `CL`: the loss in the cable since the start that was taken off the value, in the same unit. */
  readonly cumulatedLoss?: string;
  /** `EF`: quantities that are no longer usable: E energy, t time. */
  readonly errorFlags?: string;
  /** `ST`: G when the meter works correctly. */
  readonly status?: string;
};

/** The signature section of a record, with the defaults of the format filled in. */
export type OcmfSignature = {
  /** `SA` as written. */
  readonly algorithm: string;
  /** `SE`: hex or base64. */
  readonly encoding: string;
  /** `SD`, still encoded; absent when the record has none. */
  readonly data?: string;
};

/** A record in the Open Charge Metering Format (OCMF 1.4), the received bytes besides their decoded content. */
export type OcmfRecord = {
  /** The record as received. */
  readonly text: string;
  /** The bytes that are signed: exactly those between the first and the second bar. */
  readonly payload: Uint8Array;
  readonly signature: OcmfSignature;
  readonly formatVersion?: string;
  /** `PG`: T for a transaction or F for fiscal readings, and a number that grows by one with every record. */
  readonly pagination?: string;
  readonly gateway: { readonly id?: string; readonly serial?: string; readonly version?: string };
  readonly meter: {
    readonly vendor?: string;
    readonly model?: string;
    readonly serial?: string;
    readonly firmware?: string;
  };
  /** `IS IL IF IT ID`: to whom the session is assigned, and how surely. */
  readonly user: {
    readonly assigned?: boolean;
    readonly level?: string;
    readonly flags: readonly string[];
    readonly type?: string;
    readonly id?: string;
  };
  readonly chargePoint: { readonly type?: string; readonly id?: string };
  readonly tariffText?: string;
  readonly controllerFirmware?: string;
  /** `LC`: the cable for whose losses the meter corrects its values. */
  readonly cable?: {
    readonly name?: string;
    readonly id?: string;
    readonly resistance?: string;
    readonly unit?: string;
  };
  readonly readings: readonly OcmfReading[];
  /** A key that the charger appended to the record. It proves nothing until it is known from elsewhere. */
  readonly appendedKey?: string;
  /** Each once, in the order of the table of remarks. */
  readonly remarks: readonly OcmfRemark[];
};
