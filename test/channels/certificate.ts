/** A server's certificate of its own making, for this machine, as files in `dir`. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function makeCertificate(dir: string, host = 'localhost') {
  const [keyFile, certFile] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host},IP:127.0.0.1`];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  execFileSync('openssl', ['req', '-x509', ...key, '-days', '2', ...subject, '-out', certFile], {
    stdio: 'ignore',
  });
  return { keyFile, certFile, key: readFileSync(keyFile), cert: readFileSync(certFile) };
}
