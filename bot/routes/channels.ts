/** Channels of the Bot Framework that are known to take `handoff.initiate`. Teams answers it with 400. */
export const TAKES_HANDOFF: ReadonlySet<string> = new Set(['directline', 'webchat', 'omnichannel', 'emulator']);
