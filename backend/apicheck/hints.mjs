// What apicheck's fuzz.mjs needs to know of SUS: a valid request, with fresh prerequisites, for every operation
// that creates or changes something. SUS_TIPS names the file that `sus demo hints` wrote.
//
// Paths stand as in the contract, after the version: --base has that.
//
// No externtId: it is the caller's own case id, unique for one caller only, so two callers may well use the same.
// fuzz.mjs takes every …Id of an answer for an object's and would call that a foreign reference.
import crypto from 'node:crypto';
import fs from 'node:fs';
import { nextPerson, organisationsnummer } from './personer.mjs';

if (!process.env.SUS_TIPS) throw new Error('SUS_TIPS must name the output of `sus demo hints`');
const tips = JSON.parse(fs.readFileSync(process.env.SUS_TIPS, 'utf8'));

export const badTokens = tips.badTokens;

/** A log-out would end the actor's own session, and with it everything that follows. */
export const skip = ['loggaUt'];

/** Readable by every logged-in user of the country («transparens»). */
export const shared = [
  'listaKodverk',
  'hamtaKod',
  'listaKommuner',
  'listaSamverkansorganisationer',
  'hamtaSamverkansorganisation',
  'listaMyndigheter',
  'hamtaMyndighet',
  'listaInsatser',
  'hamtaInsats',
  'listaKopplingar',
  'listaFragor',
  'hamtaFraga',
  'listaRapporter',
  'hamtaRapport',
];

// ---------- what an actor has ----------

const seen = new Map(); // "actor what" → what the server said, which does not change during a run

async function once(actor, what, ask) {
  const key = `${actor.name} ${what}`;
  if (!seen.has(key)) seen.set(key, ask());
  return seen.get(key);
}

async function get(call, path) {
  const answer = await call({ path });
  if (answer.status !== 200) throw new Error(`GET ${path.split('?')[0]} → ${answer.status ?? answer.err}`);
  return answer;
}

async function post(call, path, body) {
  const answer = await call({ method: 'POST', path, body, headers: key() });
  if (answer.status !== 201) throw new Error(`POST ${path.replace(/[0-9a-f-]{36}/, '…')} → ${answer.status ?? answer.err} ${answer.json?.regel ?? ''}`);
  return answer.json;
}

const key = () => ({ 'idempotency-key': crypto.randomUUID() });

/** Not a dry run, which takes no key and makes nothing. */
const real = { provkor: false };

const has = (actor, ...roles) => [].concat(actor.role).some((role) => roles.includes(role));

async function ownInsatser(call, actor) {
  return once(actor, 'insatser', async () => (await get(call, '/insatser?mina=true&limit=100')).json.data);
}

/** An insats where the actor registers participants; others make no prerequisites and so send what is generated. */
async function pickInsats(call, actor, random) {
  if (!has(actor, 'DELTAGARANSVARIG', 'MASKIN')) return undefined;
  const insatser = await ownInsatser(call, actor);
  const open = insatser.filter((i) => i.deltagarregistrering === 'MED_PERSONUPPGIFT_ELLER_ANONYM');
  return open.length ? random.pick(open) : undefined;
}

/** The organisation that the actor administers. */
async function ownOrganisation(call, actor) {
  if (!has(actor, 'SAMVERKANSADMINISTRATOR')) return undefined;
  const me = await once(actor, 'jag', async () => (await get(call, '/jag')).json);
  return me.uppdrag[0]?.organisationId;
}

/** An insats whose volym and budget the actor writes. */
async function pickBudgeted(call, actor, random, suits) {
  if (!has(actor, 'SAMVERKANSADMINISTRATOR', 'INSATSANSVARIG', 'MASKIN')) return undefined;
  const insatser = (await ownInsatser(call, actor)).filter(suits);
  return insatser.length ? random.pick(insatser) : undefined;
}

// ---------- valid values ----------

const belopp = (random) => `${random.int(0, 9999999)}.${String(random.int(0, 99)).padStart(2, '0')}`;

const kostnad = (random) => ({ budget: belopp(random), utfall: belopp(random), beskrivning: `Kostnad ${random.hex(6)}` });

