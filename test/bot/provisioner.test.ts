import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BillingRoles, ProvisioningFault } from '../../bot/provisioner/billingRoles.ts';
import type { FakeArm } from '../support/fakeArm.ts';
import { fakeArm } from '../support/fakeArm.ts';
import { testBot } from '../support/bot.ts';
import { cleo, eve, TENANT } from '../support/people.ts';

const ID = '11111111-2222-4333-8444-555555555555';
const DEFINITION = '99999999-2222-4333-8444-555555555555';
const role = { enrollment: '87654321', assignmentId: ID, role: 'administrator' as const, principalId: cleo.objectId, tenantId: TENANT, mail: cleo.mail };

let arm: FakeArm;
let roles: BillingRoles;
beforeEach(async () => {
  arm = await fakeArm();
  roles = new BillingRoles({ armHost: arm.url, loginHost: arm.url, tenantId: TENANT, clientId: 'client', clientSecret: 'secret', roleDefinitions: { administrator: DEFINITION }, patience: 0.01 });
});
afterEach(() => arm.close());

describe('the documented protocol', () => {
  test('PUT under the assignment’s own id, with the documented body; DELETE; GET lists', async () => {
    await roles.put(role);
    expect(arm.calls[0]).toMatchObject({ method: 'PUT', path: `/providers/Microsoft.Billing/billingAccounts/87654321/billingRoleAssignments/${ID}?api-version=2024-04-01`, authorization: 'Bearer token-1' });
    expect(JSON.parse(arm.calls[0]!.body)).toEqual({ properties: { roleDefinitionId: `/providers/Microsoft.Billing/billingAccounts/87654321/billingRoleDefinitions/${DEFINITION}`, principalId: cleo.objectId, principalTenantId: TENANT, userEmailAddress: cleo.mail, userAuthenticationType: 'Organization' } });
    expect(await roles.list('87654321')).toEqual([{ assignmentId: ID, principalId: cleo.objectId, mail: cleo.mail }]);
    await roles.remove(role);
    await roles.remove(role);
    expect(arm.assignments.size).toBe(0);
    expect(arm.tokens).toBe(1);
  });

  test('201 is long-running: it is done when the operation has ended', async () => {
    arm.polls = 3;
    await roles.put(role);
    expect(arm.calls.filter(({ path }) => path.includes('/operations/'))).toHaveLength(3);
  });

  test.each([429, 500, 503])('%d is tried again, the same call', async (status) => {
    arm.misbehave = (_req, res, call) => call <= 2 && (res.writeHead(status, { 'retry-after': '1' }), res.end('{}'), true);
    await roles.put(role);
    expect(arm.calls).toHaveLength(3);
    expect(new Set(arm.calls.map(({ path, body }) => `${path} ${body}`)).size).toBe(1);
  });

  test('a lost answer is asked for again: what was done is not done twice', async () => {
    arm.misbehave = (req, _res, call) => call === 1 && (arm.assignments.set(ID, {}), req.socket.destroy(), true);
    await roles.put(role);
    expect(arm.assignments.size).toBe(1);
    expect(arm.calls).toHaveLength(2);
  });

  test('201 without a place to look: the assignment itself is asked; a busy sign-in service is tried again', async () => {
    arm.misbehave = (req, res, call) => (req.method === 'PUT' ? (res.writeHead(201), res.end('{"properties":{"provisioningState":"Provisioning"}}')) : res.end(`{"properties":{"provisioningState":"${call < 4 ? 'Provisioning' : 'Succeeded'}"}}`), true);
    arm.refuseTokens = 2;
    await roles.put(role);
    expect(arm.calls.map(({ method }) => method)).toEqual(['PUT', 'GET', 'GET', 'GET']);
    expect(arm.tokens).toBe(3);
  });

  test('an old token is fetched anew', async () => {
    arm.misbehave = (_req, res, call) => call === 1 && (res.writeHead(401), res.end(), true);
    await roles.put(role);
    expect(arm.calls.map(({ authorization }) => authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('a refusal is not repeated, a failed operation is one, and the token goes nowhere else', async () => {
    arm.misbehave = (_req, res) => (res.writeHead(403), res.end('{"error":{"message":"cleo@example.com may not"}}'), true);
    await expect(roles.put(role)).rejects.toThrow(new ProvisioningFault('403'));
    expect(arm.calls).toHaveLength(1);
    arm.misbehave = (req, res) => (req.method === 'PUT' ? (res.writeHead(201, { location: 'https://evil.example/op' }), res.end('{}')) : res.end('{}'), true);
    await expect(roles.put(role)).rejects.toThrow(new ProvisioningFault('host'));
    arm.misbehave = (_req, res) => (res.writeHead(201, { location: `${arm.url}/operations/x` }), res.end('{"properties":{"provisioningState":"Failed"}}'), true);
    await expect(roles.put(role)).rejects.toThrow(new ProvisioningFault('Failed'));
    await expect(roles.put({ ...role, role: 'benefitsReader' })).rejects.toThrow(new ProvisioningFault('noDefinition'));
  });
});

test('in the bot: an approved role on EA is entered by itself, and removed there when it is removed here; by hand when it fails', async () => {
  const environment = { PROVISIONER: 'on', ARM_HOST: arm.url, SIGN_IN_HOST: arm.url, PROVISIONER_TENANT_ID: TENANT, PROVISIONER_CLIENT_ID: 'client', PROVISIONER_CLIENT_SECRET: 'secret', PROVISIONER_ROLES: `benefitsReader=${DEFINITION}` };
  const t = await testBot({ environment });
  try {
    await t.install(cleo);
    await t.press(eve, { verb: 'assign', contractId: '87654321', roles: 'benefitsReader', forMail: cleo.mail });
    const record = async () => (await t.bot.house.contracts.get(TENANT, '87654321'))!;
    const given = (await record()).assignments.at(-1)!;
    expect(given).toMatchObject({ state: 'applied', provisioned: true });
    expect([...arm.assignments.keys()]).toEqual([given.id]);
    await t.press(eve, { verb: 'remove', contract: '87654321', assignment: given.id, version: given.version });
    expect(arm.assignments.size).toBe(0);
    expect((await record()).leftovers).toEqual([]);
    arm.misbehave = (_req, res) => (res.writeHead(403), res.end(), true);
    await t.press(eve, { verb: 'assign', contractId: '87654321', roles: 'benefitsReader', forMail: cleo.mail });
    expect((await record()).assignments.at(-1)).toMatchObject({ state: 'approved' });
    // What another contract approves is entered by hand: the API is for EA and EAS.
    arm.misbehave = undefined;
    const before = arm.calls.length;
    await t.bot.house.contracts.all();
    expect(arm.calls).toHaveLength(before);
  } finally {
    await t.stop();
  }
}, 30_000);
