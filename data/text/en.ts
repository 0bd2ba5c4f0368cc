import type { Act } from '../model/event.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Command } from '../model/command.ts';
import type { RequestState } from '../model/request.ts';
import type { Role } from '../model/role.ts';

/** Every word the bot says in English. The type of this object is what every other language must fill in. */
export const en = {
  /** First word: the one shown. The others are understood too. */
  commands: {
    help: ['help', 'menu', '?'],
    register: ['register', 'registration'],
    troubleshoot: ['troubleshoot', 'troubleshooting', 'trouble'],
    supportCase: ['support case'],
    requestRole: ['request role', 'request a role', 'request roles'],
    myRequests: ['my requests', 'my request'],
    myRoles: ['my roles', 'my role'],
    approvals: ['approvals', 'approval'],
    assignRole: ['assign role', 'assign a role', 'assign roles'],
    contracts: ['contracts', 'my contracts'],
    users: ['users'],
    audit: ['audit', 'audit log'],
    person: ['person', 'talk to a person', 'human', 'agent'],
    end: ['end'],
    cancel: ['cancel', 'stop', 'quit', 'exit'],
    back: ['back'],
    restart: ['start over', 'restart', 'start again'],
    japanese: ['日本語', 'japanese'],
    english: ['English', '英語'],
  } satisfies Record<Command, string[]> as Record<Command, string[]>,

  roles: {
    administrator: 'Administrator',
    licensePositionReader: 'License position reader',
    productDownloadManager: 'Product download manager',
    productKeysReader: 'Product keys reader',
    benefitsReader: 'Benefits reader',
    onlineServicesManager: 'Online services manager',
    invoiceReader: 'Invoice reader',
  } satisfies Record<Role, string> as Record<Role, string>,

  requestStates: { pending: 'Waiting', approved: 'Approved', denied: 'Denied', withdrawn: 'Withdrawn' } satisfies Record<RequestState, string> as Record<RequestState, string>,
  assignmentStates: {
    approved: 'approved, not yet applied in the admin center',
    applied: 'applied in the admin center',
    active: 'active',
    failed: 'failed',
  } satisfies Record<Assignment['state'], string> as Record<Assignment['state'], string>,

  buttons: {
    approve: 'Approve',
    deny: 'Deny',
    sendRequest: 'Send request',
    withdraw: 'Withdraw',
    assign: 'Assign',
    remove: 'Remove',
    yes: 'Yes',
    no: 'No',
    next: 'Next',
    back: 'Back',
    cancel: 'Cancel',
    continue: 'Continue',
    person: 'Talk to a person',
    helpful: 'Helpful',
    notHelpful: 'Not helpful',
    requestRole: 'Request role',
    assignRole: 'Assign role',
    users: 'Users',
    history: 'Audit',
    previousPage: 'Previous page',
    nextPage: 'Next page',
    show: 'Show',
    newRequest: 'New request',
  },

  fields: {
    contractId: 'Contract ID',
    contractIdHint: 'For example 12345678',
    roles: 'Roles',
    forWhom: 'For whom',
    forWhomHint: 'Yourself, or a colleague’s sign-in email',
    assignWhomHint: 'The colleague’s sign-in email',
    reason: 'Reason',
    reasonHint: 'What do you need it for?',
    comment: 'Comment',
    commentHint: 'Needed when you deny',
    contract: 'Contract',
    requester: 'Requested by',
    requestedAt: 'Requested',
    decidedBy: { approved: 'Approved by', denied: 'Denied by' },
    decidedAt: 'Decided',
    required: 'Please fill this in.',
    rolesRequired: 'Please choose at least one role.',
  },

  welcome: {
    title: 'Hello, I help you get into Microsoft volume licensing',
    text: 'Ask me in your own words, for example “I never got the welcome email”. I answer, walk you through registration and troubleshooting, and take role requests to the administrators of your contract.',
  },
  help: {
    title: 'What I can do',
    intro: 'Ask me anything about access to Microsoft volume licensing, or choose:',
    access: 'Get access',
    accessText: 'Register for the first time, find out why something does not work, or ask for a role.',
    mine: 'What is mine',
    mineText: 'Your roles, contract by contract, and what became of your requests.',
    admin: 'For VL administrators',
    adminText: 'Decide requests, assign and remove roles, see who holds what.',
    more: 'Something else',
    moreText: 'You can also type these words. Inside a guide: back, cancel, start over.',
  },

  answer: {
    source: (page: string, date: string): string => `Source: ${page} (${date})`,
    also: 'Or did you mean this?',
    audience: (names: string[]): string => `For: ${names.join(', ')}`,
    audiences: { ea: 'EA/EAS agreements', other: 'agreements other than EA/EAS', administrator: 'VL administrators', it: 'IT administrators' },
    rated: 'Thank you for telling me.',
    notHelpful: 'Sorry that it did not help. Say it in other words, or talk to a person.',
  },
  sources: {
    'vl-sign-in': 'Sign in for volume licensing, Microsoft Learn',
    'manage-roles': 'Manage volume licensing user roles, Microsoft Learn',
    'contact-support': 'Contact volume licensing support, Microsoft Learn',
  },
  unknown: {
    title: 'I do not know that',
    text: 'I know about access to Microsoft volume licensing: signing in, registering, roles and contracts. Try it in other words, choose a topic that comes close, or talk to a person.',
    topics: 'Perhaps one of these:',
  },
  between: {
    title: 'Did you mean …',
    text: 'Choose the one that fits. If none does, say it in other words.',
  },
  asides: {
    hello: 'Hello! Ask me about access to Microsoft volume licensing, in your own words.',
    thanks: 'You are welcome. I am here whenever something about volume licensing comes up.',
    bot: 'I am a bot for access to Microsoft volume licensing: I answer questions, walk you through registration, and pass role requests on.',
    sorry: 'Sorry that I was no help. Tell me in a few words what you want to do, or talk to a person.',
    secrets: 'I have no keys, passwords or data of other people, and would not hand them out. Product keys are on the volume licensing pages for whoever holds the Product keys reader role; you can request it here.',
    rights: 'I cannot give or take rights by myself: an administrator of the contract decides. You can request a role here.',
    instructions: 'I do not show or change how I work inside. If you need access to volume licensing, you can request a role here.',
  },
  masked: 'What you wrote held something secret (a product key, a password or a verification value). I have hidden it and do not keep it. If it stands in a message of this chat, please delete that too; nobody needs it to help you.',
  writing: 'Putting the answer together …',
  followUp: {
    stillNot: (title: string): string => `That was not enough (“${title}”)? Then this comes next:`,
    also: 'For that case:',
  },
  person: {
    haveReady: 'Have ready: the VL agreement (License ID) number, the business email address in the agreement, your sign-in ID (after a change of ID the old and the new one), and a screenshot of the error.',
    intro: 'No help desk is connected to this bot yet. Microsoft’s VL support can help you:',
  },
  shownBelow: 'Shown below.',
  nothingToEnd: 'There is no talk with a help desk to end.',
  nothingToCancel: 'No guide is running at the moment. Type help to see what I can do.',
  personalOnly: 'Let us do that in our own chat, where the others of this conversation do not see it. Write to me there.',
  notRead: 'I could not read that. Please write it as text.',
  tooLong: 'That is a bit long for me. Please say it in a few sentences.',
  languageSwitched: 'I will speak English with you from now on.',

  guide: {
    progress: (at: number, of: number): string => `Step ${at}/${of}`,
    cancelled: 'Stopped. Type register or troubleshoot whenever you want to begin again.',
    ended: 'Stopped.',
    replaced: 'Stopped, because another guide was begun.',
    movedOn: 'This guide goes on further down.',
    notUnderstood: 'I did not get that. Please choose one of the buttons, or type one of their words.',
    waiting: 'The guide is waiting where you left it.',
    over: 'This guide is over.',
    noBack: 'This is the first step.',
  },
  troubleshoot: { title: 'What do you see?', text: 'Choose what comes closest.' },

  request: {
    formTitle: 'Request a role',
    formText: 'The administrators of the contract decide. You will be told the outcome here.',
    title: (id: string): string => `Role request ${id}`,
    decideText: (name: string): string => `${name} asks for access to a contract you administer.`,
    sent: (count: number): string =>
      count === 1 ? 'Sent. 1 administrator of the contract may decide. You will be told the outcome here.' : `Sent. ${count} administrators of the contract may decide. You will be told the outcome here.`,
    sentUnreached: (count: number): string =>
      count === 1 ? 'Sent. 1 administrator of the contract may decide, but has not opened this bot yet. The request waits; tell the administrator about it.' : `Sent. ${count} administrators of the contract may decide, but none of them has opened this bot yet. The request waits; tell them about it.`,
    outcome: {
      pending: 'The administrators of the contract have not decided yet.',
      approved: 'Approved. An administrator now enters the role in the Microsoft 365 admin center; after that it can take up to two hours to show.',
      denied: 'Denied. The comment says why.',
      withdrawn: 'Withdrawn. Nobody needs to decide it any more.',
    },
    decided: {
      approved: 'You approved this. The role works only once it is entered in the Microsoft 365 admin center. Please enter it now: Billing > Your products > Volume licensing > Role assignments > Assign users to contracts.',
      denied: 'You denied this.',
    },
    decidedByOther: { approved: 'This has been approved.', denied: 'This has been denied.', withdrawn: 'This has been withdrawn by the requester.' },
    alreadyDecided: 'Somebody was faster: this is already decided.',
    decidedByYou: 'You have decided this already.',
    noDecider: 'Nobody can decide this at the moment: the contract has no administrator but you. Withdraw it, or add another administrator.',
    hidden: 'You can no longer see this request, because you do not administer the contract any more.',
    cancelled: 'Nothing was sent.',
  },
  myRequests: { title: 'My requests', empty: 'You have not requested anything yet.' },
  myRoles: { title: 'My roles', empty: 'You hold no VL role that I know of. A role is given per contract ID by the VL administrator of that contract.' },
  approvals: {
    empty: 'Nothing is waiting for your decision.',
    count: (count: number): string => (count === 1 ? '1 request is waiting for your decision:' : `${count} requests are waiting for your decision, oldest first:`),
    more: (count: number): string => (count === 1 ? '1 more is waiting. Type approvals again when these are decided.' : `${count} more are waiting. Type approvals again when these are decided.`),
  },
  assign: {
    formTitle: 'Assign a role',
    formText: 'You give the role directly, on a contract that you administer.',
    done: (name: string, roles: string, contractId: string): string => `${name} now has on contract ${contractId}: ${roles} (so far only in this bot).`,
    apply: 'Now enter it in the Microsoft 365 admin center as well: Billing > Your products > Volume licensing > Role assignments > Assign users to contracts. It can take up to two hours to show.',
    none: 'You do not administer any contract, so there is nothing to assign. To ask for a role, type request role.',
    cancelled: 'Nothing was assigned.',
  },
  users: {
    title: (contractId: string): string => `Users of contract ${contractId}`,
    choose: 'Which contract?',
    none: 'You do not administer any contract. Only the administrators of a contract see who holds a role on it.',
    sole: 'You are the only administrator. Add a second one, so that nobody is locked out when you are away.',
    since: 'since',
    askRemove: (name: string, role: string, contractId: string): string => `Remove “${role}” from ${name} on contract ${contractId}?`,
    askRemoveSelf: 'This is your own role. If it is the Administrator role, you cannot give it back to yourself.',
    removed: (name: string, role: string): string => `Removed: ${role}, ${name}.`,
    removeApply: 'Remove it in the Microsoft 365 admin center as well: Billing > Your products > Volume licensing > Role assignments > Manage VL role assignments > View access. Clear the role there and choose Verify and save changes.',
  },
  contracts: {
    title: 'Contracts you administer',
    empty: 'You do not administer any contract. Ask an administrator of the contract to add you, or ask whoever runs this bot to import the contract list.',
    ends: 'ends',
    ended: 'ended',
    sole: 'You are the only administrator.',
    pending: (count: number): string => (count === 1 ? '1 request is waiting' : `${count} requests are waiting`),
    people: (count: number): string => (count === 1 ? '1 person holds a role' : `${count} people hold roles`),
  },
  audit: {
    title: (contractId: string): string => `Audit of contract ${contractId}`,
    importer: 'Import of the contract list',
    act: (act: Act, names: { forWhom: string; roles: string }): string => {
      switch (act.kind) {
        case 'imported': return 'Contract imported';
        case 'requested': return `Requested for ${names.forWhom}: ${names.roles} (${act.requestId})`;
        case 'approved': return `Approved ${act.requestId}`;
        case 'denied': return `Denied ${act.requestId}`;
        case 'withdrawn': return `Withdrew ${act.requestId}`;
        case 'assigned': return `Assigned to ${names.forWhom}: ${names.roles}`;
        case 'removed': return `Removed from ${names.forWhom}: ${names.roles}`;
      }
    },
  },
  page: (at: number, of: number): string => `Page ${at} of ${of}`,
  somebody: 'somebody',
  list: (items: string[]): string => items.join(', '),

  refusals: {
    contractIdInvalid: 'That is not a contract ID. It consists of letters and digits, for example 12345678; you find it on the contract, also called License ID, agreement number or enrollment number.',
    contractUnknown: (id: string): string => `I know no contract ${id} in your organization. Please check the number, or ask whoever runs this bot to import the contract.`,
    contractEnded: (day: string): string => `This contract ended on ${day}. No new roles can be given on it.`,
    tooManyPending: (count: number): string => `${count} requests of yours are waiting on this contract already. Wait for a decision, or withdraw some of them: type my requests.`,
    mailMissing: 'Please enter the sign-in email of the person who gets the role.',
    mailInvalid: (typed: string): string => `“${typed}” is not a sign-in email. It looks like name@company.com.`,
    rolesMissing: 'Please choose at least one role.',
    reasonMissing: 'Please give a reason, so that the administrators can decide.',
    reasonTooLong: 'The reason is too long. Please stay under 1000 characters.',
    commentMissing: 'Please say in the comment why you deny it. The requester will read it.',
    commentTooLong: 'The comment is too long. Please stay under 1000 characters.',
    rolesHeld: (roles: string): string => `Already held on this contract: ${roles}. Please leave that out.`,
    rolesPending: (roles: string): string => `A request for ${roles} is already waiting for a decision. Type my requests to see it.`,
    invoiceReaderNotForAdministrators: 'Outside EA and EAS, the Invoice reader role goes to the Bill To contact by itself and cannot be given to an administrator.',
    noAdministrator: 'I know no administrator of this contract. If your organization has none either, ask the Microsoft VL support team for a new VL profile, and have three things ready: the VL agreement (License ID) number, the business email address in the agreement, and the sign-in ID you use for the admin center.',
    nobodyElseDecides: 'Nobody can decide this: administrators cannot decide a request that they made or that is for them. An administrator of the contract can assign roles directly: type assign role. For a second pair of eyes, add another administrator first.',
    requestUnknown: 'I know no such request.',
    stale: 'This has changed in the meantime. Here is how it stands now.',
    notAdministrator: 'Only an administrator of this contract can do that. Nothing was changed.',
    ownRequest: 'You cannot decide your own request. Another administrator of the contract has to do it.',
    notRequester: 'Only the person who made the request can withdraw it. Nothing was changed.',
    notPending: 'This request is already settled. Here is how it stands now.',
    assignmentUnknown: 'This role has already been removed.',
    lastAdministrator: 'This is the last administrator of the contract, who has to stay. Assign the Administrator role to somebody else first.',
  },
  faults: {
    unidentified: 'I could not find out who you are, so I must not do that. Please try again in a few minutes; if it stays like this, tell whoever runs this bot.',
    tenant: 'This bot does not serve your organization.',
    unknownAction: 'I do not know this button any more. Type help to see what I can do.',
    broken: (reference: string): string => `Something went wrong on my side. Please try again; if it stays like this, report reference ${reference} to whoever runs this bot.`,
  },
};

/** What every language has to say. */
export type Text = typeof en;
