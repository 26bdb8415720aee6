/** A file in a form (multipart/form-data), with the name that its sender gives it. */
export type FormFile = { readonly name: string | undefined; readonly content: Buffer };

const headEnd = '\r\n\r\n';

/** The file in a part of a form, head and content; undefined in one that is no file. */
function fileIn(part: Buffer): FormFile | undefined {
  const end = part.indexOf(headEnd);
  if (end < 0) return undefined;
  const [, name] = /\bfilename="([^"]*)"/i.exec(part.toString('utf8', 0, end)) ?? [];
  if (name === undefined) return undefined;
  return { name: name === '' ? undefined : name, content: part.subarray(end + headEnd.length) };
}

/** Finds the first file of a form (`multipart/form-data`), in which some chargers wrap what they upload; undefined in any other body. */
export function multipartFile(body: Buffer, contentType: string): FormFile | undefined {
  const [, boundary] = /^multipart\/form-data;.*\bboundary="?([^";]+)"?/i.exec(contentType) ?? [];
  if (boundary === undefined) return undefined;
  const delimiter = `\r\n--${boundary}`;
  let start = body.indexOf(delimiter.slice(2));
  while (start >= 0) {
    const end = body.indexOf(delimiter, start);
    if (end < 0) return undefined;
    const found = fileIn(body.subarray(start, end));
    if (found !== undefined) return found;
    start = end + 2;
  }
  return undefined;
}
