import type { Memory } from '@microsoft/teams-ai';
import { ActionPlanner, OpenAIModel, Prompt, PromptManager, SystemMessage, UserMessage } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { ModelSettings } from '../config.ts';
import type { Log } from '../log.ts';
import { tamedFetch } from './tamedFetch.ts';

/** Asks the language model; `said` is told each piece of text as it comes. */
export type Ask = (context: TurnContext, asked: { instructions: string; question: string }, said: (text: string) => void) => Promise<void>;

const ANSWER_TOKENS = 500;
const PROMPT_TOKENS = 12_000;

/** teams-ai's planner over an OpenAI or Azure OpenAI model, without tools, history or actions. */
export function createModel(settings: ModelSettings, timeoutMs: number, log: Log): Ask {
  const shared = {
    stream: true,
    logRequests: false,
    useSystemMessages: true,
    clientOptions: { maxRetries: 0, timeout: timeoutMs, fetch: tamedFetch(settings.fetch ?? fetch, timeoutMs, log) as never },
  };
  const { apiKey, endpoint, model: name } = settings;
  const model = new OpenAIModel(
    settings.kind === 'azure'
      ? { ...shared, azureApiKey: apiKey, azureEndpoint: endpoint ?? '', azureDefaultDeployment: name, azureApiVersion: settings.apiVersion }
      : { ...shared, apiKey, defaultModel: name, ...(endpoint === undefined ? {} : { endpoint }) },
  );
  const prompts = new PromptManager({ promptsFolder: '' });
  prompts.addPrompt({
    name: PROMPT,
    // Variables, not the text itself: what stands in {{ }} in a template would be run.
    prompt: new Prompt([new SystemMessage('{{$temp.instructions}}'), new UserMessage('{{$temp.question}}', -1, '')]),
    config: {
      schema: 1.1,
      type: 'completion',
      completion: {
        completion_type: 'chat',
        include_history: false,
        include_input: false,
        include_images: false,
        max_input_tokens: PROMPT_TOKENS,
        max_tokens: ANSWER_TOKENS,
        model: name,
        temperature: 0,
        top_p: 1,
        presence_penalty: 0,
        frequency_penalty: 0,
        stop_sequences: [],
      },
    },
  });
  const planner = new ActionPlanner({ model, prompts, defaultPrompt: PROMPT, max_repair_attempts: 0 });
  return async (context, { instructions, question }, said) => {
    // In the place of the library's own streamer, which would show what nobody has looked at yet.
    const streamer = { queueTextChunk: said, setCitations: () => undefined, endStream: async () => undefined };
    await planner.completePrompt(context, new Variables({ 'temp.instructions': instructions, 'temp.question': question, 'temp.streamer': streamer }), PROMPT);
  };
}

const PROMPT = 'answer';

/** What the prompt's template reads. */
class Variables implements Memory {
  private readonly values: Map<string, unknown>;

  constructor(values: Record<string, unknown>) {
    this.values = new Map(Object.entries(values));
  }

  deleteValue(path: string): void {
    this.values.delete(path);
  }

  hasValue(path: string): boolean {
    return this.values.has(path);
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- teams-ai's signature
  getValue<TValue>(path: string): TValue {
    return this.values.get(path) as TValue;
  }

  setValue(path: string, value: unknown): void {
    this.values.set(path, value);
  }
}
