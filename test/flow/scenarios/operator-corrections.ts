import { describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { verifyChain } from '../../../core/cdr/verify/verify-chain.ts';
import { carriedKey } from '../../core/cdr/test-seal-key.ts';
import {
  cdrOf,
  connect,
  eventually,
  type Flow,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from '../flow.ts';
import { minutesAfter } from '../meter-values.ts';

const start = '2026-02-18T18:00:00.000Z';
const month = '2026-02';

type Statement = {
  readonly sums: readonly {
    readonly sessions: number;
    readonly energyKwh: number;
    readonly total: { readonly exclVat: string; readonly inclVat: string };
  }[];
  readonly cdrs: readonly { readonly cdrId: string }[];
};

type CdrCreated = { readonly data: { readonly cdrId: string } };
type Page = { readonly items: readonly CdrCreated[]; readonly nextCursor: string | null };

/** Sealed CDRs that their operator corrects: by another tariff, and for good. */
export const operatorCorrectionScenarios = (flow: () => Flow): void => {
  const perKwh = async (price: string) =>
    await registerTariff(flow(), { perKwh: price, vatPercent: '19' });

  /** A session of 8 kWh by a tariff, of an account of its own, whose CDR is sealed. */
  const charged = async (tariffId: string, tokenId: string) => {
    const account = { name: tokenId, currency: 'EUR' };
    const { accountId } = (await flow().operator.post<{ accountId: string }>('/accounts', account))
      .body;
    await registerToken(flow(), tokenId, { accountId });
    const registered = await registerCharger(flow(), { tariffId });
    const plug = await connect(flow(), registered);
    const begun = { connectorId: 1, idTag: tokenId, meterStart: 0, timestamp: start };
    const { transactionId } = await plug.call('StartTransaction', begun);
    const ended = { transactionId, meterStop: 8000, timestamp: minutesAfter(start, 60) };
    await plug.call('StopTransaction', ended);
    const { chargerId } = registered;
    const [session] = await sessionsOf(flow(), chargerId);
    const { cdrId } = await cdrOf(flow(), session?.sessionId ?? '');
    await plug.close();
    return { accountId, chargerId, sessionId: session?.sessionId, cdrId };
  };

  const statementOf = async (accountId: string): Promise<Statement> =>
    (await flow().operator.get<Statement>(`/accounts/${accountId}/statements/${month}`)).body;

  const receiptOf = async (cdrId: string) => {
    const path = `/cdrs/${cdrId}/receipt`;
    const { receiptUrl } = (await flow().operator.post<{ receiptUrl: string }>(path, {})).body;
    return await (await fetch(receiptUrl, { headers: { accept: 'text/html' } })).text();
  };

  /** All CDRs of a charger, whose chain is whole and signed. */
  const chainOf = async (chargerId: string): Promise<readonly Cdr[]> => {
    const listed = await flow().operator.get<{ items: Cdr[] }>(`/cdrs?chargerId=${chargerId}`);
    const { items } = listed.body;
    const { problems } = verifyChain(chargerId, items, ({ seal }) => carriedKey(seal));
    expect(problems).toEqual([]);
    return items.toSorted((a, b) => (a.seal?.sequence ?? 0) - (b.seal?.sequence ?? 0));
  };

  const sealed = async (cdrId: string): Promise<Cdr> => {
    const { body } = await eventually(
      () => flow().operator.get<Cdr>(`/cdrs/${cdrId}`),
      ({ status }) => status === 200,
    );
    return body;
  };

  /** Events of all CDRs that the operator has: page by page, since other scenarios have theirs. */
  const createdCdrs = async (after = ''): Promise<readonly CdrCreated[]> => {
    const path = `/events?types=cdr.created&limit=100${after}`;
    const { items, nextCursor } = (await flow().operator.get<Page>(path)).body;
    return nextCursor === null
      ? items
      : [...items, ...(await createdCdrs(`&cursor=${nextCursor}`))];
  };

  describe('a sealed CDR that is wrong', () => {
    it('a session that was billed by a wrong tariff is credited and billed by the right one; receipt and statement have that', async () => {
      const [wrong, right] = [await perKwh('0.90'), await perKwh('0.50')];
      const { accountId, chargerId, sessionId, cdrId } = await charged(wrong, 'KOVALEVSKAYA');
      const form = { reason: 'The tariff was wrong for a week.', tariffId: right };
      const path = `/cdrs/${cdrId}/corrections`;
      const answers = await Promise.all([1, 2].map(() => flow().operator.post(path, form)));
      expect(answers.map(({ status }) => status)).toEqual([202, 202]);

      const replacement = await sealed(`${cdrId}-2`);
      await flow().drained();
      expect((await flow().operator.post(path, form)).status).toBe(202);
      await flow().drained();
      const chain = await chainOf(chargerId);
      expect(chain.map(({ total }) => total?.exclVat)).toEqual(['7.20', '-7.20', '4.00']);
      expect(chain.at(-1)).toEqual(replacement);
      expect(chain[1]?.correction).toMatchObject({ kind: 'tariff', ...form });
      const statement = await statementOf(accountId);
      expect(statement.cdrs).toHaveLength(3);
      expect(statement.sums).toMatchObject([
        { sessions: 1, energyKwh: 8, total: { exclVat: '4.00', inclVat: '4.76' } },
      ]);
      const receipt = await receiptOf(`${cdrId}-2`);
      for (const text of ['4.76 EUR', `${cdrId}, which was credited`, form.reason]) {
        expect(receipt).toContain(text);
      }
      const ids = (await createdCdrs()).map(({ data }) => data.cdrId);
      expect(ids.filter((id) => id.startsWith(cdrId)).toSorted()).toEqual([
        cdrId,
        `${cdrId}-2`,
        `${cdrId}-C`,
      ]);
      const session = await flow().operator.get(`/sessions/${sessionId}`);
      expect(session.body).toMatchObject({
        cdrId: `${cdrId}-2`,
        cost: { inclVat: '4.76' },
        anomalies: [{ code: 'TARIFF_CORRECTED' }],
      });
    });

    it('a bill that is cancelled as goodwill costs nothing; its session stays on the statement', async () => {
      const { accountId, chargerId, cdrId } = await charged(await perKwh('0.90'), 'GERMAIN');
      const form = { reason: 'Goodwill <3', credit: true };
      const ordered = await flow().operator.post(`/cdrs/${cdrId}/corrections`, form);
      expect(ordered).toMatchObject({ status: 202, body: { newCdrId: null } });

      await sealed(`${cdrId}-C`);
      await flow().drained();
      const chain = await chainOf(chargerId);
      expect(chain.map(({ total }) => total?.exclVat)).toEqual(['7.20', '-7.20']);
      expect((await statementOf(accountId)).sums).toMatchObject([
        { sessions: 1, energyKwh: 8, total: { exclVat: '0.00', inclVat: '0.00' } },
      ]);
      const receipt = await receiptOf(cdrId);
      for (const text of ['<p class="total">0.00 EUR</p>', 'Goodwill &lt;3', `${cdrId}-C`]) {
        expect(receipt).toContain(text);
      }
    });
  });
};
