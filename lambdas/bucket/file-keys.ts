import { createHash } from 'node:crypto';

/** A charger as a step of a key: nothing that a charger or an operator names leaves its place. */
const chargerStep = (chargerKey: string): string =>
  createHash('sha256').update(chargerKey).digest('hex').slice(0, 32);

/** The key of a log that a charger uploaded: by operator, charger, upload and content, so that a repetition changes nothing. */
export const logFileKey = (
  operatorId: string,
  chargerKey: string,
  uploadId: string,
  sha256: string,
): string => `logs/${operatorId}/${chargerStep(chargerKey)}/${uploadId}/${sha256}`;

/** The key in the bucket under which a firmware is uploaded and given to chargers. */
export const firmwareFileKey = (operatorId: string, firmwareId: string): string =>
  `firmware/${operatorId}/${firmwareId}`;
