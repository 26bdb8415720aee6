/** Version of the rules by which a CDR is composed and sealed; raised whenever the same input gives another CDR. */
export const cdrRules = 5;
