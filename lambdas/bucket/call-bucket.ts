import { type FileRequest, fileUrl } from './file-url.ts';

/** An error of S3 that another attempt may not meet. */
const isPassing = (status: number): boolean => status >= 500 || status === 429;

const attempts = 3;

/** Sends a request to the bucket of files; one that S3 cannot take just now is repeated. Throws where it never can. */
export async function callBucket(
  request: Omit<FileRequest, 'seconds'>,
  body?: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const url = fileUrl({ ...request, seconds: 60 }, Date.now());
    const response = await fetch(url, {
      method: request.method,
      ...(request.headers === undefined ? {} : { headers: request.headers }),
      ...(body === undefined ? {} : { body }),
    }).catch((error: unknown) => {
      if (attempt === attempts) throw error;
      return undefined;
    });
    if (response !== undefined && !isPassing(response.status)) return response;
    if (attempt === attempts) {
      throw new Error(`S3 answered ${response?.status} to ${request.method}`);
    }
  }
}
