import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { callBucket } from '../bucket/call-bucket.ts';
import { tokenLength } from '../bucket/file-routes.ts';
import type { HttpRequest } from '../http/http-request.ts';
import { readTransfer, transferIdOf } from '../store/files/transfers.ts';
import type { Database } from '../store/table/client.ts';
import { type FileErrorCode, fileErrors } from './file-errors.ts';
import { giveFirmware } from './give-firmware.ts';
import { multipartFile } from './multipart-file.ts';
import { takeLog, type UploadedFile } from './take-log.ts';

/** The surroundings of an upload or a download by a charger: the database, the bucket and the time. */
export type TransferSurroundings = {
  readonly database: Database;
  readonly call: typeof callBucket;
  /** Epoch ms. */
  readonly now: number;
};

/** A refusal, for the people who read a charger's log. */
export const refuseTransfer = (code: FileErrorCode): APIGatewayProxyStructuredResultV2 => {
  const [statusCode, message] = fileErrors[code];
  return {
    statusCode,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ code, message }),
  };
};

/** A charger appends the name of its file as a step of the path, or right behind the token; some use the URL as it is. */
const namedIn = ({ token = '', name }: HttpRequest['path']): string | undefined =>
  name ?? (token.length > tokenLength ? token.slice(tokenLength) : undefined);

function uploaded({ path, body = '', base64, headers }: HttpRequest): UploadedFile {
  const content = Buffer.from(body, base64 ? 'base64' : 'utf8');
  const form = multipartFile(content, headers['content-type'] ?? '');
  return form === undefined
    ? { name: namedIn(path), content }
    : { name: form.name ?? namedIn(path), content: form.content };
}

/** Answers a charger that leaves or fetches a file, at a URL that it was given in a command. */
export async function answerTransfer(
  surroundings: TransferSurroundings,
  method: string,
  request: HttpRequest,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { database, now } = surroundings;
  const token = (request.path['token'] ?? '').slice(0, tokenLength);
  const transfer = await readTransfer(database, transferIdOf(token));
  if (transfer === undefined || transfer.expiresAt * 1000 <= now) {
    return refuseTransfer('TRANSFER_NOT_FOUND');
  }
  const { offered } = transfer;
  const isDownload = method === 'GET' || method === 'HEAD';
  if (isDownload !== (offered !== undefined)) return refuseTransfer('TRANSFER_NOT_FOUND');
  if (offered !== undefined) {
    const { range } = request.headers;
    const asked = { method: method === 'HEAD' ? 'HEAD' : 'GET', range, now } as const;
    const given = await giveFirmware(surroundings.call, offered, asked);
    return given === 'gone' ? refuseTransfer('TRANSFER_NOT_FOUND') : given;
  }
  const taken = await takeLog(surroundings, transfer, uploaded(request), now);
  return taken === 'taken' ? { statusCode: 200, body: '' } : refuseTransfer(taken);
}