/** A day of the insats, so early that everything after it has happened too. */
function dayOf(insats, days) {
  const date = new Date(Date.parse(insats.startdatum) + days * 86400000);
  return date.toISOString().slice(0, 10);
}

function sysselsattning(random) {
  const sources = ['SJUKPENNING', 'SA', 'A_KASSA', 'AKTIVITETSSTOD', 'FORSORJNINGSSTOD', 'STUDIESTOD', 'ANNAN'];
  const first = random.pick(sources);
  const made = {
    forsorjning: random() < 0.2 ? ['INGEN'] : [...new Set([first, random.pick(sources)])],
    arbetssokande: random() < 0.5,
    arbetar: random() < 0.4,
    studerar: random() < 0.3,
  };
  if (made.arbetar) {
    made.arbetarProcent = random.int(1, 100);
    made.arbetstyper = [random.pick(['INTE_SUBVENTIONERAT', 'SUBVENTIONERAT', 'EGET_FORETAG'])];
  }
  if (made.studerar) made.studerarProcent = random.int(1, 100);
  return made;
}

const inregistrering = (insats, random) => ({
  startdag: dayOf(insats, random.int(10, 200)),
  utbildningsniva: random.pick(['EJ_GRUNDSKOLA', 'GRUNDSKOLA', 'GYMNASIUM', 'EFTERGYMNASIAL']),
  arOffentligForsorjning: random.int(0, 20),
  fore: sysselsattning(random),
});

function utregistrering(startdag, random) {
  const made = { avslutningsdag: dayOf({ startdatum: startdag }, random.int(0, 150)) };
  if (random() < 0.3) return { ...made, avslutsanledning: random.pick(['SJUKDOM', 'FLYTT', 'ANNAN']) };
  const avslutsanledning = random.pick(['AVSLUT_ENLIGT_PLAN', 'FORTSATT_REHABILITERING']);
  return { ...made, avslutsanledning, efter: sysselsattning(random) };
}

const nyttSamtycke = (insats, random) => ({
  personnummer: nextPerson(),
  blankett: '9443',
  datum: dayOf(insats, random.int(0, 10)),
  sprak: random.pick(['sv', 'en', 'ar', 'so']),
  satt: random.pick(['SKRIFTLIGT', 'ELEKTRONISKT']),
});

/** One day to come of somebody who can have it: two calls hardly meet on it. */
async function nyttUppdrag(call, params, organisationId, roll, random) {
  const path = `/samverkansorganisationer/${organisationId}/uppdragstagare?roll=${roll}&limit=100`;
  const able = (await get(call, path)).json.data;
  if (!able.length) return undefined;
  const who = random.pick(able);
  const day = new Date(Date.parse(who.behorigTillOchMed) - random.int(0, 300) * 86400000).toISOString().slice(0, 10);
  return { params, headers: key(), body: { anvandareId: who.id, roll, franOchMed: day, tillOchMed: day } };
}

function organisation(random) {
  // One förbund has one number: drawn from so many that two calls hardly meet.
  const number = organisationsnummer(`223${String(random.int(0, 999999)).padStart(6, '0')}`);
  const member = (organisationsnummer, giltigFran) => ({ organisationsnummer, giltigFran, medlem: true, finansiar: true, konsument: false });
  return {
    namn: `Samordningsförbundet Prov ${random.hex(6)}`,
    organisationsnummer: number,
    samverkansform: 'FINSAM',
    beskrivning: 'Skapad av apicheck.',
    startdatum: '2012-01-01',
    verksamhetsomrade: 'OSTER',
    adress: { gata: 'Storgatan 1', postnummer: '75331', ort: 'Uppsala', telefon: '018-100000', epost: 'kansli@example.se' },
    kontaktperson: { namn: 'Kim Kansli', titel: 'Förbundschef', telefon: '018-100001', epost: 'kim@example.se' },
    kommuner: ['0380', '0381'],
    stadsdelar: [],
    ingaendeOrganisationer: [
      member(organisationsnummer('202100552')),
      member(organisationsnummer('212000300'), '2014-01-01'),
    ],
    rapporteringsdag: random.int(1, 28),
  };
}

