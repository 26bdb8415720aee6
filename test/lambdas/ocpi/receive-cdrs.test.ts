import '../quiet.ts';
import { BatchGetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { receiveCdrOf } from '../../../lambdas/roaming/receive/receive-cdr.ts';
import { afterFirst } from '../../contracts/after-first.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type CpoPartner, haveCpo, haveEmsp } from './cpo-partner.ts';
import { type Golden, goldenDocument } from './golden-document.ts';
import { owner, receivedCdr, spoken } from './received-cdr.ts';
import { haveDrivers, ordersOf, verdictAt as readVerdict } from './received-verdicts.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

/** A partner of an operator whose driver has the token of the documents, in each version's words. */
const havePartner = async (version: string): Promise<CpoPartner> => {
  const operator = await haveDrivers(await haveEmsp(database));
  return await haveCpo(database, operator, version);
};

const verdictAt = async (partner: CpoPartner, location: string | undefined) => {
  const { verdict, codes } = await readVerdict(database, partner, location);
  return { verdict, codes };
};

const cdr = (version: string, more: object = {}): Golden => goldenDocument(version, 'cdr', more);

/** A CDR of 2.2.1 whose tariff costs nothing. */
const freeCdr = (more: object = {}): Golden => {
  const [tariff = {}] = cdr('2.2.1')['tariffs'] as readonly Golden[];
  const elements = (tariff['elements'] as readonly Golden[]).map((element) => ({
    ...element,
    price_components: (element['price_components'] as readonly Golden[]).map((one) => ({
      ...one,
      price: 0,
    })),
  }));
  const { min_price: _least, max_price: _most, ...terms } = tariff;
  const whole = cdr('2.2.1', { tariffs: [{ ...terms, elements }], ...more });
  return Object.fromEntries(
    Object.entries(whole).map(([name, value]) =>
      name.endsWith('_cost') ? [name, { excl_vat: 0, incl_vat: 0 }] : [name, value],
    ),
  );
};

describe.each([...ocpiVersions])('the CDRs of a partner of OCPI %s', (version) => {
  const embedded = (document: Golden): Golden =>
    version === '2.1.1'
      ? { ...document, location: { ...(document['location'] as object), type: 'UNKNOWN' } }
      : document;

  it('a CDR is posted once, has an address from then on, and is read there as it was sent', async () => {
    const partner = await havePartner(version);
    const sent = embedded(cdr(version));
    const first = await partner.send('POST', 'cdrs', sent);
    expect(first).toMatchObject({ http: 201, statusCode: 1000 });
    expect(first.location).toMatch(
      new RegExp(`^https://ours.example/ocpi/emsp/${version}/cdrs/rcd_[0-9a-f]{32}$`),
    );

    const again = await partner.send('POST', 'cdrs/', sent);
    expect(again).toMatchObject({ http: 200, statusCode: 1000, location: first.location });
    const place = String(first.location).replace('https://ours.example/ocpi', '');
    expect((await partner.send('GET', place)).data).toEqual(sent);
    expect(await verdictAt(partner, first.location)).toEqual({ verdict: 'agrees', codes: [] });
  });

  it('another content under the same id is 2001 with the paths, and the first one stays', async () => {
    const partner = await havePartner(version);
    const first = await partner.send('POST', 'cdrs', cdr(version));
    const other = await partner.send('POST', 'cdrs', cdr(version, { total_energy: 99 }));

    expect(other).toMatchObject({ http: 200, statusCode: 2001 });
    expect(other.message).toContain('total_energy');
    expect(await verdictAt(partner, first.location)).toEqual({ verdict: 'agrees', codes: [] });
  });

  it('a CDR with another total, other energy or an unknown token differs, by name', async () => {
    const partner = await havePartner(version);
    const total = cdr(version)['total_cost'];
    const wrong =
      typeof total === 'number' ? 99 : { ...(total as object), excl_vat: 99, before_taxes: 99 };
    const changes: readonly (readonly [object, string])[] = [
      [{ total_cost: wrong }, 'TOTAL_EXCL_VAT'],
      [{ total_energy: 99 }, 'ENERGY_OF_PERIODS'],
      [
        version === '2.1.1'
          ? { auth_id: 'DE-EMS-NOBODY' }
          : { cdr_token: { ...(cdr(version)['cdr_token'] as object), uid: 'NOBODY' } },
        'TOKEN_UNKNOWN',
      ],
    ];
    for (const [n, [change, code]] of changes.entries()) {
      const session = version === '2.1.1' ? {} : { session_id: `S-${n}` };
      const sent = cdr(version, { id: `C-${n}`, ...session, ...change });
      const { verdict, codes } = await verdictAt(
        partner,
        (await partner.send('POST', 'cdrs', sent)).location,
      );
      expect([verdict, codes]).toEqual(['differs', expect.arrayContaining([code])]);
    }
  });

  it('a bad CDR names its paths, and one of another party is refused', async () => {
    const partner = await havePartner(version);

    const { currency: _currency, ...without } = cdr(version);
    expect((await partner.send('POST', 'cdrs', without)).message).toContain('currency');
    for (const body of [[], null, 'x', {}]) {
      expect((await partner.send('POST', 'cdrs', body)).statusCode).toBe(2001);
    }
    if (version !== '2.1.1') {
      // A party is its country and its id: the partner is DE*JNA.
      for (const [party, field] of [
        [{ party_id: 'XXX' }, 'party_id'],
        [{ country_code: 'AT' }, 'country_code'],
        [{ country_code: 'AT', party_id: 'XXX' }, 'party_id'],
      ] as const) {
        const theirs = await partner.send('POST', 'cdrs', cdr(version, party));
        expect(theirs).toMatchObject({ http: 200, statusCode: 2001 });
        expect(theirs.message).toContain(`${field}: The party`);
      }
    }
    for (const place of ['cdrs', 'cdrs/rcd_x', 'cdrs/x', 'cdrs/a/b']) {
      expect((await partner.send('GET', place)).http).toBe(404);
    }
  });
});

describe('a CDR and its session', () => {
  it('a CDR is checked against the session, also if the last of it comes later', async () => {
    const partner = await havePartner('2.2.1');
    const posted = await partner.send('POST', 'cdrs', cdr('2.2.1'));
    expect((await verdictAt(partner, posted.location)).verdict).toBe('agrees');
    const id = 'S-2026-0311-3';
    const session = goldenDocument('2.2.1', 'session', { id, kwh: 14 });

    await partner.send('PUT', `sessions/DE/JNA/${id}`, session);
    expect((await verdictAt(partner, posted.location)).verdict).toBe('agrees');
    const over = { status: 'COMPLETED', last_updated: '2026-05-01T08:00:00Z' };
    await partner.send('PATCH', `sessions/DE/JNA/${id}`, over);
    const { verdict, codes } = await verdictAt(partner, posted.location);
    expect(verdict).toBe('differs');
    expect(codes).toContain('SESSION_ENERGY');
  });

  it('a CDR that comes before the last of its session does not differ by what the session had used so far', async () => {
    const partner = await havePartner('2.2.1');
    const id = 'S-2026-0311-3';
    const total = Number(cdr('2.2.1')['total_energy']);
    const put = async (kwh: number) => {
      const session = goldenDocument('2.2.1', 'session', { id, kwh, status: 'ACTIVE' });
      await partner.send('PUT', `sessions/DE/JNA/${id}`, session);
    };
    await put(total - 0.5);
    const posted = await partner.send('POST', 'cdrs', cdr('2.2.1'));
    expect(await verdictAt(partner, posted.location)).toEqual({ verdict: 'agrees', codes: [] });

    await put(total + 0.5);
    const more = await partner.send('POST', 'cdrs', cdr('2.2.1', { id: 'C-2', credit: undefined }));
    expect((await verdictAt(partner, more.location)).codes).toContain('SESSION_ENERGY');
  });

  it('a session that ends while its CDR is judged counts', async () => {
    const partner = await havePartner('2.2.1');
    const id = 'S-2026-0311-3';
    const session = goldenDocument('2.2.1', 'session', { id, status: 'ACTIVE' });
    await partner.send('PUT', `sessions/DE/JNA/${id}`, session);
    const over = { status: 'COMPLETED', kwh: 14, last_updated: '2026-05-01T08:00:00Z' };
    const meanwhile = async () => {
      await partner.send('PATCH', `sessions/DE/JNA/${id}`, over);
    };
    const sent = receivedCdr(cdr('2.2.1'));
    const { operatorId } = partner.operator;
    const from = { operatorId, partnerId: partner.partnerId, owner };
    const disturbed = afterFirst(database, BatchGetItemCommand, meanwhile);
    const kept = await receiveCdrOf(disturbed, from, { cdr: sent }, spoken, '2026-05-01T08:00:00Z');

    const at = kept.kind === 'created' ? String(kept.data) : '';
    const { codes } = await verdictAt(partner, at);
    expect(codes).toContain('SESSION_ENERGY');
  });

  it('a session that is billed twice differs, unless a credit took the first CDR back', async () => {
    const partner = await havePartner('2.2.1');
    await partner.send('POST', 'cdrs', cdr('2.2.1'));
    const second = await partner.send('POST', 'cdrs', cdr('2.2.1', { id: 'C-2' }));
    expect(await verdictAt(partner, second.location)).toEqual({
      verdict: 'differs',
      codes: ['SESSION_BILLED_BEFORE'],
    });

    const other = await havePartner('2.2.1');
    const original = cdr('2.2.1');
    const negative = { excl_vat: -9.27, incl_vat: -11.03 };
    const credit = {
      ...original,
      id: 'C-1-C',
      credit: true,
      credit_reference_id: original['id'],
      total_cost: negative,
    };
    await other.send('POST', 'cdrs', original);
    const taken = await other.send('POST', 'cdrs', credit);
    const replaced = await other.send('POST', 'cdrs', cdr('2.2.1', { id: 'C-2' }));
    for (const { location } of [taken, replaced]) {
      expect(await verdictAt(other, location)).toEqual({ verdict: 'agrees', codes: [] });
    }
  });

  it('a credit that comes before its CDR is judged when that arrives', async () => {
    const partner = await havePartner('2.3.0');
    const original = cdr('2.3.0');
    const total = original['total_cost'] as { before_taxes: number; taxes: readonly Golden[] };
    const negative = {
      before_taxes: -total.before_taxes,
      taxes: total.taxes.map((tax) => ({ ...tax, amount: -Number(tax['amount']) })),
    };
    const credit = {
      ...original,
      id: 'C-C',
      credit: true,
      credit_reference_id: original['id'],
      total_cost: negative,
    };

    const early = await partner.send('POST', 'cdrs', credit);
    expect(await verdictAt(partner, early.location)).toEqual({
      verdict: 'differs',
      codes: ['CREDIT_WITHOUT_CDR'],
    });
    await partner.send('POST', 'cdrs', original);
    expect(await verdictAt(partner, early.location)).toEqual({ verdict: 'agrees', codes: [] });
  });
});

describe('a CDR that is taken back', () => {
  it('what a credit left undone because we stopped is done when its partner, who had no answer, sends it again', async () => {
    const partner = await havePartner('2.2.1');
    const { excl_vat, incl_vat } = cdr('2.2.1')['total_cost'] as Record<string, number>;
    const total_cost = { excl_vat: -Number(excl_vat), incl_vat: -Number(incl_vat) };
    const { location } = await partner.send('POST', 'cdrs', cdr('2.2.1'));
    const instead = await partner.send('POST', 'cdrs', cdr('2.2.1', { id: 'C-2' }));
    expect((await verdictAt(partner, instead.location)).codes).toEqual(['SESSION_BILLED_BEFORE']);
    const credit = {
      id: 'C-1-C',
      credit: true,
      credit_reference_id: cdr('2.2.1')['id'],
      total_cost,
    };
    const sent = receivedCdr(cdr('2.2.1', credit));
    const { operatorId } = partner.operator;
    const from = { operatorId, partnerId: partner.partnerId, owner };
    const now = '2026-05-01T08:00:00Z';
    const stopping = afterFirst(database, TransactWriteItemsCommand, async () => {
      throw new Error('The function was stopped');
    });
    await expect(receiveCdrOf(stopping, from, { cdr: sent }, spoken, now)).rejects.toThrow(
      'stopped',
    );
    expect((await verdictAt(partner, instead.location)).verdict).toBe('differs');

    const again = await receiveCdrOf(database, from, { cdr: sent }, spoken, now);
    expect(again.kind).toBe('ok');
    for (const at of [location, instead.location]) {
      expect(await verdictAt(partner, at)).toEqual({ verdict: 'agrees', codes: [] });
    }
  });

  it('it, the credit and the CDR in its place agree, in whatever order they and the last of the session come', async () => {
    const partner = await havePartner('2.2.1');
    const { excl_vat, incl_vat } = cdr('2.2.1')['total_cost'] as Record<string, number>;
    const negative = { excl_vat: -Number(excl_vat), incl_vat: -Number(incl_vat) };
    const sent = ['original', 'credit', 'instead', 'session'] as const;
    for (const [n, order] of ordersOf(sent).entries()) {
      const [id, session_id] = [`C-${n}`, `S-${n}`];
      const credit = { credit: true, credit_reference_id: id, total_cost: negative };
      const original = cdr('2.2.1', { id, session_id });
      const documents = {
        original,
        credit: cdr('2.2.1', { id: `${id}-C`, session_id, ...credit }),
        instead: freeCdr({ id: `${id}-2`, session_id }),
      };
      const session = goldenDocument('2.2.1', 'session', {
        ...{ id: session_id, status: 'COMPLETED', kwh: original['total_energy'] },
        total_cost: { excl_vat: 0, incl_vat: 0 },
        evse_uid: (original['cdr_location'] as Golden)['evse_uid'],
      });
      const locations: (string | undefined)[] = [];
      for (const one of order) {
        if (one === 'session') await partner.send('PUT', `sessions/DE/JNA/${session_id}`, session);
        else locations.push((await partner.send('POST', 'cdrs', documents[one])).location);
      }
      const verdicts = await Promise.all(locations.map((at) => verdictAt(partner, at)));
      const agreed = { verdict: 'agrees', codes: [] };
      expect([order, verdicts]).toEqual([order, [agreed, agreed, agreed]]);
    }
  });

  it('in 2.1.1, which has no credits, a CDR with a negative total is one where that is agreed, and a difference elsewhere', async () => {
    const operator = await haveDrivers(await haveEmsp(database));
    const total = Number(cdr('2.1.1')['total_cost']);
    const sent = async (partyId: string, more: object, total_cost: number) => {
      const partner = await haveCpo(database, operator, '2.1.1', partyId, more);
      const posted = await partner.send('POST', 'cdrs', cdr('2.1.1', { id: 'C-1-C', total_cost }));
      await partner.send('POST', 'cdrs', cdr('2.1.1'));
      return await verdictAt(partner, posted.location);
    };

    const agreed = { negativeCredits: true };
    expect(await sent('AGR', agreed, -total)).toEqual({ verdict: 'agrees', codes: [] });
    expect(await sent('LES', agreed, 0.01 - total)).toEqual({
      verdict: 'differs',
      codes: ['TOTAL_EXCL_VAT', 'CREDIT_WITHOUT_CDR'],
    });
    expect(await sent('NOT', {}, -total)).toEqual({
      verdict: 'differs',
      codes: ['TOTAL_EXCL_VAT', 'SESSION_BILLED_BEFORE'],
    });
  });
});

describe('CDRs that products have stumbled over', () => {
  // ocpi/ocpi#149
  it('a CDR of 2.1.1 whose location has no EVSE is kept, judged and read back as it was sent', async () => {
    const partner = await havePartner('2.1.1');
    const { evses: _evses, ...place } = cdr('2.1.1')['location'] as Golden;
    const sent = cdr('2.1.1', { location: { ...place, type: 'UNKNOWN' } });
    const posted = await partner.send('POST', 'cdrs', sent);
    expect(posted.http).toBe(201);
    expect(await verdictAt(partner, posted.location)).toEqual({ verdict: 'agrees', codes: [] });
    const at = String(posted.location).replace('https://ours.example/ocpi', '');
    expect((await partner.send('GET', at)).data).toEqual(sent);
  });

  // ocpi/ocpi#531
  it('a CDR of a session that cost nothing agrees like any other', async () => {
    const partner = await havePartner('2.2.1');
    const free = freeCdr();
    const posted = await partner.send('POST', 'cdrs', free);
    expect(posted.http).toBe(201);
    expect(await verdictAt(partner, posted.location)).toEqual({ verdict: 'agrees', codes: [] });
  });
});

describe('another partner', () => {
  it('another partner of the operator, and one of another operator, find nothing of it at any address', async () => {
    const partner = await havePartner('2.2.1');
    const others = [
      await haveCpo(database, partner.operator, '2.2.1', 'OTH'),
      // It states the same party: its objects are its own all the same.
      await haveCpo(database, partner.operator, '2.2.1', 'JNA'),
      await haveCpo(database, await haveEmsp(database), '2.2.1', 'JNA'),
    ];
    const location = goldenDocument('2.2.1', 'location');
    await partner.send('PUT', 'locations/DE/JNA/L-17', location);
    await partner.send('PUT', 'tariffs/DE/JNA/T-DAY', goldenDocument('2.2.1', 'tariff'));
    const session = goldenDocument('2.2.1', 'session');
    await partner.send('PUT', `sessions/DE/JNA/${session['id']}`, session);
    const posted = await partner.send('POST', 'cdrs', cdr('2.2.1'));
    const places = [
      'locations/DE/JNA/L-17',
      'locations/DE/JNA/L-17/L17-E1',
      'locations/DE/JNA/L-17/L17-E1/1',
      'tariffs/DE/JNA/T-DAY',
      `sessions/DE/JNA/${session['id']}`,
      String(posted.location).replace('https://ours.example/ocpi', ''),
    ];
    const last_updated = '2026-06-01T00:00:00Z';
    for (const other of others) {
      for (const place of places) {
        for (const method of ['GET', 'PATCH', 'DELETE']) {
          const answer = await other.send(method, place, { last_updated, status: 'REMOVED' });
          expect([method, place, answer.http]).toEqual([method, place, 404]);
        }
      }
    }
    expect((await others[1]?.send('POST', 'cdrs', cdr('2.2.1', { total_energy: 1 })))?.http).toBe(
      201,
    );
    for (const place of places) expect((await partner.send('GET', place)).http).toBe(200);
    expect((await partner.send('GET', 'locations/DE/JNA/L-17')).data).toEqual(location);
  });
});
