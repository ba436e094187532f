/** One draw after the other of a random time; always the same ones. */
export type Samples = () => number;

const DRAWS = 100_000;

/** The value below which a share p of many draws lies. */
export function quantileOf(draw: Samples, p: number): number {
  const all = Float64Array.from({ length: DRAWS }, draw).sort();
  return all[Math.floor(p * DRAWS)]!;
}

/** Mean and variance of many draws. */
export function momentsOf(draw: Samples): { mean: number; variance: number } {
  let [mean, square] = [0, 0];
  for (let n = 1; n <= DRAWS; n++) {
    const x = draw();
    const off = x - mean;
    mean += off / n;
    square += off * (x - mean);
  }
  return { mean, variance: square / DRAWS };
}

let seeds = 1;

/** What is drawn from here on is the same whatever was drawn before. */
export const restart = (): void => {
  seeds = 1;
};

export function uniform(): Samples {
  let state = (seeds++ * 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

const Z = new Map([
  [0.95, 1.6448536269514722],
  [0.99, 2.3263478740408408],
]);

/** The log-normal time with this median and a percentile, by Box and Muller. */
export function logNormal(p50: number, high: number, p: number): Samples {
  const u = uniform();
  const sigma = Math.log(high / p50) / Z.get(p)!;
  return () => p50 * Math.exp(sigma * Math.sqrt(-2 * Math.log(u())) * Math.cos(2 * Math.PI * u()));
}

/** Response times of servers that share one queue, first come first served, arrivals at random. */
export function pool(servers: number, rate: number, service: Samples): Samples {
  const u = uniform();
  const free = new Float64Array(servers);
  let now = 0;
  const next = () => {
    now += -Math.log(u()) / rate;
    // the heap's root is the server that is free first
    const begin = Math.max(now, free[0]!);
    free[0] = begin + service();
    sink(free);
    return free.length === 0 ? 0 : last - now;
  };
  let last = 0;
  const sink = (heap: Float64Array) => {
    last = heap[0]!;
    for (let i = 0; ; ) {
      const left = 2 * i + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && heap[left + 1]! < heap[left]! ? left + 1 : left;
      if (heap[child]! >= heap[i]!) return;
      [heap[i], heap[child]] = [heap[child]!, heap[i]!];
      i = child;
    }
  };
  for (let i = 0; i < DRAWS / 5; i++) next();
  return next;
}

/** The same where a server takes up to `max` at a time, in fixed + b × each, and the first of a batch waits for others. */
export function batchedPool(
  servers: number,
  rate: number,
  fixed: number,
  each: number,
  max: number,
  wait: number,
): Samples {
  const u = uniform();
  const free = new Float64Array(servers);
  const queue: number[] = [];
  const done: number[] = [];
  let arrival = -Math.log(u()) / rate;
  const serve = () => {
    for (;;) {
      const server = free.reduce((least, t, i) => (t < free[least]! ? i : least), 0);
      const full =
        queue.length >= max ? queue[max - 1]! : queue.length > 0 ? queue[0]! + wait : Number.POSITIVE_INFINITY;
      const begin = Math.max(full, free[server]!);
      if (arrival <= begin) {
        queue.push(arrival);
        arrival += -Math.log(u()) / rate;
        continue;
      }
      const batch = queue.splice(0, max);
      free[server] = begin + fixed + each * batch.length;
      for (const came of batch) done.push(free[server]! - came);
      return;
    }
  };
  const next = () => {
    while (done.length === 0) serve();
    return done.pop()!;
  };
  for (let i = 0; i < DRAWS / 5; i++) next();
  return next;
}
