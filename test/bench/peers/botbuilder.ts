import type { Request } from 'botbuilder';
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication, MessageFactory } from 'botbuilder';
import restify from 'restify';
import { serveAt } from '../process/serve.ts';
import { credentialsOf } from './credentials.ts';

// The echo bot of Microsoft's Bot Framework samples: restify, CloudAdapter, ActivityHandler.

class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      const said = `Echo: ${context.activity.text}`;
      await context.sendActivity(MessageFactory.text(said, said));
      await next();
    });
  }
}

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env, credentialsOf(process.env)));
const bot = new EchoBot();
server.post('/api/messages', async (req: restify.Request, res: restify.Response) => {
  await adapter.process(req as Request, res, (context) => bot.run(context));
});
server.listen(0, '127.0.0.1', () => serveAt(`http://127.0.0.1:${server.address().port}`));
