import * as z from 'zod';
import { timeText } from '../common-schemas.ts';
import { id } from '../forms.ts';

/** Bytes of the largest firmware: what S3 takes in one request. */
const mostBytes = 5_000_000_000;

/** A firmware as an operator registers it, before its file is uploaded. */
export const FirmwareForm = z
  .strictObject({
    version: id(50).meta({ description: 'As a charger reports it when it runs.' }),
    vendor: id(50).optional(),
    model: id(50).optional(),
    fileName: z
      .string()
      .regex(/^\w[\w.-]{0,99}$/, {
        message: 'The value must be the name of a file, of letters, digits, dots, - and _.',
      })
      .meta({ description: 'The end of the URL that chargers get: some look at its extension.' }),
    bytes: z.int().min(1).max(mostBytes),
    sha256: z.string().regex(/^[0-9a-f]{64}$/i, { message: 'The value must be a SHA-256 in hex.' }),
    signed: z
      .strictObject({
        certificate: z.string().min(1).max(5_500),
        signature: z.string().min(1).max(800),
      })
      .optional()
      .meta({
        description:
          "The manufacturer's certificate (PEM) and signature: chargers are then asked for a secure update.",
      }),
  })
  .meta({ id: 'FirmwareForm' });

/** A firmware as it is shown. */
export const FirmwareSchema = z
  .strictObject({
    firmwareId: z.string(),
    version: z.string(),
    vendor: z.string().nullable(),
    model: z.string().nullable(),
    fileName: z.string(),
    bytes: z.int(),
    sha256: z.string(),
    signed: z.boolean(),
    createdAt: timeText,
    uploadedAt: timeText.nullable(),
    upload: z
      .strictObject({
        method: z.literal('PUT'),
        url: z.string(),
        headers: z.record(z.string(), z.string()),
        expiresAt: timeText,
      })
      .nullable()
      .meta({ description: 'How to upload its file; null once it is there, and in lists.' }),
  })
  .meta({ id: 'Firmware' });
