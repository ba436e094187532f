import { TIME } from '../../units/dimension.ts';
import type { Estimator } from '../context.ts';
import { quantile } from '../numeric/distribution.ts';
import { useResponse } from '../response.ts';
import { Sheet } from '../sheet.ts';

/** Latency of a request under load: its wait and its service (or its first token and the others) as one distribution. */
export const latency: Estimator = {
  quantities: ['serving.latency_p50', 'serving.latency_p95', 'serving.latency_p99'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const response = useResponse(sheet, context, node);
    if (!response) return sheet.result();
    const percentile = quantity.slice(-3);
    const value = quantile(response.of, Number(percentile.slice(1)) / 100);
    sheet.numeric(
      `latency ${percentile}`,
      `${percentile}(${response.text})`,
      value,
      TIME,
      response.method,
      null,
      response.of,
    );
    return sheet.result();
  },
};