/** An agency has one number: drawn as organisation's is. */
function myndighet(random) {
  const number = organisationsnummer(`224${String(random.int(0, 999999)).padStart(6, '0')}`);
  return { organisationsnummer: number, namn: `Provorganisationen ${random.hex(6)}`, typ: random.pick(['REGION', 'KOMMUN', 'ESF', 'OVRIG']) };
}

/** A målgrupp from tomorrow: the list has room for many, and nobody must choose among them. */
const nyKod = (random) => ({
  kod: `PROV_${random.hex(8).toUpperCase()}`,
  giltigFran: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
  etikett: `Provgruppen ${random.hex(6)}`,
  ordning: random.int(50, 99),
});

const nyInsats = (organisationId, random) => ({
  organisationId,
  namn: `Provinsats ${random.hex(6)}`,
  startdatum: '2012-01-01',
  beskrivning: 'Skapad av apicheck.',
  inriktning: 'INDIVIDINRIKTAD',
  preciseradInriktning: random.pick(['REHABILITERING', 'FORBEREDANDE']),
  deltagarregistrering: 'MED_PERSONUPPGIFT_ELLER_ANONYM',
  malgrupper: ['UNGA'],
  kontaktperson: { namn: 'Kim Kansli', epost: 'kim@example.se' },
});

/** Of one day: only so many are asked at once. */
function nyFraga(random) {
  const day = new Date(Date.UTC(2030, 0, 1 + random.int(0, 20000))).toISOString().slice(0, 10);
  const made = { namn: `Fråga ${random.hex(8)}`, innehall: 'Hur har det gått?', franOchMed: day, tillOchMed: day, vidIn: true, vidUt: random() < 0.5 };
  return {
    ...made,
    ...random.pick([
      { svarstyp: 'ENVAL', alternativ: ['Bra', 'Dåligt'] },
      { svarstyp: 'FLERVAL', alternativ: ['Samtal', 'Praktik', 'Studier'] },
      { svarstyp: 'JA_NEJ' },
      { svarstyp: 'HELTAL', minst: 0, hogst: random.int(1, 9999) },
      { svarstyp: 'SKALA', steg: random.int(2, 11), lagstOrd: 'Inte alls', hogstOrd: 'Helt' },
    ]),
  };
}

// ---------- prerequisites ----------

async function samtycke(call, actor, random) {
  const insats = await pickInsats(call, actor, random);
  if (!insats) return undefined;
  const made = await post(call, `/insatser/${insats.id}/samtycken`, nyttSamtycke(insats, random));
  return { insats, id: made.id };
}

async function deltagande(call, actor, random) {
  const s = await samtycke(call, actor, random);
  if (!s) return undefined;
  const body = { samtyckeId: s.id, ...inregistrering(s.insats, random) };
  return { ...s, ...(await post(call, `/insatser/${s.insats.id}/deltaganden`, body)) };
}

/** The ETag of something, for a PUT. */
async function etag(call, path) {
  const answer = await get(call, path);
  return { 'if-match': answer.headers.etag };
}

/** What the answer shows and the input takes. */
function only(fields, source) {
  return Object.fromEntries(fields.filter((f) => source[f] !== undefined).map((f) => [f, source[f]]));
}

const ORGANISATION_INPUT = ['namn', 'organisationsnummer', 'samverkansform', 'beskrivning', 'startdatum', 'slutdatum',
  'verksamhetsomrade', 'adress', 'kontaktperson', 'kommuner', 'stadsdelar', 'ingaendeOrganisationer', 'rapporteringsdag'];
const INSATS_INPUT = ['organisationId', 'namn', 'startdatum', 'slutdatum', 'beskrivning', 'inriktning', 'preciseradInriktning',
  'deltagarregistrering', 'malgrupper', 'insatsanordnare', 'inmatningsorganisation', 'kontaktperson'];

// ---------- one function an operation ----------

