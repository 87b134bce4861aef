import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fetchMedia, mediaUrlProblem } from '../../../src/channels/media.ts';

describe('files by address', () => {
  let server: Server;
  let host: string;
  const asked: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url!);
      if (request.url === '/moved')
        return void response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      if (request.url === '/big')
        return void response
          .writeHead(200, { 'content-type': 'image/png', 'content-length': '2000' })
          .end(Buffer.alloc(2000));
      // No length announced: only counting finds out.
      if (request.url === '/sly')
        return void response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(2000));
      response
        .writeHead(200, {
          'content-type': request.url === '/page' ? 'text/html' : 'image/png; charset=binary',
        })
        .end('png');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const rules = () => ({
    hosts: ['files.example.com', '.cdn.example.com'],
    trusted: [host],
    maxBytes: 1000,
    types: ['image/'],
  });

  it('fetches from a trusted host', async () => {
    expect(await fetchMedia(`http://${host}/a.png`, rules())).toEqual({
      body: Buffer.from('png'),
      mime: 'image/png',
    });
  });

  it.each([
    ['too large by its own word', '/big', 'input.too_large'],
    ['too large by count', '/sly', 'input.too_large'],
    ['of a type that is not accepted', '/page', 'input.invalid'],
  ])('refuses a file %s', async (_, path, code) => {
    await expect(fetchMedia(`http://${host}${path}`, rules())).rejects.toMatchObject({ code });
  });

  it('follows no redirect', async () => {
    await expect(fetchMedia(`http://${host}/moved`, rules())).rejects.toThrow('302');
  });

  it('asks no host that is not on the list', async () => {
    await expect(fetchMedia('https://evil.example/a.png', rules())).rejects.toMatchObject({
      code: 'input.invalid',
    });
    await expect(fetchMedia('https://xcdn.example.com/a.png', rules())).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });

  it('refuses a listed name that resolves into our own network', async () => {
    const resolve = ((_name: string, _options: object, done: (error: null, found: object[]) => void) =>
      done(null, [{ address: '127.0.0.1', family: 4 }])) as never;
    const listed = { ...rules(), trusted: [], resolve };
    const before = asked.length;
    const url = `http://files.example.com:${host.split(':')[1]}/a.png`;
    await expect(fetchMedia(url, listed)).rejects.toMatchObject({ code: 'input.invalid' });
    expect(asked).toHaveLength(before);
  });

  it.each([
    'http://127.0.0.1/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[fd00::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://2130706433/',
    'http://db.internal/',
    'ftp://files.example.com/',
    'file:///etc/passwd',
    'nonsense',
  ])('sees through %s', (url) => {
    expect(mediaUrlProblem(url)).toBeDefined();
  });

  it('has nothing against a public address', () => {
    expect(mediaUrlProblem('https://files.example.com/a.png')).toBeUndefined();
    expect(mediaUrlProblem('https://8.8.8.8/a.png')).toBeUndefined();
  });
});
