import { type ComputedRef, computed, reactive } from "vue";
import { fragor } from "@/shared/api/fragor";
import {
    avbrytAllt,
    kopplaSession,
    kropp,
    sessionsapi,
} from "@/shared/api/klient";
import { ProblemFel } from "@/shared/api/problem";
import type { Roll, Schema, Session } from "@/shared/api/typer";
import { glomLagrat, lagra, lasLagrat } from "@/shared/lagring";
import { rensaUtkast, stadaUtkast } from "@/shared/utkast/utkast";
import { rollerPa } from "./behorighet.logic";
import { type Vilolage, vilolage } from "./vila.logic";

/** Why nobody is logged in, as the log-in page says it. */
type Orsak = "utgangen" | "loggar-ut" | "utloggad";

interface Tillstand {
    kand: boolean;
    session: Session | undefined;
    orsak: Orsak | undefined;
    /** When the server last knew us, ms; all tabs share it. */
    senast: number;
}

const aktivnyckel = "sus-aktiv";
/** Somebody logged out here, and the server has not answered it yet. */
const kvarnyckel = "sus-utloggning-kvar";
const utloggningsnyckel = "sus-utloggad";
/** Whose log-in was made last in this browser: an id, which the other tabs follow. */
const inloggningsnyckel = "sus-inloggad";

const t = reactive<Tillstand>({
    kand: false,
    session: undefined,
    orsak: undefined,
    senast: 0,
});

export const sessionen: Readonly<Tillstand> = t;

const vidSlut: (() => void)[] = [];

/** What a feature holds in memory about people is forgotten when the log-in ends. */
export function narSessionenSlutar(glom: () => void): void {
    vidSlut.push(glom);
}

function glomAllt(): void {
    t.session = undefined;
    avbrytAllt();
    fragor.clear();
    for (const glom of vidSlut) {
        glom();
    }
}

function avsluta(orsak: Orsak | undefined): void {
    t.orsak = orsak;
    glomAllt();
}

/** Somebody else logged in, in another tab: what the page shows, and holds, is not theirs. */
function bytPerson(): void {
    glomAllt();
    window.location.assign("/");
}

let loggarUt = false;

kopplaSession({
    csrf: () => t.session?.csrf,
    vidSvar() {
        t.senast = Date.now();
        lagra(aktivnyckel, String(t.senast));
    },
    vidUtgangen() {
        if (t.session) {
            avsluta("utgangen");
        }
    },
    async nyttCsrf() {
        try {
            return loggarUt
                ? (await kropp(sessionsapi.GET("/session"))).csrf
                : (await hamtaSession())?.csrf;
        } catch {
            return undefined; // No contact: the refusal stands.
        }
    },
});

/** Asks the server who is logged in. Undefined: nobody, or another than this page is drawn for. */
export async function hamtaSession(): Promise<Session | undefined> {
    try {
        const session = await kropp(sessionsapi.GET("/session"));
        if (!t.session && lasLagrat(kvarnyckel) !== null) {
            await avslutaHosServern(session.csrf);
            t.kand = true;
            return undefined;
        }
        if (t.session && t.session.jag.id !== session.jag.id) {
            bytPerson();
            return undefined;
        }
        t.session = session;
        t.orsak = undefined;
        t.senast = Date.now();
        stadaUtkast();
    } catch (fel) {
        if (!(fel instanceof ProblemFel) || fel.status !== 401) {
            throw fel;
        }
        t.session = undefined;
    }
    t.kand = true;
    return t.session;
}

let utloggningen:
    | { avbryt: AbortController; slut: Promise<unknown> }
    | undefined;

/** So long, in ms, a log-in waits for the log-out before it. */
const vantetid = 3000;

/**
 * The server's answer to a log-out takes the cookie away, whosever it is by then: a log-in waits for it, and
 * breaks off one that does not come. Called before the log-in is made.
 */
export async function utloggningKlar(): Promise<void> {
    const u = utloggningen;
    if (u) {
        let timer: ReturnType<typeof setTimeout> | undefined;
        await Promise.race([
            u.slut,
            new Promise((klar) => {
                timer = setTimeout(klar, vantetid);
            }),
        ]);
        clearTimeout(timer);
        u.avbryt.abort();
    }
}

