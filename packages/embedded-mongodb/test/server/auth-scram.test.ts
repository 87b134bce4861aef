import { describe, expect, it } from '@jest/globals';
import { makeCredentials } from '../../src/auth/credentials.ts';
import { saslPrep } from '../../src/auth/saslprep.ts';
import { readClientFirst, ScramExchange } from '../../src/auth/scram.ts';

describe('SCRAM-SHA-256', () => {
  // RFC 7677, section 3.
  const first = 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO';
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  const nonce = '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
  const final =
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=';

  it('answers the exchange of RFC 7677 as it is printed there', async () => {
    const exchange = new ScramExchange(
      readClientFirst(first),
      await makeCredentials('pencil', salt, 4096),
      nonce,
    );
    expect(exchange.serverFirst).toBe(
      'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    );
    expect(exchange.finish(final)).toBe('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=');
  });

  it('refuses every single changed bit of the proof, another nonce, another header, and a proof cut short', async () => {
    const credentials = await makeCredentials('pencil', salt, 4096);
    const proof = Buffer.from('dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=', 'base64');
    const start = 'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
    const wrong: string[] = [];
    for (let bit = 0; bit < 256; bit++) {
      const changed = Buffer.from(proof);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      wrong.push(`${start},p=${changed.toString('base64')}`);
    }
    wrong.push(
      final.replace('c=biws', 'c=eSws'),
      final.replace('Ilj)', 'Ilj('),
      `${start},p=${proof.subarray(0, 31).toString('base64')}`,
      `${start},p=${Buffer.concat([proof, Buffer.of(0)]).toString('base64')}`,
      `${start},p=`,
      start,
      '',
    );
    for (const message of wrong) {
      const exchange = new ScramExchange(readClientFirst(first), credentials, nonce);
      expect(() => exchange.finish(message)).toThrow();
    }
  });

  it('takes a proof only for the exchange it was made for', async () => {
    const credentials = await makeCredentials('pencil', salt, 4096);
    const again = new ScramExchange(readClientFirst(first), credentials);
    expect(() => again.finish(final)).toThrow();
  });

  it('reads names with commas and equals signs, and refuses what is not the protocol', () => {
    expect(readClientFirst('n,,n=a=2Cb=3Dc,r=x').user).toBe('a,b=c');
    for (const message of [
      '',
      'n,,',
      'p=tls-unique,,n=a,r=x',
      'n,a=b,n=a,r=x',
      'n,,n=a=2cb,r=x',
      'n,,n=a,r=',
      'n,,m=x,n=a,r=y',
    ]) {
      expect(() => readClientFirst(message)).toThrow();
    }
  });

  // RFC 4013, section 3.
  it.each([
    ['I\u00adX', 'IX'],
    ['user', 'user'],
    ['USER', 'USER'],
    ['\u00aa', 'a'],
    ['\u2168', 'IX'],
  ])('prepares %j as SASLprep does', (given, prepared) => {
    expect(saslPrep(given)).toBe(prepared);
  });

  it.each(['\u0007', '\u0627\u0031'])('refuses %j as SASLprep does', (given) => {
    expect(() => saslPrep(given)).toThrow(RangeError);
  });
});
