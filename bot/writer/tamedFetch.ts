import type { Log } from '../log.ts';

type Fetch = typeof fetch;

const EMPTY = 'data: [DONE]\n\n';
/** More than any answer needs; what is longer is not looked at. */
const MOST_CHARACTERS = 200_000;

/**
 * A fetch for the model's client that always gives a well-formed stream of events: what times out, fails or is not JSON ends
 * the stream instead of throwing. The library would print what is thrown, with what was asked, past the log.
 */
export function tamedFetch(wild: Fetch, timeoutMs: number, log: Log): Fetch {
  const fault = (reason: string): void => log.warn({ reason }, 'the language model did not answer');
  return async (input, init) => {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await wild(input, { ...init, signal });
      if (!response.ok || !response.body) {
        fault(`status ${response.status}`);
        await response.body?.cancel();
        return stream(EMPTY);
      }
      return stream(wellFormed(response.body, fault));
    } catch (error) {
      fault(error instanceof Error ? error.name : 'unknown');
      return stream(EMPTY);
    }
  };
}

function stream(body: string | AsyncIterable<Uint8Array>): Response {
  const readable = typeof body === 'string' ? body : ReadableStream.from(body);
  return new Response(readable, { status: 200, headers: { 'content-type': 'text/event-stream' } });
}

async function* wellFormed(body: ReadableStream<Uint8Array>, fault: (reason: string) => void): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let buffered = '';
  let seen = 0;
  try {
    for await (const chunk of body) {
      buffered += decoder.decode(chunk, { stream: true });
      seen += chunk.length;
      if (seen > MOST_CHARACTERS) throw new Error('tooLong');
      const lines = buffered.split('\n');
      buffered = lines.pop() ?? '';
      for (const line of lines) {
        const data = /^data: ?(.*?)\r?$/.exec(line)?.[1];
        if (data === undefined) continue;
        if (data === '[DONE]') return yield encoder.encode(EMPTY);
        if (!isChunk(data)) throw new Error('notJson');
        yield encoder.encode(`data: ${data}\n\n`);
      }
    }
    fault('cut short');
  } catch (error) {
    fault(error instanceof Error && ['tooLong', 'notJson'].includes(error.message) ? error.message : error instanceof Error ? error.name : 'unknown');
  }
  // What came before is worth nothing when the end is missing: an empty choice tells the reader so.
  yield encoder.encode(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: CUT }, finish_reason: null }] })}\n\n${EMPTY}`);
}

/** Stands at the end of a text that was cut; no model writes it. */
export const CUT = '\u0000cut\u0000';

function isChunk(data: string): boolean {
  try {
    return Array.isArray((JSON.parse(data) as { choices?: unknown }).choices);
  } catch {
    return false;
  }
}