/** A log-in was made in this tab: the others hear whose. */
export async function nyInloggning(): Promise<Session | undefined> {
    glomLagrat(kvarnyckel); // a log-out that is left was of the log-in before
    const session = await hamtaSession();
    if (session) {
        // Removed first: the same value once more would be no event.
        glomLagrat(inloggningsnyckel);
        lagra(inloggningsnyckel, session.jag.id);
    }
    return session;
}

/** Until the server has answered, the next that opens SUS in this browser does it first. */
async function avslutaHosServern(csrf: string | undefined): Promise<void> {
    loggarUt = true;
    const avbryt = new AbortController();
    const svar = sessionsapi.DELETE("/session", {
        signal: avbryt.signal,
        ...(csrf === undefined ? {} : { headers: { "X-SUS-CSRF": csrf } }),
    });
    const denna = { avbryt, slut: svar.catch(() => undefined) };
    utloggningen = denna;
    try {
        await svar;
    } catch (fel) {
        if (!(fel instanceof ProblemFel) || fel.status !== 401) {
            throw fel;
        }
    } finally {
        loggarUt = false;
        if (utloggningen === denna) {
            utloggningen = undefined;
        }
    }
    glomLagrat(kvarnyckel);
    t.orsak = "utloggad";
}

/**
 * Logs out: every draft and everything fetched are gone at once, in every tab, whatever the
 * server then answers. That one is logged out is said when it has answered; what it throws
 * says that the log-in is still alive there.
 */
export async function loggaUt(): Promise<void> {
    const csrf = t.session?.csrf;
    if (t.session) {
        rensaUtkast(t.session.jag.id);
    }
    avsluta("loggar-ut");
    glomLagrat(inloggningsnyckel);
    lagra(kvarnyckel, "1");
    lagra(utloggningsnyckel, String(Date.now()));
    try {
        await avslutaHosServern(csrf);
    } catch (fel) {
        t.orsak = undefined;
        throw fel;
    }
}

function vidInloggning(id: string): void {
    if (!t.session) {
        t.kand = false; // The next page asks.
    } else if (t.session.jag.id !== id) {
        bytPerson();
    } else {
        // The same person again: the log-in, and its CSRF value, are new.
        hamtaSession().catch(() => undefined);
    }
}

/** Follows what other tabs do. */
export function lyssnaPaFlikar(vidUtloggning: () => void): void {
    window.addEventListener("storage", (h) => {
        if (h.key === aktivnyckel && h.newValue !== null) {
            t.senast = Math.max(t.senast, Number(h.newValue));
        }
        if (h.key === utloggningsnyckel && t.session) {
            // Also what this tab has not yet stored.
            rensaUtkast(t.session.jag.id);
            avsluta(undefined);
            vidUtloggning();
        }
        if (h.key === kvarnyckel && h.newValue === null && !t.session) {
            t.orsak = "utloggad";
        }
        if (h.key === inloggningsnyckel && h.newValue !== null) {
            vidInloggning(h.newValue);
        }
    });
}

export function lageNu(): Vilolage {
    return t.session ? vilolage(Date.now() - t.senast) : "vaken";
}

interface AnvandSession {
    jag: ComputedRef<Schema<"Jag">>;
    roller: ComputedRef<Roll[]>;
    idag: ComputedRef<string>;
    har: (roll: Roll) => boolean;
}

/** Who is logged in; for pages that only those see. */
export function useSession(): AnvandSession {
    // Between a log-out and the log-in page the old page is still drawn.
    let senaste = t.session;
    const session = computed(() => {
        senaste = t.session ?? senaste;
        if (!senaste) {
            throw new Error("ingen är inloggad");
        }
        return senaste;
    });
    const roller = computed(() =>
        rollerPa(session.value.jag, session.value.idag),
    );
    return {
        jag: computed(() => session.value.jag),
        roller,
        idag: computed(() => session.value.idag),
        har: (roll) => roller.value.includes(roll),
    };
}
