import { type PresignedRequest, presignUrl } from './presign-url.ts';

/** A request to the bucket of files (FILE_BUCKET). */
export type FileRequest = Omit<PresignedRequest, 'bucket'>;

/** Writes a URL that allows one request to the bucket of files, signed as the role of the function that runs. `now` is epoch ms. */
export const fileUrl = (request: FileRequest, now: number): string =>
  presignUrl(
    { ...request, bucket: process.env['FILE_BUCKET'] ?? '' },
    {
      accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
      sessionToken: process.env['AWS_SESSION_TOKEN'],
      region: process.env['AWS_REGION'] ?? '',
      endpoint: process.env['AWS_ENDPOINT_URL_S3'],
      now,
    },
  );
