/** The day in UTC, `2026-11-23`: what the hosts tell the language, which has no clock. */
export const today = (): string => new Date().toISOString().slice(0, 10);
