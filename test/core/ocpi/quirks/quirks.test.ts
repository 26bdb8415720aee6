import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { authorizationHeader } from '../../../../core/ocpi/envelope/authorization.ts';
import { startEncoding } from '../../../../core/ocpi/handshake/start-encoding.ts';
import { readRouting, receiverOf } from '../../../../core/ocpi/hub/routing-headers.ts';
import { patchBetween } from '../../../../core/ocpi/patch/patch-between.ts';
import { sessionPatch } from '../../../../core/ocpi/patch/patch-rules.ts';
import {
  type ConnectionQuirkName,
  connectionQuirks,
} from '../../../../core/ocpi/quirks/connection-quirks.ts';
import { documentQuirks } from '../../../../core/ocpi/quirks/document-quirks.ts';
import { endpointUrl } from '../../../../core/ocpi/quirks/endpoint-url.ts';
import { pushTo } from '../../../../core/ocpi/quirks/push-to.ts';
import { quirkNames } from '../../../../core/ocpi/quirks/quirk-names.ts';
import { repairDocument } from '../../../../core/ocpi/quirks/repair-document.ts';
import { statedLimit } from '../../../../core/ocpi/quirks/stated-limit.ts';
import type { OcpiVersion } from '../../../../core/ocpi/translators.ts';
import { readJsonLiterals } from '../../../../core/units/json-literals.ts';
import { writeJsonLiterals } from '../../../../core/units/write-json-literals.ts';

const folder = fileURLToPath(new URL('../../../golden/ocpi/quirks', import.meta.url));
const transcriptOf = (name: string) => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
const literalsOf = (value: unknown) => {
  const read = readJsonLiterals(JSON.stringify(value));
  if (read.kind === 'malformed') throw new Error(read.message);
  return read.value;
};
const facts = { receivedAt: '2026-03-11T09:00:00.000Z' };
const documentNames = documentQuirks.map(({ name }) => name);

describe('known mistakes of partners', () => {
  it('every one has a transcript and a sentence, and every transcript belongs to one', () => {
    const all = [...documentQuirks, ...connectionQuirks];
    expect(readdirSync(folder).toSorted()).toEqual(
      all.map(({ name }) => `${name}.json`).toSorted(),
    );
    for (const { meaning } of all) expect(meaning).toMatch(/^[A-Z].*\.$/);
  });

  it('docs/ocpi.md lists every one with its sentence', () => {
    const page = readFileSync(
      fileURLToPath(new URL('../../../../docs/ocpi.md', import.meta.url)),
      'utf8',
    );
    for (const { name, meaning } of [...documentQuirks, ...connectionQuirks]) {
      expect(page).toContain(`| \`${name}\` | ${meaning} |`);
    }
  });

  it.each(documentNames)('a document with %s is understood', (name) => {
    const { received, understood } = transcriptOf(name);
    const repaired = repairDocument(literalsOf(received), [name], facts);
    expect(JSON.parse(writeJsonLiterals(repaired.document))).toEqual(understood);
    expect(repaired.applied).toEqual([name]);
  });

  it.each(documentNames)(
    'a document with %s stays as it is where the partner has no such quirk',
    (name) => {
      const { received } = transcriptOf(name);
      const repaired = repairDocument(literalsOf(received), [], facts);
      expect(JSON.parse(writeJsonLiterals(repaired.document))).toEqual(received);
    },
  );

  it.each(documentNames)(
    'a repair changes nothing in a document without the mistake: %s',
    (name) => {
      const { understood } = transcriptOf(name);
      // Parts of documents lack the time of their last change without being mistaken.
      const others = documentNames.filter(
        (each) => each === name || each !== 'missing-last-updated',
      );
      expect(repairDocument(literalsOf(understood), others, facts).applied).toEqual([]);
    },
  );

  it.each(['plain-token', 'encoded-token'] as const)(
    'the token is sent as the partner takes it: %s',
    (name) => {
      const { version, token, sent, without } = transcriptOf(name);
      const header = (quirks: readonly (typeof name)[]) => ({
        Authorization: authorizationHeader(
          token,
          startEncoding([version as OcpiVersion], quirks) ?? 'base64',
        ),
      });
      expect(header([name])).toEqual(sent);
      expect(header([])).toEqual(without);
    },
  );

  it('addresses end with a slash where the partner needs it', () => {
    const { endpoint, segments, sent, without } = transcriptOf('trailing-slash');
    expect(endpointUrl(endpoint, segments, ['trailing-slash'])).toBe(sent);
    expect(endpointUrl(endpoint, segments, [])).toBe(without);
  });

  it('a partner that names itself as the receiver is heard', () => {
    const { received, ours, understood } = transcriptOf('own-party-in-to');
    expect(receiverOf(readRouting(received), ours, ['own-party-in-to'])).toEqual(understood);
    expect(receiverOf(readRouting(received), ours)).toBeUndefined();
  });

  it('a count in X-Limit makes no page smaller', () => {
    const { received, understood, without } = transcriptOf('limit-is-count');
    const limitBy = (header: string | undefined, quirks: readonly ConnectionQuirkName[] = []) =>
      Math.min(50, statedLimit(header, quirks) ?? 50);
    expect(limitBy(received['x-limit'], ['limit-is-count'])).toBe(understood.limit);
    expect(limitBy(received['x-limit'])).toBe(without.limit);
    expect([limitBy(undefined), limitBy('0'), limitBy('many')]).toEqual([50, 50, 50]);
  });

  it('objects are sent whole to a partner that refuses PATCH', () => {
    const { before, after, sent, without } = transcriptOf('put-for-patch');
    const push = patchBetween(
      literalsOf(before) as never,
      literalsOf(after) as never,
      sessionPatch,
    );
    expect(push.kind).toBe(without);
    expect(pushTo(push, ['put-for-patch']).kind).toBe(sent);
    expect(pushTo({ kind: 'nothing' }, ['put-for-patch']).kind).toBe('nothing');
  });

  it('the names of known mistakes are those of the code that repairs them', () => {
    const all = [...connectionQuirks, ...documentQuirks].map(({ name }) => name);
    expect([...quirkNames]).toEqual(all);
  });
});
