import { type DemoProduct, text } from './shopParts.js';

const sizes = ['S', 'M', 'L', 'XL'];
const shoeSizes = ['38', '40', '42', '44'];

/** A product, the price of its first variant in cents, and what can be chosen. */
type Line = readonly [name: string, price: number, options: Readonly<Record<string, readonly string[]>>];

const lines: readonly Line[] = [
  ['Wireless Earbuds', 59_90, { color: ['black', 'white', 'sage'], case: ['standard', 'wireless charging'] }],
  ['Over-Ear Headphones', 129_00, { color: ['black', 'sand'], 'noise cancelling': ['no', 'yes'] }],
  ['Bluetooth Speaker', 44_50, { color: ['black', 'blue', 'red'], size: ['small', 'large'] }],
  ['Smart Watch', 189_00, { color: ['black', 'silver'], band: ['silicone', 'leather', 'steel'] }],
  ['Fitness Band', 39_95, { color: ['black', 'coral', 'teal'] }],
  ['Mechanical Keyboard', 92_40, { switches: ['linear', 'tactile', 'clicky'], backlight: ['white', 'RGB'] }],
  ['Wireless Mouse', 27_80, { color: ['black', 'white'], size: ['small', 'large'] }],
  ['USB-C Hub', 34_25, { ports: ['4', '6', '8'] }],
  ['Charging Cable', 9_95, { length: ['1 m', '2 m', '3 m'], plug: ['USB-C', 'USB-A'] }],
  ['Power Bank', 29_60, { capacity: ['5,000 mAh', '10,000 mAh', '20,000 mAh'] }],
  ['Laptop Stand', 38_00, { color: ['silver', 'grey'] }],
  ['Tablet', 249_00, { screen: ['8 inch', '10 inch'], storage: ['64 GB', '128 GB', '256 GB'] }],
  ['E-Reader', 119_90, { screen: ['6 inch', '7 inch'], storage: ['8 GB', '32 GB'] }],
  ['Webcam', 54_30, { resolution: ['1080p', '4K'] }],
  ['Desk Lamp', 42_70, { color: ['white', 'black', 'brass'], power: ['mains', 'battery'] }],
  ['Robot Vacuum', 279_00, { color: ['white', 'black'], base: ['charging', 'self-emptying'] }],
  ['Electric Kettle', 46_80, { capacity: ['1 litre', '1.5 litres'], color: ['steel', 'black', 'cream'] }],
  ['Coffee Grinder', 68_20, { burrs: ['steel', 'ceramic'] }],
  ['Air Purifier', 139_50, { room: ['small', 'medium', 'large'] }],
  ['Smart Bulb', 14_90, { socket: ['E27', 'E14', 'GU10'], light: ['white', 'color'] }],
  ['T-Shirt', 18_50, { color: ['blue', 'black', 'white'], size: sizes }],
  ['Hoodie', 46_90, { color: ['grey', 'navy', 'green'], size: sizes }],
  ['Rain Jacket', 89_00, { color: ['yellow', 'navy'], size: sizes }],
  ['Jeans', 64_75, { color: ['indigo', 'black'], size: sizes }],
  ['Wool Sweater', 78_40, { color: ['oat', 'rust', 'forest'], size: ['S', 'M', 'L'] }],
  ['Linen Shirt', 52_10, { color: ['white', 'sky'], size: sizes }],
  ['Running Shoes', 96_30, { color: ['black', 'lime'], size: shoeSizes }],
  ['Hiking Boots', 134_80, { color: ['brown', 'grey'], size: shoeSizes }],
  ['Sneakers', 71_60, { color: ['white', 'red'], size: shoeSizes }],
  ['Sandals', 36_45, { color: ['tan', 'black'], size: ['38', '40', '42'] }],
  ['Beanie', 17_20, { color: ['mustard', 'navy', 'grey'] }],
  ['Scarf', 24_60, { pattern: ['plain', 'striped', 'checked'] }],
  ['Gloves', 21_35, { color: ['black', 'brown'], size: ['S', 'M', 'L'] }],
  ['Backpack', 74_90, { color: ['olive', 'black'], volume: ['18 litres', '24 litres', '30 litres'] }],
  ['Messenger Bag', 66_00, { color: ['grey', 'brown'] }],
  ['Suitcase', 118_00, { size: ['cabin', 'medium', 'large'], color: ['navy', 'silver'] }],
  ['Wallet', 32_15, { color: ['black', 'tan'], closing: ['fold', 'zip'] }],
  ['Sunglasses', 49_50, { frame: ['black', 'tortoise'], lenses: ['grey', 'polarised'] }],
  ['Umbrella', 19_80, { color: ['black', 'red', 'clear'] }],
  ['Water Bottle', 22_40, { color: ['steel', 'blue', 'pink'], capacity: ['500 ml', '750 ml'] }],
  ['Lunch Box', 16_75, { compartments: ['1', '2', '3'] }],
  ['Coffee Mug', 11_20, { color: ['white', 'blue', 'speckled'] }],
  ['Dinner Plates', 38_60, { set: ['4 plates', '6 plates'], color: ['white', 'grey'] }],
  ['Frying Pan', 43_90, { diameter: ['20 cm', '24 cm', '28 cm'] }],
  ['Cutting Board', 26_30, { wood: ['bamboo', 'oak', 'walnut'] }],
  ['Bath Towel', 19_45, { color: ['white', 'sand', 'teal'], size: ['50 × 100', '70 × 140'] }],
  ['Duvet Cover', 58_70, { size: ['single', 'double'], color: ['white', 'sage', 'grey'] }],
  ['Yoga Mat', 33_85, { thickness: ['4 mm', '6 mm'], color: ['violet', 'green'] }],
  ['Jigsaw Puzzle', 15_40, { pieces: ['500', '1,000', '2,000'] }],
  ['Picture Frame', 13_60, { size: ['A5', 'A4', 'A3'], color: ['oak', 'black'] }],
];

/** Every seventh variant is sold out; the first of a product never is. */
const soldOutEvery = 7;

/** The products of the demo shop. Ids are what the name says: `desk-lamp`, `desk-lamp-2`. */
export function makeProducts(createdAt: Date): DemoProduct[] {
  return lines.map(([name, price, options], place) => {
    const id = name.toLowerCase().replaceAll(' ', '-');
    const variants = combine(Object.entries(options)).map((chosen, index) => ({
      id: `${id}-${index + 1}`,
      options: chosen,
      price: text(priceOf(price, index)),
      available: index === 0 || (index + place) % soldOutEvery !== 0,
    }));
    return { id, name, variants, createdAt: createdAt.toISOString() };
  });
}

/** Dearer by 4 % with each variant, and every third costs the same as the one before. */
function priceOf(first: number, index: number): number {
  const steps = index - Math.floor(index / 3);
  return first + Math.round((first * 4 * steps) / 100);
}

/** Every combination of the values, in order. */
function combine([first, ...rest]: [string, readonly string[]][]): Record<string, string>[] {
  if (!first) return [{}];
  const [name, values] = first;
  return values.flatMap((value) => combine(rest).map((others) => ({ [name]: value, ...others })));
}
