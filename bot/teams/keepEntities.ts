import { ConnectorMappers } from 'botframework-connector/lib/connectorApi/connectorClient.js';

/**
 * botframework-connector 4.23.3 sends only `type`, `text` and `mentioned` of an outgoing entity, so citations, the AI
 * label and stream information never reach Teams (microsoft/botbuilder-js pull request 4903). Makes its mapper keep all.
 */
export function keepEntities(): void {
  const type = ConnectorMappers.Entity.type as { additionalProperties?: unknown };
  type.additionalProperties ??= { type: { name: 'Object' } };
}
