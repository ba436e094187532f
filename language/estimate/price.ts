import type { Node } from '../model/design.ts';
import type { Context, Input } from './context.ts';
import { key, type Sheet } from './sheet.ts';

/** What one device of some hardware costs, per time. */
export interface Price {
  /** USD/s for one device, as listed; the source names provider, region and date */
  readonly rate: Input;
  /** the `discount` of the cluster, where it has one */
  readonly discount?: Input;
  /** how the price was chosen, where that is not plain from the design */
  readonly assumption?: string;
  readonly listing: Node;
}

/**
 * The price of `hardware` for a serving or training: a `price` of the document before the catalog's; of those, one for the region of its
 * cluster (or of the system) or for every region, else the cheapest listed. Undefined where none is listed.
 */
export function priceOf(context: Context, node: Node, hardware: Node): Price | undefined {
  const cluster = clusterOf(context, node, hardware);
  const region = (cluster && textOf(context, cluster, 'region')) ?? regionOfSystem(context);
  const listed = listings(context, hardware.name).filter((l) => l.hardware === hardware);
  const own = listed.filter((l) => !context.design.isCatalog(l.node));
  const here = (l: Listing) => l.region === undefined || (region !== undefined && plain(l.region) === plain(region));
  const pick = cheapest(own.filter(here)) ?? cheapest(listed.filter(here)) ?? cheapest(own) ?? cheapest(listed);
  if (!pick) return undefined;
  const discount = cluster && context.given(cluster, 'discount');
  return {
    rate: pick.rate,
    listing: pick.node,
    ...(discount && { discount }),
    ...(!here(pick) && { assumption: elsewhere(hardware, pick, region) }),
  };
}

/** Adds the rows of a price; the last one has the label that is returned, as formulas write it. Without a price the sheet lacks one. */
export function usePrice(sheet: Sheet, context: Context, node: Node, hardware: Node): string {
  const label = `${hardware.name} price`;
  const price = priceOf(context, node, hardware);
  if (price?.assumption) sheet.assume(price.assumption);
  if (!price?.discount) {
    sheet.use(label, price?.rate, `a \`price\` for \`${hardware.name}\``);
    return key(label);
  }
  sheet.use(`${hardware.name} list price`, price.rate);
  sheet.use('discount', price.discount);
  sheet.step(label, `${hardware.name}_list_price * (1 - discount)`);
  return key(label);
}

/** The cluster that a serving or training runs in: the one it names, else the only one whose pool has the hardware. */
export function clusterOf(context: Context, node: Node, hardware: Node): Node | undefined {
  const named = context.reference(node, 'cluster');
  if (named) return named;
  const fitting = context.all('cluster').filter((n) => context.pool(n, 'pool').some((p) => p.hardware === hardware));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function regionOfSystem(context: Context): string | undefined {
  const [system] = context.all('system');
  return system && textOf(context, system, 'region');
}

/** A property that is free text or a bare word (`region`, `provider`, `version`). */
export function textOf(context: Context, node: Node, path: string): string | undefined {
  const value = context.value(node, path);
  return value?.form === 'text' ? value.text : value?.form === 'words' ? value.words[0]?.name : undefined;
}

interface Listing {
  readonly node: Node;
  readonly hardware: Node;
  readonly rate: Input;
  readonly region: string | undefined;
  readonly where: string;
}

const listings = (context: Context, hardware: string): readonly Listing[] =>
  context.once(`prices:${hardware}`, () =>
    [...context.all('price'), ...context.design.catalog('price', hardware)].flatMap(
      (node) => listingOf(context, node) ?? [],
    ),
  );

/** one device of a machine that has one kind of them */
function listingOf(context: Context, node: Node): Listing | undefined {
  const [part, more] = context.pool(node, 'hardware');
  const whole = context.given(node, 'rate');
  if (!part || more || !whole || !(part.count.value > 0)) return undefined;
  const text = (path: string) => textOf(context, node, path);
  const region = text('region');
  const where = [text('provider'), region].filter(Boolean).join(', ');
  const seen = [where, text('date'), text('source')].filter(Boolean).join(', ');
  return {
    node,
    hardware: part.hardware,
    region,
    where: where || node.name,
    rate: { ...whole, value: whole.value / part.count.value, source: seen || whole.source },
  };
}

/** the first of the cheapest, so that the order of the list decides nothing else */
const cheapest = (list: readonly Listing[]): Listing | undefined =>
  list.reduce<Listing | undefined>((best, l) => (best && best.rate.value <= l.rate.value ? best : l), undefined);

const elsewhere = (hardware: Node, pick: Listing, region: string | undefined): string =>
  region === undefined
    ? `no region is given, so the cheapest listed price of ${hardware.name} is taken (${pick.where})`
    : `no price of ${hardware.name} is listed for ${region}, so the cheapest listed one is taken (${pick.where})`;

const plain = (region: string): string => region.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
