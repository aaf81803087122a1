// Skatteverket's test numbers, each given out once: births 1900–1945, which the demo does not use.
import crypto from 'node:crypto';

const FIRST = Date.UTC(1900, 0, 1);
const DAYS = Math.floor((Date.UTC(1945, 11, 31) - FIRST) / 86400000);

function luhn(nine) {
  let sum = 0;
  for (let i = 0; i < nine.length; i++) {
    const n = Number(nine[i]) * (i % 2 === 0 ? 2 : 1);
    sum += Math.floor(n / 10) + (n % 10);
  }
  return String((10 - (sum % 10)) % 10);
}

/** The tenth digit that makes nine digits an organisationsnummer. */
export const organisationsnummer = (nine) => nine + luhn(nine);

/** The simulator gives the birthdays 13–16 a fate of their own. */
const isOrdinary = (day) => day < 13 || day > 16;

const numbers = [];
for (let n = 0; n <= DAYS; n++) {
  const date = new Date(FIRST + n * 86400000);
  if (!isOrdinary(date.getUTCDate())) continue;
  const text = date.toISOString().slice(0, 10).replaceAll('-', '');
  for (const serial of ['238', '239']) numbers.push(text + serial + luhn(text.slice(2) + serial));
}

// A second run against the same data begins elsewhere, so that its people are new ones too: where it is told, or by chance.
const start = process.env.SUS_PERSONER_FRAN;
let next = start === undefined ? crypto.randomInt(numbers.length) : Number(start) % numbers.length;

/** Somebody the demo does not have, and who was not given out before by this process. */
export function nextPerson() {
  next = (next + 1) % numbers.length;
  return numbers[next];
}
