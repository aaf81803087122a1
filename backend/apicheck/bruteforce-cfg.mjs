// What apicheck's bruteforce.mjs needs to know of SUS: log-in by SMS in two steps. SUS_BAS is the address of a running
// demo with the ordinary limits, and SUS_INLOGGNINGAR the file with what `sus serve` printed: its log-ins. Both people
// are locked out afterwards, for a quarter of an hour.
import fs from 'node:fs';
import { nextPerson } from './personer.mjs';

function setting(name) {
  if (!process.env[name]) throw new Error(`${name} must be set; see run.sh`);
  return process.env[name];
}

export const base = setting('SUS_BAS');

const logins = fs
  .readFileSync(setting('SUS_INLOGGNINGAR'), 'utf8')
  .split('\n')
  .map((line) => line.trim().split(/\s{2,}/))
  .filter(([, user]) => /^\d{12}$/.test(user))
  .map(([, user, pass]) => ({ user, pass }));
if (logins.length < 2) throw new Error('SUS_INLOGGNINGAR names no two people');

export const [good, otherUser] = logins;
export const unknownUser = nextPerson(); // nobody whom the demo has
export const lockAfter = 8; // SUS_FORSOK_PERSON

export const step1 = (personnummer, huvudlosenord) => ({ path: '/v1/inloggningar', body: { personnummer, huvudlosenord } });
export const step2 = (id, kod) => ({ path: `/v1/inloggningar/${id}/koder`, body: { kod } });
export const challengeOf = (json) => json.id;

/** The code of the latest message, which is that of the last log-in. */
export async function readCode() {
  const answer = await fetch(`${base}/demo/sms`, { headers: { accept: 'application/json' } });
  const { data } = await answer.json();
  return data[0].message.match(/\b\d{6}\b/)[0];
}
