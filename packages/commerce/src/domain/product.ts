/** An option of a product, for example colour `blue`. */
export interface Option {
  name: string;
  value: string;
}

/** A kind of thing sold. */
export interface Product {
  id: string;
  name: string;
}

/** A product with chosen options. */
export interface Variant {
  id: string;
  productId: string;
  options: readonly Option[];
  /** Its price now, in minor units. */
  price: number;
  isAvailable: boolean;
}
