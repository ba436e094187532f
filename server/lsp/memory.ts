import { MEMORY } from '../protocol.ts';
import type { Host } from './host.ts';

export function provideMemory(host: Host): void {
  host.connection.onRequest(
    MEMORY,
    host.guard('memory', () => host.options.memory?.() ?? null, null),
  );
}
