// The one rule between the rooms: a file imports from its own folder and from folders to its left.
//   data  <--  cards  <--  dialogs  <--  bot        test sees all; nothing sees test
const rooms = ['data', 'cards', 'dialogs', 'bot', 'test'];
const rightOf = (room) => rooms.slice(rooms.indexOf(room) + 1);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rooms
      .filter((room) => rightOf(room).length > 0)
      .map((room) => ({
        name: `${room}-imports-only-to-its-left`,
        severity: 'error',
        from: { path: `^${room}/` },
        to: { path: `^(${rightOf(room).join('|')})/` },
      })),
    { name: 'model-imports-only-zod', severity: 'error', from: { path: '^data/model/' }, to: { pathNot: '^data/model/|node_modules/zod/' } },
    { name: 'lowdb-only-in-the-json-store', severity: 'error', from: { pathNot: '^(data/store/json|test)/' }, to: { path: 'node_modules/lowdb/' } },
    { name: 'templating-only-behind-card-ts', severity: 'error', from: { pathNot: '^cards/card\\.ts$' }, to: { path: 'node_modules/adaptivecards-templating/' } },
    { name: 'pg-only-in-the-postgres-store', severity: 'error', from: { pathNot: '^(data/store/postgres|test)/' }, to: { path: 'node_modules/pg/' } },
    {
      name: 'bot-framework-only-in-bot-and-dialogs',
      severity: 'error',
      from: { pathNot: '^(bot|test)/|\\.dialog\\.ts$' },
      to: { path: 'node_modules/(botbuilder|botframework-|@microsoft/teams-ai)' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], extensions: ['.ts', '.js', '.json'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
