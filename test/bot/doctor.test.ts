import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createLookup } from '../../bot/doctor/lookup.ts';
import { createLog } from '../../bot/log.ts';
import { isConsumerDomain } from '../../data/doctor/consumerDomains.ts';
import { lookAtDirectory, lookAtSignInId, lookAtTextRecord } from '../../data/doctor/look.ts';
import type { Lookup } from '../../data/ports.ts';
import type { FakeDns, FakeSignIn } from '../support/fakeSignIn.ts';
import { fakeDns, fakeSignIn, realm } from '../support/fakeSignIn.ts';

let signIn: FakeSignIn;
let dns: FakeDns;
let lookup: Lookup;
beforeAll(async () => {
  signIn = await fakeSignIn();
  dns = await fakeDns();
  lookup = createLookup({ signInHost: signIn.url, dnsServers: [dns.address] }, createLog('silent'));
});
afterEach(() => {
  signIn.asked.length = 0;
  dns.asked.length = 0;
});
afterAll(async () => {
  await signIn.close();
  await dns.close();
});

describe('the sign-in ID', () => {
  test.each([
    ['managed', { NameSpaceType: 'Managed', cloud_instance_name: 'microsoftonline.com' }, 'admin.microsoft.com'],
    ['managed', { NameSpaceType: 'Federated', cloud_instance_name: 'microsoftonline.com', IsViral: false }, 'admin.microsoft.com'],
    ['viral', { NameSpaceType: 'Managed', IsViral: true, cloud_instance_name: 'microsoftonline.com' }, ''],
    ['unknown', { NameSpaceType: 'Unknown' }, ''],
    ['government', { NameSpaceType: 'Managed', cloud_instance_name: 'microsoftonline.us' }, ''],
  ])('%s', async (finding, told, detail) => {
    signIn.reply = () => realm(told);
    expect(await lookAtSignInId(lookup, 'taro@contoso.co.jp', undefined)).toEqual({ finding, detail });
    expect(signIn.asked).toEqual(['/common/userrealm/taro%40contoso.co.jp?api-version=2.1']);
  });

  test.each([
    ['taro@gmail.com', undefined, 'consumer'],
    ['taro@docomo.ne.jp', undefined, 'consumer'],
    ['taro@abc.ocn.ne.jp', undefined, 'consumer'],
    ['taro@contoso.onmicrosoft.com', undefined, 'onmicrosoft'],
    ['taro@contoso.onmicrosoft.us', undefined, 'government'],
    ['taro@contoso.co.jp', 'hanako@contoso.co.jp', 'other'],
  ])('%s is told without asking anybody', async (id, earlier, finding) => {
    expect(await lookAtSignInId(lookup, id, earlier)).toMatchObject({ finding });
    expect(signIn.asked).toEqual([]);
  });

  test('an ID is one encoded segment of the path, whatever stands in it', async () => {
    signIn.reply = (id) => realm({ NameSpaceType: id === 'a/../../evil?x=#y@contoso.com' ? 'Managed' : 'Unknown' });
    expect(await lookAtSignInId(lookup, 'a/../../evil?x=#y@contoso.com', undefined)).toMatchObject({ finding: 'managed' });
  });

  test.each([
    ['500', () => ({ status: 500, body: '{}' })],
    ['no JSON', () => ({ body: '<html>' })],
    ['another JSON', () => ({ body: '{"NameSpaceType":"Strange"}' })],
    ['without end', () => ({ body: 'x'.repeat(200_000) })],
  ])('%s comes to nothing, after a second try', async (_name, reply) => {
    signIn.reply = reply;
    expect(await lookAtSignInId(lookup, 'taro@contoso.co.jp', undefined)).toBeUndefined();
    expect(signIn.asked).toHaveLength(2);
  });

  test('a redirect is not followed, wherever it leads', async () => {
    signIn.reply = (id) => (id === '' ? realm({ NameSpaceType: 'Managed' }) : { status: 302, body: `${signIn.url}/elsewhere` });
    expect(await lookAtSignInId(lookup, 'taro@contoso.co.jp', undefined)).toBeUndefined();
    expect(signIn.asked.filter((path) => path === '/elsewhere')).toEqual([]);
  });

  test('a first failure is tried again', async () => {
    let tries = 0;
    signIn.reply = () => ((tries += 1) === 1 ? { status: 503, body: '' } : realm({ NameSpaceType: 'Managed' }));
    expect(await lookAtSignInId(lookup, 'taro@contoso.co.jp', undefined)).toMatchObject({ finding: 'managed' });
  });

  test('a silent service is waited for 3 s, twice', async () => {
    signIn.reply = () => ({ body: '{}', delay: 20_000 });
    const began = Date.now();
    expect(await lookAtSignInId(lookup, 'taro@contoso.co.jp', undefined)).toBeUndefined();
    expect(Date.now() - began).toBeGreaterThan(5_500);
    expect(Date.now() - began).toBeLessThan(8_000);
  }, 15_000);
});

