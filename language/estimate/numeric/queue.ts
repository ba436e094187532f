import { geometricSum } from './convolution.ts';
import { cdf as cdfOf, constant, type Distribution, mean, mixture, scaled, sum } from './distribution.ts';
import { inUnits, mixed, shareAt } from './shape.ts';
import { asGrid, type Grid, gridOf, spreadQuantile } from './spread.ts';

export interface Pool {
  /** servers that share one queue, first come first served */
  readonly servers: number;
  /** requests per unit of time, at random (Poisson) */
  readonly arrivalRate: number;
  readonly service: Distribution;
}

/**
 * The response time (wait and service) in M/G/c; null where the pool does not carry the load.
 *
 * A request that finds all servers busy (Erlang's C) waits for the first of them, and then for a geometric number of turns of one server
 * that is c times as fast: Tijms, van Hoorn and Federgruen, Approximations for the steady-state probabilities in the M/G/c queue, 1981.
 * Exact for M/M/c and M/G/1. Against long event simulations (loads of 20% to 95%, 1 to 64 servers, constant and log-normal services up to
 * p99 = 10 p50) p50, p95 and p99 are within 1% in the median, and 5% at most.
 */
export function poolResponse({ servers, arrivalRate, service }: Pool): Distribution | null {
  const unit = mean(service);
  const load = (arrivalRate * unit) / servers;
  if (!(load < 1)) return null;
  const utilization = Math.min(Math.fround(load), NEARLY_ONE);
  const delayed = erlangC(servers, load * servers);
  if (delayed < NEGLIGIBLE) return service;
  const residual = equilibrium(inUnits(service, unit));
  const turn = { ...residual, scale: residual.scale / servers };
  const wait = scaled(geometricSum(minimum(servers, residual), turn, utilization), unit);
  const waits = mixture([
    { share: delayed, of: wait },
    { share: 1 - delayed, of: constant(0) },
  ]);
  return sum([service, waits]);
}

/** The probability that a request has to wait in M/M/c: 1 where `offeredLoad` (arrival rate times service time) is `servers` or more. */
export function erlangC(servers: number, offeredLoad: number): number {
  if (offeredLoad >= servers) return 1;
  // Erlang's B by its recursion over servers, which never leaves 0 to 1
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (offeredLoad * blocked) / (k + offeredLoad * blocked);
  return blocked / (1 - (offeredLoad / servers) * (1 - blocked));
}

/** the largest single-precision number below 1 */
export const NEARLY_ONE = 1 - 2 ** -24;
/** a chance to wait that no percentile shows */
const NEGLIGIBLE = 1e-9;

/** What is left of a service that is under way when seen at random: its density is P(S > x) / mean. */
export function equilibrium(service: Distribution): Grid {
  const { atoms, rest } = mixed(service);
  const grid = rest && asGrid(rest.of);
  const spread = grid ? Array.from(grid.points, (x) => grid.offset + grid.scale * x) : [];
  const points = Float64Array.from(new Set([0, ...atoms.map(({ value }) => value), ...spread])).sort();
  const cdf = new Float64Array(points.length);
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    const below = (cdfOf(service, a) + cdfOf(service, b) - shareAt(service, b)) / 2;
    cdf[i] = cdf[i - 1]! + (b - a) * (1 - below);
  }
  const unit = points.at(-1)!;
  const area = cdf.at(-1)!;
  return gridOf(
    points.map((x) => x / unit),
    cdf.map((x) => x / area),
    0,
    unit,
  );
}

/** The least of `count` independent times, at points that lie evenly in the logarithm of what is above them. */
export function minimum(count: number, d: Grid): Grid {
  if (count === 1) return d;
  const above = Float64Array.from({ length: 257 }, (_, i) => (20 * i) / 256);
  const points = above.map((y) => (spreadQuantile(d, -Math.expm1(-y / count)) - d.offset) / d.scale);
  const cdf = above.map((y, i) => (i === 256 ? 1 : -Math.expm1(-y)));
  return gridOf(points, cdf, d.offset, d.scale);
}
