import { withinTime } from './withinTime.ts';

/** What a span is told of: never who, what was said, or where. */
export type Attributes = Record<string, string | number | boolean>;

/** Traces of what takes how long. */
export interface Tracing {
  /** Runs `work` as a span of its own, within the one that is under way. */
  span<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T>;
  /** Sends what is left, if that takes no longer than a moment. Never rejects. */
  close(): Promise<void>;
}

export const noTracing: Tracing = { span: (_name, _attributes, work) => work(), close: async () => undefined };

/** The collector may be away, and the exporter would try for longer than the process has. */
const CLOSE_MS = 1_000;

/** OpenTelemetry, by OTLP over HTTP to `endpoint` (its `/v1/traces`); loaded only where it is wanted. `onFault`: what is left could not be sent. */
export async function createTracing(endpoint: string, onFault: (error: Error) => void): Promise<Tracing> {
  const [{ SpanStatusCode }, { BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({ resource: resourceFromAttributes({ 'service.name': 'vl-access-bot' }), spanProcessors: [new BatchSpanProcessor(exporter)] });
  provider.register();
  const tracer = provider.getTracer('vl-access-bot');
  return {
    span: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes }, async (span) => {
        try {
          return await work();
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
    close: () => withinTime(provider.shutdown(), CLOSE_MS).catch(onFault),
  };
}