const made = {
  skapaInloggning: () => ({ ...tips.inloggning }),

  /** A demo shows the SMS it sends; with another log-in at the same time the newest code is not this one's. */
  async angeKod(call, actor, random) {
    const login = await call({ method: 'POST', path: '/inloggningar', body: tips.inloggning });
    if (login.status !== 201) return undefined; // 429: the limits are the ordinary ones
    const sent = await call({ path: '/demo/sms', absolute: true });
    const code = sent.json?.data?.[0]?.message?.match(/\b\d{6}\b/)?.[0] ?? '000000';
    return { params: { inloggningId: login.json.id }, body: { kod: random() < 0.8 ? code : '000000' } };
  },

  skapaToken: () => ({ grant_type: 'client_credentials', ...tips.klient }),

  skapaSamverkansorganisation: (call, actor, random) => ({ body: organisation(random), headers: key() }),

  async andraSamverkansorganisation(call, actor, random) {
    const id = has(actor, 'SYSTEMFORVALTARE')
      ? (await post(call, '/samverkansorganisationer', organisation(random))).id
      : await ownOrganisation(call, actor);
    if (!id) return undefined;
    const answer = await get(call, `/samverkansorganisationer/${id}`);
    const body = { ...only(ORGANISATION_INPUT, answer.json), beskrivning: `Ändrad ${random.hex(6)}` };
    return { params: { organisationId: id }, headers: { 'if-match': answer.headers.etag }, body };
  },

  skapaKod: (call, actor, random) => ({ params: { kodverk: 'MALGRUPP' }, headers: key(), body: nyKod(random) }),

  hamtaKod: () => ({ params: { kodverk: 'MALGRUPP', kod: 'UNGA' } }),

  hamtaKodpaverkan: () => ({ params: { kodverk: 'FORSORJNING', kod: 'SA' } }),

  async andraKod(call, actor, random) {
    if (!has(actor, 'SYSTEMFORVALTARE')) return undefined;
    const { kod } = await post(call, '/kodverk/MALGRUPP/koder', nyKod(random));
    const body = { etikett: `Provgruppen ${random.hex(6)}`, ordning: random.int(50, 99) };
    return { params: { kodverk: 'MALGRUPP', kod }, headers: { 'if-match': '"1"' }, body };
  },

  skapaMyndighet: (call, actor, random) => ({ body: myndighet(random), headers: key() }),

  async andraMyndighet(call, actor, random) {
    if (!has(actor, 'SYSTEMFORVALTARE')) return undefined;
    const { id, organisationsnummer: number } = await post(call, '/myndigheter', myndighet(random));
    return { params: { myndighetId: id }, headers: { 'if-match': '"1"' }, body: { ...myndighet(random), organisationsnummer: number } };
  },

  async skapaInsats(call, actor, random) {
    const id = await ownOrganisation(call, actor);
    return id ? { body: nyInsats(id, random), headers: key() } : undefined;
  },

  async andraInsats(call, actor, random) {
    const organisationId = await ownOrganisation(call, actor);
    const id = organisationId
      ? (await post(call, '/insatser', nyInsats(organisationId, random))).id
      : has(actor, 'INSATSANSVARIG') && (await ownInsatser(call, actor))[0]?.id;
    if (!id) return undefined;
    const answer = await get(call, `/insatser/${id}`);
    const body = { ...only(INSATS_INPUT, answer.json), beskrivning: `Ändrad ${random.hex(6)}` };
    return { params: { insatsId: id }, headers: { 'if-match': answer.headers.etag }, body };
  },

  /** Of an insats of its own, so that nothing is said of it. */
  async kopplaInsats(call, actor, random) {
    const organisationId = await ownOrganisation(call, actor);
    if (!organisationId) return undefined;
    const { id } = await post(call, '/insatser', nyInsats(organisationId, random));
    const list = await once(actor, 'alla insatser', async () => (await get(call, '/insatser?limit=100')).json.data);
    const others = list.filter((i) => i.organisationId !== organisationId && !i.slutdatum);
    return others.length ? { params: { insatsId: id }, headers: key(), body: { insatsId: random.pick(others).id, kopplad: true } } : undefined;
  },

  async sokDeltagare(call, actor, random) {
    const insats = await pickInsats(call, actor, random);
    return insats ? { insatsId: insats.id, personnummer: nextPerson() } : undefined;
  },

  /** Somebody who is registered, by a part of the name or by the number. */
  async sokDeltaganden(call, actor, random) {
    const d = await deltagande(call, actor, random);
    if (!d) return undefined;
    const { deltagare } = (await get(call, `/deltaganden/${d.id}`)).json;
    const body = random() < 0.5 ? { namn: deltagare.namn.slice(1, 6).trim() } : { personnummer: deltagare.personnummer };
    return { params: { insatsId: d.insats.id }, body };
  },

  async skapaSamtycke(call, actor, random) {
    const insats = await pickInsats(call, actor, random);
    if (!insats) return undefined;
    return { params: { insatsId: insats.id }, headers: key(), body: nyttSamtycke(insats, random) };
  },

  async rattaSamtycke(call, actor, random) {
    const s = await samtycke(call, actor, random);
    if (!s) return undefined;
    const headers = await etag(call, `/samtycken/${s.id}`);
    const { personnummer, ...body } = nyttSamtycke(s.insats, random);
    return { params: { samtyckeId: s.id }, headers, body: { ...body, skal: 'Fel uppgift från början.' } };
  },

  async aterkallaSamtycke(call, actor, random) {
    const s = random() < 0.5 ? await samtycke(call, actor, random) : await deltagande(call, actor, random);
    return s ? { params: { samtyckeId: s.samtyckeId ?? s.id }, headers: key() } : undefined;
  },

  /** Where an insats is over; there only new persons are asked for, so that the demo's own are left. */
  async aterkallaIInsats(call, actor, random) {
    if (!has(actor, 'SYSTEMFORVALTARE')) return undefined;
    const list = await once(actor, 'alla insatser', async () => (await get(call, '/insatser?limit=100')).json.data);
    const today = new Date().toISOString().slice(0, 10);
    const over = list.filter((i) => i.slutdatum && i.slutdatum < today);
    if (!over.length) return undefined;
    const body = { personnummer: nextPerson(), arende: `FK 2026/${random.int(1, 999999)}` };
    return { params: { insatsId: random.pick(over).id }, body };
  },

  async skapaDeltagande(call, actor, random) {
    const s = await samtycke(call, actor, random);
    if (!s) return undefined;
    const body = { samtyckeId: s.id, ...inregistrering(s.insats, random) };
    return { params: { insatsId: s.insats.id, ...real }, headers: key(), body };
  },

  async skapaUtregistrering(call, actor, random) {
    const d = await deltagande(call, actor, random);
    return d ? { params: { deltagandeId: d.id, ...real }, headers: key(), body: utregistrering(d.startdag, random) } : undefined;
  },

  async rattaInregistrering(call, actor, random) {
    const d = await deltagande(call, actor, random);
    if (!d) return undefined;
    const headers = await etag(call, `/deltaganden/${d.id}`);
    return { params: { deltagandeId: d.id }, headers, body: { ...inregistrering(d.insats, random), skal: 'Fel uppgift från början.' } };
  },

  async rattaUtregistrering(call, actor, random) {
    const d = await deltagande(call, actor, random);
    if (!d) return undefined;
    await post(call, `/deltaganden/${d.id}/utregistreringar`, utregistrering(d.startdag, random));
    const headers = await etag(call, `/deltaganden/${d.id}`);
    return { params: { deltagandeId: d.id }, headers, body: { ...utregistrering(d.startdag, random), skal: 'Nya uppgifter.' } };
  },

  async skapaAnonyma(call, actor, random) {
    const insats = await pickInsats(call, actor, random);
    if (!insats) return undefined;
    const body = {
      inregistreringsar: Number(insats.startdatum.slice(0, 4)) + random.int(0, 2),
      antalKvinnor: random.int(1, 9),
      antalMan: random.int(0, 9),
    };
    return { params: { insatsId: insats.id, ...real }, headers: key(), body };
  },

  async rattaAnonyma(call, actor, random) {
    const made = await this.skapaAnonyma(call, actor, random);
    if (!made) return undefined;
    const path = `/insatser/${made.params.insatsId}/anonyma`;
    const { id } = await post(call, path, made.body);
    const body = { ...made.body, antalMan: made.body.antalMan + 1, skal: 'Fel antal från början.' };
    return { params: { anonymaId: id }, headers: { 'if-match': '"1"' }, body };
  },

  async sparaVolym(call, actor, random) {
    const insats = await pickBudgeted(call, actor, random, (i) => i.deltagarregistrering === 'ENDAST_ANTAL');
    if (!insats) return undefined;
    const ar = Number(insats.startdatum.slice(0, 4));
    const headers = await etag(call, `/insatser/${insats.id}/volymer/${ar}`);
    const body = { antalKvinnor: random.int(0, 99), antalMan: random.int(0, 99), uppgiftSaknas: random.int(0, 9) };
    return { params: { insatsId: insats.id, ar }, headers, body };
  },

  async sparaInsatsbudget(call, actor, random) {
    const insats = await pickBudgeted(call, actor, random, () => true);
    if (!insats) return undefined;
    const ar = Number(insats.startdatum.slice(0, 4));
    const headers = await etag(call, `/insatser/${insats.id}/budgetar/${ar}`);
    const poster = [{ budgettyp: random.pick(['INSATSKOSTNAD', 'ESF_INSATSKOSTNAD']), ...kostnad(random) }];
    return { params: { insatsId: insats.id, ar }, headers, body: { planeratAntal: random.int(0, 99), poster } };
  },

  async sparaOrganisationsbudget(call, actor, random) {
    const organisationId = await ownOrganisation(call, actor);
    if (!organisationId) return undefined;
    const path = `/samverkansorganisationer/${organisationId}/budgetar/2014`;
    const { headers, json } = await get(call, path);
    const finansiering = json.finansiarer
      .filter((f) => f.typ !== 'SAMORDNINGSFORBUND')
      .map((f) => ({ finansiar: f.organisationsnummer, belopp: belopp(random) }));
    const body = { finansiering, administrativaKostnader: [{ kostnadstyp: random.pick(['KRING', 'PERSONAL', 'OVRIG']), ...kostnad(random) }] };
    return { params: { organisationId, ar: 2014 }, headers: { 'if-match': headers.etag }, body };
  },

  /** A year of its own, so that what is closed is in nobody's way. */
  async stangBudgetar(call, actor, random) {
    const organisationId = await ownOrganisation(call, actor);
    return organisationId ? { params: { organisationId, ar: random.int(2015, 2024) }, headers: key() } : undefined;
  },

  async oppnaBudgetar(call, actor, random) {
    if (!has(actor, 'SYSTEMFORVALTARE')) return undefined;
    const list = await once(actor, 'alla insatser', async () => (await get(call, '/insatser?limit=100')).json.data);
    const params = { organisationId: random.pick(list).organisationId, ar: random.int(2015, 2024) };
    return { params, headers: key(), body: { skal: 'Utfallet saknades.' } };
  },

  async skapaOrganisationsuppdrag(call, actor, random) {
    const organisationId = await ownOrganisation(call, actor);
    return organisationId && nyttUppdrag(call, { organisationId }, organisationId, 'INSATSANSVARIG', random);
  },

  async skapaInsatsuppdrag(call, actor, random) {
    const organisationId = await ownOrganisation(call, actor);
    if (!organisationId) return undefined;
    const path = `/insatser?organisationId=${organisationId}&limit=100`;
    const insatser = await once(actor, 'organisationens', async () => (await get(call, path)).json.data);
    const open = insatser.filter((i) => !i.slutdatum);
    return open.length ? nyttUppdrag(call, { insatsId: random.pick(open).id }, organisationId, 'DELTAGARANSVARIG', random) : undefined;
  },

  async andraUppdrag(call, actor, random) {
    const made = await this.skapaInsatsuppdrag(call, actor, random);
    if (!made) return undefined;
    const { id, franOchMed } = await post(call, `/insatser/${made.params.insatsId}/uppdrag`, made.body);
    return { params: { uppdragId: id }, headers: { 'if-match': '"1"' }, body: { tillOchMed: franOchMed } };
  },

  async skapaFraga(call, actor, random) {
    const organisationId = await ownOrganisation(call, actor);
    return organisationId ? { params: { organisationId }, headers: key(), body: nyFraga(random) } : undefined;
  },

  async andraFraga(call, actor, random) {
    const made = await this.skapaFraga(call, actor, random);
    if (!made) return undefined;
    const { id } = await post(call, `/samverkansorganisationer/${made.params.organisationId}/fragor`, made.body);
    return { params: { fragaId: id }, headers: { 'if-match': '"1"' }, body: nyFraga(random) };
  },

  /** Nothing but the order as it stands, of an organisation that has a page of questions at most. */
  async ordnaFragor(call, actor) {
    const organisationId = await ownOrganisation(call, actor);
    if (!organisationId) return undefined;
    const answer = await get(call, `/samverkansorganisationer/${organisationId}/fragor?limit=100`);
    const body = { fragor: answer.json.data.map((f) => f.id).reverse() };
    return { params: { organisationId }, headers: { 'if-match': answer.headers.etag }, body };
  },

  async listaLoggposter(call, actor) {
    if (!has(actor, 'SYSTEMFORVALTARE')) return undefined;
    const { href } = (await get(call, '/loggposter?limit=2')).json._links.next;
    return { params: { cursor: new URL(href, 'http://localhost').searchParams.get('cursor') } };
  },

  /** By event and day, and now and then the page after the first. */
  async sokLoggposter(call, actor, random) {
    if (!has(actor, 'SYSTEMFORVALTARE')) return undefined;
    const body = random.pick([{}, { personnummer: nextPerson() }, { handelse: 'SAMTYCKE_SKAPAT', fran: '2010-01-01' }]);
    const first = await call({ method: 'POST', path: '/loggpost-sokningar?limit=2', body: {} });
    const next = first.json?._links?.next?.href;
    const cursor = next && new URL(next, 'http://localhost').searchParams.get('cursor');
    return { params: cursor ? { cursor } : {}, body };
  },

  /** A report of the catalogue, of where an insats stands; what the hint gives nothing of is left out. */
  async hamtaRapport(call, actor, random) {
    const list = await once(actor, 'alla insatser', async () => (await get(call, '/insatser?limit=100')).json.data);
    const all = await once(actor, 'rapporter', async () => (await get(call, '/rapporter')).json);
    const insats = random.pick(list);
    const o = await once(actor, insats.organisationId, async () =>
      (await get(call, `/samverkansorganisationer/${insats.organisationId}`)).json);
    const { grupp, rapport, radindelning, kolumnindelning } = random.pick(all.rapporter);
    const other = all.indelningar.map((d) => d.kod).filter((kod) => kod !== radindelning && kod !== kolumnindelning);
    const year = random.pick([2010, 2012, 2024, 2025]);
    const time = random.pick([{ budgetar: year }, { fran: `${year}-03`, till: `${year}-11` }, { period: 'senaste' }]);
    return {
      params: {
        budgetar: [], fran: [], till: [], period: [], ...time,
        grupp, rapport, samverkansform: o.samverkansform, verksamhetsomrade: [o.verksamhetsomrade], lan: [o.lan], organisationId: [o.id], insatsId: [insats.id],
        kon: random.pick([[], ['KVINNA'], ['KVINNA', 'MAN']]), alder: random.pick([[], ['20-29', '60-']]), kommun: random.pick([[], ['0380', '0305']]),
        personlan: random.pick([[], ['03']]), aldersgranser: random.pick([[], [25, 40]]), indelning: random.pick([[], [random.pick(other)]]),
        format: random.pick(all.format).namn,
      },
    };
  },
};

export async function body(operationId, call, actor, random) {
  return made[operationId]?.(call, actor, random);
}

/** What may never stand in the server's log, beside the tokens. */
export const canaries = [tips.inloggning.personnummer, tips.inloggning.huvudlosenord, tips.klient.client_secret];
