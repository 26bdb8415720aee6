import type { OcmfRecord } from './ocmf-record.ts';

/** The serial number of a record's meter, or its gateway's where the record names no meter; `` where it names neither. */
export const meterSerialOf = ({ meter, gateway }: OcmfRecord): string =>
  meter.serial?.trim() || gateway.serial?.trim() || '';
