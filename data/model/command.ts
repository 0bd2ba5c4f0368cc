/** What people type; `data/text` has the words of each (shared with the manifest's command list). */
export const COMMANDS = [
  'help',
  'register',
  'troubleshoot',
  'supportCase',
  'requestRole',
  'myRequests',
  'myRoles',
  'approvals',
  'assignRole',
  'contracts',
  'users',
  'audit',
  'person',
  'end',
  'health',
  'leaver',
  'away',
  'toDo',
  'queue',
  'summary',
  'connectHelpDesk',
  'disconnectHelpDesk',
  'cancel',
  'back',
  'restart',
  'japanese',
  'english',
] as const;

/** The name of a command. */
export type Command = (typeof COMMANDS)[number];
