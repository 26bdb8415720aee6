import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Endpoint } from '../aws-json/start-json-endpoint.ts';
import { listen } from '../gateway/listen.ts';
import type { Authorize, Deployment, Usage } from '../runner-interfaces.ts';
import { checkPresigned } from './check-presigned.ts';
import { type ObjectFiles, openObjectFiles, type StoredObject } from './object-files.ts';
import { errorBody, S3Error } from './s3-error.ts';

/** The parts the endpoint needs. */
export type S3EndpointOptions = {
  readonly deployment: Deployment;
  /** Objects are kept in its folder `s3`, one folder for each bucket. */
  readonly dataDirectory: string;
  /** The secret access key of every function. */
  readonly secretKey: string;
  readonly authorize: Authorize;
  readonly count?: (accessKeyId: string, usage: Usage) => void;
  /** Bytes of a bucket at most; 2 GB unless given. */
  readonly mostBytes?: number;
};

type Bucket = { readonly arn: string; readonly files: ObjectFiles };

type Call = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly bucket: Bucket;
  readonly key: string;
  readonly accessKeyId: string;
  /** Throws what S3 answers where IAM does not allow it. */
  readonly demand: (action: string) => void;
  readonly mayList: () => boolean;
};

const actions: Readonly<Record<string, string>> = {
  PUT: 's3:PutObject',
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  DELETE: 's3:DeleteObject',
};

/** The S3 that chargers and functions talk to, by pre-signed URLs alone: objects are put, got whole or in part, looked at and deleted. */
export async function startS3Endpoint(options: S3EndpointOptions): Promise<Endpoint> {
  const { deployment, dataDirectory, mostBytes = 2_000_000_000 } = options;
  const buckets = new Map<string, Bucket>(
    deployment.resources
      .filter(({ type }) => type === 'AWS::S3::Bucket')
      .map(({ ref, attributes }) => {
        const files = openObjectFiles(join(dataDirectory, 's3', ref), mostBytes);
        return [ref, { arn: attributes['Arn'] ?? '', files }];
      }),
  );
  const server = createServer((request, response) => {
    void answer(options, buckets, request, response);
  });
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  options: S3EndpointOptions,
  buckets: ReadonlyMap<string, Bucket>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('x-amz-request-id', randomUUID());
  try {
    await serve(callOf(options, buckets, request, response));
  } catch (error) {
    refuse(request, response, error);
  }
}

function callOf(
  { authorize, count, secretKey }: S3EndpointOptions,
  buckets: ReadonlyMap<string, Bucket>,
  request: IncomingMessage,
  response: ServerResponse,
): Call {
  const { method = '', url = '', headers } = request;
  const [, name = '', ...steps] = (url.split('?')[0] ?? '').split('/');
  const bucket = buckets.get(name);
  const key = decodeURIComponent(steps.join('/'));
  const action = actions[method];
  const known = /^(?:X-Amz-[A-Za-z0-9-]+|x-id|response-content-disposition|response-content-type)=/;
  const asked = (url.split('?')[1] ?? '').split('&').filter((one) => !known.test(one));
  if (action === undefined || asked.join('') !== '' || key === '') {
    throw new S3Error(
      501,
      'NotImplemented',
      'The local S3 puts, gets, looks at and deletes single objects by pre-signed URLs, and nothing else.',
    );
  }
  if (bucket === undefined) {
    throw new S3Error(404, 'NoSuchBucket', `The specified bucket does not exist: ${name}`);
  }
  const accessKeyId = checkPresigned({ method, url, headers }, secretKey, Date.now());
  count?.(accessKeyId, { service: 's3', operation: action.slice(3), units: { request: 1 } });
  return {
    request,
    response,
    bucket,
    key,
    accessKeyId,
    demand: (wanted) => {
      const verdict = authorize(accessKeyId, wanted, `${bucket.arn}/${key}`);
      if (!verdict.allowed) throw new S3Error(403, 'AccessDenied', verdict.message);
    },
    mayList: () => authorize(accessKeyId, 's3:ListBucket', bucket.arn).allowed,
  };
}

async function serve(call: Call): Promise<void> {
  const { request, response, bucket, key, demand } = call;
  const { method = '', headers } = request;
  demand(actions[method] ?? '');
  switch (method) {
    case 'PUT': {
      const object = await bucket.files.put(key, lengthChecked(request), {
        contentType: headers['content-type'],
        checksum: headers['x-amz-checksum-sha256']?.toString(),
      });
      response.writeHead(200, { etag: object.etag, 'content-length': 0 }).end();
      return;
    }
    case 'DELETE':
      await bucket.files.remove(key);
      response.writeHead(204).end();
      return;
    default:
      await give(call, await findObject(call));
  }
}

/** S3 refuses content whose length it is not given before. */
function lengthChecked(request: IncomingMessage): IncomingMessage {
  if (request.headers['content-length'] !== undefined) return request;
  throw new S3Error(
    411,
    'MissingContentLength',
    'You must provide the Content-Length HTTP header.',
  );
}

/** Who may not list a bucket does not learn what is missing in it. */
async function findObject({ bucket, key, mayList }: Call): Promise<StoredObject> {
  const object = await bucket.files.find(key);
  if (object !== undefined) return object;
  throw mayList()
    ? new S3Error(404, 'NoSuchKey', 'The specified key does not exist.')
    : new S3Error(403, 'AccessDenied', 'Access Denied');
}

async function give({ request, response, bucket, key }: Call, object: StoredObject): Promise<void> {
  const { bytes, etag, contentType, storedAt } = object;
  const query = new URL(request.url ?? '', 'http://localhost').searchParams;
  const range = rangeOf(request.headers.range, bytes);
  const { from, to } = range ?? { from: 0, to: bytes - 1 };
  const disposition = query.get('response-content-disposition');
  response.writeHead(range === undefined ? 200 : 206, {
    'accept-ranges': 'bytes',
    'content-length': to - from + 1,
    'content-type': query.get('response-content-type') ?? contentType,
    'last-modified': new Date(storedAt).toUTCString(),
    etag,
    ...(range !== undefined && { 'content-range': `bytes ${from}-${to}/${bytes}` }),
    ...(disposition !== null && { 'content-disposition': disposition }),
  });
  if (request.method === 'HEAD' || bytes === 0) {
    response.end();
    return;
  }
  await pipeline(bucket.files.read(key, from, to), response);
}

/** A single range of bytes; anything else that the header may say is passed over, as S3 does. */
function rangeOf(header: string | undefined, bytes: number) {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (from > to) {
    throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable');
  }
  return { from, to };
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const message = error instanceof Error ? error.message : 'Unknown';
  const refused = error instanceof S3Error ? error : new S3Error(500, 'InternalError', message);
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  // The rest of the content is not read.
  response.writeHead(refused.status, { 'content-type': 'application/xml', connection: 'close' });
  response.end(request.method === 'HEAD' ? undefined : errorBody(refused));
}
