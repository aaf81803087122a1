// What apicheck's kill9.mjs needs to know of SUS: an in-registration is the write that must survive. The folder in
// SUS_DATA_DIR holds a demo with a private PostgreSQL; run.sh makes it, and the tokens. PostgreSQL is the server's
// child: a killed server takes it along, and a killed PostgreSQL is started again by the server itself.
import fs from 'node:fs';
import path from 'node:path';
import { nextPerson } from './personer.mjs';

function setting(name) {
  if (!process.env[name]) throw new Error(`${name} must be set; see run.sh`);
  return process.env[name];
}

const dataDir = setting('SUS_DATA_DIR');
const port = setting('SUS_PORT');
const registrar = { authorization: `Bearer ${setting('SUS_TOKEN')}` };
const reviewer = { authorization: `Bearer ${setting('SUS_TOKEN_LOGG')}` };

export const base = `http://127.0.0.1:${port}`;
export const health = '/health/ready';
export const start = `${setting('SUS_BIN')} serve`;
export const env = { SUS_DATA_DIR: dataDir, SUS_PORT: port, SUS_ADRESS: '127.0.0.1' };

const pidFile = path.join(dataDir, 'pgdata', 'postmaster.pid');
// The postmaster and its backends, by id. Started again is: another postmaster says it is ready.
export const pg = {
  kill: `pid=$(head -1 ${pidFile}); echo $pid > ${dataDir}/dodad; kill -9 $pid $(pgrep -P $pid)`,
  start: `for i in $(seq 150); do
    [ -f ${pidFile} ] && [ "$(head -1 ${pidFile})" != "$(cat ${dataDir}/dodad)" ] && grep -q ready ${pidFile} && exit 0
    sleep 0.1
  done; exit 1`,
};

let insatsId; // the registrar's only insats
let startdag;

async function findInsats(call) {
  if (insatsId) return;
  const answer = await call({ path: '/v1/insatser?mina=true&limit=1', headers: registrar });
  if (answer.status !== 200) throw new Error(`insatser: ${answer.status ?? answer.err}`);
  const [insats] = answer.json.data;
  startdag = new Date(Date.parse(insats.startdatum) + 30 * 86400000).toISOString().slice(0, 10);
  insatsId = insats.id;
}

const people = new Map(); // marker → personnummer: a retry is about the same person
const consents = new Map(); // marker → samtycke that the server acknowledged

/** The consent is made first, safe to retry by a key of its own. */
async function samtycke(marker, call) {
  if (consents.has(marker)) return consents.get(marker);
  if (!people.has(marker)) people.set(marker, nextPerson());
  const answer = await call({
    method: 'POST',
    path: `/v1/insatser/${insatsId}/samtycken`,
    headers: { ...registrar, 'idempotency-key': `${marker}-samtycke` },
    body: { personnummer: people.get(marker), blankett: '9443', datum: startdag, sprak: 'sv', satt: 'SKRIFTLIGT' },
  });
  if (answer.status !== 201) throw new Error(`samtycke ${answer.status ?? answer.err}`);
  consents.set(marker, answer.json.id);
  return answer.json.id;
}

export async function create(marker, call) {
  await findInsats(call);
  const samtyckeId = await samtycke(marker, call);
  return {
    method: 'POST',
    path: `/v1/insatser/${insatsId}/deltaganden`,
    headers: { ...registrar, 'idempotency-key': marker },
    body: {
      samtyckeId,
      startdag,
      utbildningsniva: 'GYMNASIUM',
      arOffentligForsorjning: 2,
      fore: { forsorjning: ['FORSORJNINGSSTOD'], arbetssokande: true, arbetar: false, studerar: false },
      externtId: marker,
    },
  };
}

export const markerOf = (record) => record.externtId;
export const idOf = (record) => record?.id;

async function* pages(call, path, headers) {
  while (path) {
    const answer = await call({ path, headers });
    if (answer.status !== 200) throw new Error(`${path.split('?')[0]}: ${answer.status ?? answer.err}`);
    yield* answer.json.data;
    const next = answer.json._links.next?.href;
    path = next && new URL(next, base).pathname + new URL(next, base).search;
  }
}

export async function* list(call) {
  await findInsats(call);
  yield* pages(call, `/v1/insatser/${insatsId}/deltaganden?limit=100`, registrar);
}

/** The markers in the audit log: the externtId of what was done. */
export async function* audit(call) {
  for await (const row of pages(call, '/v1/loggposter?limit=100', reviewer)) {
    if (row.externtId) yield row.externtId;
  }
}

export function cleanup() {
  fs.rmSync(path.join(dataDir, 'dodad'), { force: true });
}
