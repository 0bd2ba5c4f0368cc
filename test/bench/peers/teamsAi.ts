import type { TurnState } from '@microsoft/teams-ai';
import { Application, TeamsAdapter } from '@microsoft/teams-ai';
import type { Request } from 'botbuilder';
import { ActivityTypes, MemoryStorage } from 'botbuilder';
import restify from 'restify';
import { serveAt } from '../process/serve.ts';
import { credentialsOf } from './credentials.ts';

// The echo bot of Microsoft's Teams AI samples, without the count of messages it answers with: restify, TeamsAdapter, Application with state in memory.

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
const adapter = new TeamsAdapter(process.env, credentialsOf(process.env));
const app = new Application<TurnState>({ storage: new MemoryStorage() });
app.activity(ActivityTypes.Message, async (context) => {
  await context.sendActivity(`Echo: ${context.activity.text}`);
});
server.post('/api/messages', async (req: restify.Request, res: restify.Response) => {
  await adapter.process(req as Request, res, async (context) => {
    await app.run(context);
  });
});
server.listen(0, '127.0.0.1', () => serveAt(`http://127.0.0.1:${server.address().port}`));
