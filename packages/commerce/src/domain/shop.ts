/** What a visitor must give to be recognised. */
export const verificationMethods = ['EMAIL', 'EMAIL_AND_POSTCODE', 'TOKEN_ONLY'] as const;
export type VerificationMethod = (typeof verificationMethods)[number];

/** A span of one day of the week in which people of the staff are there. */
export interface BusinessSpan {
  /** 1 (Monday) to 7. */
  weekday: number;
  /** `HH:MM`, in the shop's time zone. */
  opens: string;
  /** `HH:MM`; `24:00` is midnight at the end of the day. */
  closes: string;
}

/** The shop and what it has set. */
export interface Shop {
  name: string;
  currency: string;
  /** Days after delivery in which things can be sent back; null: no limit. */
  returnWindowDays: number | null;
  /** IANA time zone. */
  timeZone: string;
  /** Empty: always open. */
  businessSpans: readonly BusinessSpan[];
  /** Hosts whose links replies may show. */
  linkHosts: readonly string[];
  /** Refunds up to this, in minor units, go through by themselves. */
  automaticRefundLimit: number;
  verification: VerificationMethod;
}

/** A shop that nobody has set up yet. */
export const newShop: Shop = {
  name: 'Shop',
  currency: 'USD',
  returnWindowDays: null,
  timeZone: 'UTC',
  businessSpans: [],
  linkHosts: [],
  automaticRefundLimit: 50_00,
  verification: 'EMAIL_AND_POSTCODE',
};