describe('the directory of a domain', () => {
  test.each([['viral', { NameSpaceType: 'Managed', IsViral: true }], ['managed', { NameSpaceType: 'Federated' }], ['unknown', { NameSpaceType: 'Unknown' }]])('%s', async (finding, told) => {
    signIn.reply = () => realm(told);
    expect(await lookAtDirectory(lookup, 'contoso.co.jp')).toEqual({ finding, detail: '' });
    expect(signIn.asked).toEqual(['/common/userrealm/postmaster%40contoso.co.jp?api-version=2.1']);
  });
});

describe('the TXT record', () => {
  test.each([
    [['v=spf1 -all', 'MS=ms12345678'], { finding: 'there', detail: 'MS=ms12…' }],
    [['v=spf1 -all'], { finding: 'absent', detail: '' }],
    [[], { finding: 'absent', detail: '' }],
    [undefined, { finding: 'no-domain', detail: '' }],
  ])('%s', async (records, found) => {
    dns.records = () => records;
    expect(await lookAtTextRecord(lookup, 'contoso.co.jp')).toEqual(found);
    expect(new Set(dns.asked)).toEqual(new Set(['contoso.co.jp']));
  });

  test('a record that only some servers show is not visible everywhere yet', async () => {
    const slow = await fakeDns();
    try {
      const both = createLookup({ signInHost: signIn.url, dnsServers: [dns.address, slow.address] }, createLog('silent'));
      dns.records = () => ['MS=ms12345678'];
      expect(await lookAtTextRecord(both, 'contoso.co.jp')).toEqual({ finding: 'not-everywhere', detail: 'MS=ms12…' });
      slow.records = () => 'silent';
      expect(await lookAtTextRecord(both, 'contoso.co.jp')).toEqual({ finding: 'there', detail: 'MS=ms12…' });
      slow.records = () => undefined;
      dns.records = () => [];
      expect(await lookAtTextRecord(both, 'contoso.co.jp')).toEqual({ finding: 'absent', detail: '' });
    } finally {
      await slow.close();
    }
  }, 15_000);

  test('a silent server comes to nothing', async () => {
    dns.records = () => 'silent';
    expect(await lookAtTextRecord(lookup, 'contoso.co.jp')).toBeUndefined();
  }, 15_000);
});

test('domains of personal addresses, and those that only look like it', () => {
  for (const domain of ['gmail.com', 'outlook.com', 'hotmail.co.jp', 'yahoo.co.jp', 'i.softbank.jp', 'ezweb.ne.jp', 'nifty.com', 'x.y.so-net.ne.jp', 'OUTLOOK.JP']) expect([domain, isConsumerDomain(domain)]).toEqual([domain, true]);
  for (const domain of ['contoso.co.jp', 'gmail.com.contoso.jp', 'notgmail.com', 'ne.jp', 'co.jp']) expect([domain, isConsumerDomain(domain)]).toEqual([domain, false]);
});
