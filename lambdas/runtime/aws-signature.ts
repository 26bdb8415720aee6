import { createHmac } from 'node:crypto';

/** The time of a signature of AWS, as in 20260314T091500Z. */
export const signingTime = (at: Date): string =>
  `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** The key of a day, a region and a service: `scope` is `20260314/eu-central-1/s3/aws4_request` (version 4 of AWS's signatures). */
export const signingKey = (secretAccessKey: string, scope: string): Buffer =>
  scope
    .split('/')
    .reduce<Buffer>(
      (key, part) => createHmac('sha256', key).update(part).digest(),
      Buffer.from(`AWS4${secretAccessKey}`),
    );
