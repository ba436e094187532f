import { textOf } from '../../estimate/price.ts';
import { NUMBER, TIME } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figured, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';

/** Seconds after which a price should be read again: providers cut the list prices of accelerators by up to 45% within half a year. */
const OLD = 182 * 86400;

export const stalePrice: Rule = {
  name: 'cost/stale-price',
  severity: 'info',
  summary: 'A price of the design was read more than half a year ago.',
  *check(input) {
    const { design, context, today } = input;
    const now = today === undefined ? Number.NaN : Date.parse(today);
    for (const node of figured(design, 'price')) {
      const date = textOf(context, node, 'date');
      const read = date === undefined ? Number.NaN : lastDay(date);
      const age = (now - read) / 1000;
      if (!(age > OLD)) continue;
      const [part] = context.pool(node, 'hardware');
      const what = part ? `${format(part.count.value, NUMBER)} x ${part.hardware.name}` : 'This';
      yield {
        at: valueSpan(input, node, 'date'),
        message: `The price of ${what} was read ${format(age, TIME, 'short')} ago. Prices of accelerators move by tens of percent in that time: read it again, and every cost with it.`,
        subject: node.name,
        related: [{ at: valueSpan(input, node, 'rate'), message: 'The rate.' }],
        fixes: [
          {
            title: `The price still holds: read on ${today}`,
            edits: [{ at: valueSpan(input, node, 'date'), text: `"${today}"` }],
          },
        ],
      };
    }
  },
};

/** Of a day, a month or a year, in milliseconds: `2026-01-21`, `2026-01`, `2026`. */
function lastDay(date: string): number {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date) ?? [];
  if (year === undefined) return Number.NaN;
  if (day !== undefined) return Date.parse(date);
  return Date.UTC(Number(year), month === undefined ? 12 : Number(month), 0);
}
