import type { HeldInvoice } from '../../store/received/received-invoices.ts';

/** A CDR that an invoice bills which is billed once more, by the numbers of the invoices that do so. */
export type BilledTwice = { readonly cdrId: string; readonly invoiceIds: readonly string[] };

const idsOf = ({ record }: HeldInvoice): ReadonlySet<string> =>
  new Set(record.cdrIds.map((id) => id.toUpperCase()));

/** The CDRs that an invoice names more than once, in capitals. */
function repeatedIn({ record }: HeldInvoice): ReadonlySet<string> {
  const seen = new Set<string>();
  const ids = record.cdrIds.map((id) => id.toUpperCase());
  return new Set(ids.filter((id) => seen.size === seen.add(id).size));
}

/**
 * The CDRs of an invoice that another one bills too, by the records that did so once (`alsoOn`, by the CDR's id) and those of them that are
 * there (`others`), and those that it names twice itself. `cdrIds` are its CDRs, each once.
 */
export function billedTwice(
  invoice: HeldInvoice,
  cdrIds: readonly string[],
  alsoOn: ReadonlyMap<string, readonly string[]>,
  others: ReadonlyMap<string, HeldInvoice>,
): readonly BilledTwice[] {
  const repeated = repeatedIn(invoice);
  const named = new Map([...others].map(([id, one]) => [id, { one, ids: idsOf(one) }]));
  return cdrIds.flatMap((cdrId) => {
    const again = repeated.has(cdrId.toUpperCase()) ? [invoice.record.invoiceId] : [];
    const elsewhere = (alsoOn.get(cdrId) ?? [])
      .flatMap((id) => named.get(id) ?? [])
      .filter(({ ids }) => ids.has(cdrId.toUpperCase()))
      .map(({ one }) => one.record.invoiceId);
    const invoiceIds = [...again, ...elsewhere];
    return invoiceIds.length === 0 ? [] : [{ cdrId, invoiceIds }];
  });
}
