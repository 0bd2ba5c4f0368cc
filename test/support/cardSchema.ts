import * as AdaptiveCards from 'adaptivecards';

const { AdaptiveCard, GlobalRegistry, SerializationContext, Versions } = AdaptiveCards;

type Json = Record<string, unknown>;
type Registered = { objectType: new () => AdaptiveCards.SerializableObject };

/**
 * Checks a card against the schema of Adaptive Cards 1.5 as Microsoft's own SDK carries it (package `adaptivecards`):
 * unknown elements, wrong values, properties newer than 1.5, missing required ones; and, beyond what the SDK reports,
 * properties the schema does not have.
 */
export function problemsOfCard(card: Json): string[] {
  const context = new SerializationContext(Versions.v1_5);
  // The SDK checks `lang` with a global regular expression, which remembers where it stopped the time before.
  const { regEx } = AdaptiveCard.langProperty;
  if (regEx) regEx.lastIndex = 0;
  const parsed = new AdaptiveCard();
  parsed.parse(withFallbacks(structuredClone(card)), context);
  const reported = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  const invalid = parsed.validateProperties().validationEvents.map((event) => event.message);
  return [...reported, ...invalid, ...unknownProperties(withFallbacks(structuredClone(card)) as Json, new AdaptiveCard(), 'card')];
}

/** Teams' charts are newer than 1.5: a card with one has to say what is shown instead, and that is checked. */
function withFallbacks(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withFallbacks);
  if (node === null || typeof node !== 'object') return node;
  const { type, fallback } = node as Json;
  if (typeof type === 'string' && type.startsWith('Chart.') && fallback !== null && typeof fallback === 'object') return withFallbacks(fallback);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withFallbacks(value)]));
}

function unknownProperties(node: Json, shape: AdaptiveCards.SerializableObject, at: string): string[] {
  const schema = shape.getSchema();
  const known = new Set(Array.from({ length: schema.getCount() }, (_, i) => schema.getItemAt(i)?.name));
  // `$schema` belongs to JSON; the SDK reads items, columns, inlines, actions and the like without declaring them.
  for (const name of ['$schema', 'type', 'items', 'columns', 'inlines', 'actions', 'body', 'fallback', 'choices', 'facts', 'label', 'associatedInputs']) known.add(name);
  // The people picker, which Teams documents for Input.ChoiceSet and older clients leave out.
  if (node['type'] === 'Input.ChoiceSet') known.add('choices.data');
  const own = Object.keys(node).filter((key) => !known.has(key)).map((key) => `${at}: no property "${key}"`);
  const children = Object.entries(node).flatMap(([key, value]) => (key === 'data' || key === 'choices.data' ? [] : childrenOf(key, value, at)));
  return [...own, ...children];
}

function childrenOf(key: string, value: unknown, at: string): string[] {
  const nodes = (Array.isArray(value) ? value : [value]).filter((n): n is Json => n !== null && typeof n === 'object' && typeof (n as Json)['type'] === 'string');
  return nodes.flatMap((node, i) => {
    const type = node['type'] as string;
    const place = `${at}.${key}[${i}] ${type}`;
    const shape = shapeOf(type);
    return shape ? unknownProperties(node, shape, place) : [`${place}: no such type`];
  });
}

function shapeOf(type: string): AdaptiveCards.SerializableObject | undefined {
  if (type === 'Column') return new AdaptiveCards.Column();
  if (type === 'TextRun') return new AdaptiveCards.TextRun();
  const found = (GlobalRegistry.elements.findByName(type) ?? GlobalRegistry.actions.findByName(type)) as Registered | undefined;
  return found && new found.objectType();
}
