/** The errors that a charger sees which leaves or fetches a file. docs/errors.md lists the same codes. */
export const fileErrors = {
  TRANSFER_NOT_FOUND: [404, 'The URL is unknown or has expired, or is not for this method.'],
  FILE_EMPTY: [400, 'The file is empty.'],
  TRANSFER_USED: [409, 'Another file has been uploaded to this URL; each URL takes one file.'],
  INTERNAL_ERROR: [500, 'An unexpected error occurred on our side; the request may be repeated.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** The name of such an error. */
export type FileErrorCode = keyof typeof fileErrors;
