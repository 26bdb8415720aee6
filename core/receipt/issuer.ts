/** Who sells, as an invoice has to name it: the operator by its name in law and its address. */
export type Issuer = {
  readonly name: string;
  /** Street and whatever else comes before the town; one to four lines. */
  readonly addressLines: readonly string[];
  readonly postalCode?: string;
  readonly city: string;
  /** ISO 3166-1 in three letters, as the country of a location. */
  readonly country: string;
  readonly vatId?: string;
  /** Anything else that the law wants named: a tax number, the register of companies. */
  readonly registration?: string;
};
