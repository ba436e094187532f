import { type Samples, uniform } from './simulation.ts';

/** An engine that batches continuously, by what its steps take. */
export interface Engine {
  /** requests a second, arriving at random */
  readonly load: number;
  /** seconds of a step that writes a token for each of so many requests */
  readonly step: (inFlight: number) => number;
  /** seconds of one prompt's prefill */
  readonly prefill: Samples;
  /** tokens that one request writes */
  readonly output: number;
  /** seconds before a request is in the queue, and until its first token is out after it is written */
  readonly overhead: number;
  readonly release: number;
}

export interface Times {
  readonly ttft: readonly number[];
  readonly tpot: readonly number[];
}

/** Simulates it event by event: a step writes a token for all in flight and does the prefills of all that have come in the meantime. */
export function simulated(engine: Engine, requests: number): Times {
  const draw = uniform();
  const exponential = () => -Math.log(draw()) / engine.load;
  const ttft: number[] = [];
  const tpot: number[] = [];
  let flying: { first: number; left: number }[] = [];
  let arrival = exponential();
  let now = 0;
  for (let come = 0; come < requests || flying.length > 0; ) {
    if (flying.length === 0 && come < requests) now = Math.max(now, arrival);
    const taken: number[] = [];
    let took = engine.step(flying.length + 1);
    while (come < requests && arrival <= now) {
      taken.push(arrival);
      took += engine.prefill();
      arrival += exponential();
      come += 1;
    }
    now += took;
    for (const one of flying) one.left -= 1;
    for (const one of flying) if (one.left === 0) tpot.push((now - one.first) / (engine.output - 1));
    flying = flying.filter((one) => one.left > 0);
    for (const came of taken) {
      ttft.push(engine.overhead + now - came + engine.release);
      flying.push({ first: now, left: engine.output - 1 });
    }
  }
  const warm = (times: number[]) => times.slice(Math.floor(requests / 5)).sort((a, b) => a - b);
  return { ttft: warm(ttft), tpot: warm(tpot) };
}
