import type { KindSchema } from './types.ts';

export const scenario: KindSchema = {
  kind: 'scenario',
  doc: 'What if: values that differ, such as `peak = 30k/s` or `Chat.replicas = 2 * base`, where `base` is the value without the scenario.',
  example: `scenario BlackFriday {
  peak = 30k/s
}`,
  properties: {},
};
